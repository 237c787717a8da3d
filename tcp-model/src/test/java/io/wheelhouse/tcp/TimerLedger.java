package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.Firing;
import java.util.EnumMap;
import java.util.Map;
import java.util.stream.IntStream;

/** Adds up what an observer is told. */
final class TimerLedger implements TcpObserver {
    private final TcpCounts counts;
    private final int groups;
    long firings;
    long endedAfterExpiry;

    TimerLedger() {
        this(1);
    }

    TimerLedger(int groups) {
        this.groups = groups;
        counts = new TcpCounts(groups);
    }

    @Override
    public TcpCounts counts() {
        return counts;
    }

    @Override
    public void fired(TcpTimer timer, int group, Firing firing) {
        firings++;
        if (firing.latenessNs() < 0) {
            throw new AssertionError(timer + " fired " + -firing.latenessNs() + " ns early");
        }
        long parts = firing.roundingNs() + firing.tickNs() + firing.handoffNs() + firing.queueingNs();
        if (parts != firing.latenessNs()) {
            throw new AssertionError(timer + ": parts add up to " + parts + ", lateness " + firing.latenessNs());
        }
    }

    @Override
    public void endedAfterExpiry(TcpTimer timer, int group, long ageNs) {
        endedAfterExpiry++;
        if (ageNs < 0) {
            throw new AssertionError(timer + " expired for " + ageNs + " ns");
        }
    }

    long of(TcpCount what) {
        return IntStream.range(0, groups)
                .mapToLong(group -> counts.of(what, group))
                .sum();
    }

    long of(TcpTimer timer, TimerCount what) {
        return IntStream.range(0, groups)
                .mapToLong(group -> counts.of(timer, what, group))
                .sum();
    }

    Map<TcpCount, Long> counted() {
        Map<TcpCount, Long> counted = new EnumMap<>(TcpCount.class);
        for (TcpCount what : TcpCount.values()) {
            counted.put(what, of(what));
        }
        return counted;
    }

    /** All that is not 0. */
    Map<TcpTimer, Map<TimerCount, Long>> timers() {
        Map<TcpTimer, Map<TimerCount, Long>> timers = new EnumMap<>(TcpTimer.class);
        for (TcpTimer timer : TcpTimer.values()) {
            Map<TimerCount, Long> of = new EnumMap<>(TimerCount.class);
            for (TimerCount what : TimerCount.values()) {
                if (of(timer, what) != 0) {
                    of.put(what, of(timer, what));
                }
            }
            timers.put(timer, of);
        }
        return timers;
    }
}

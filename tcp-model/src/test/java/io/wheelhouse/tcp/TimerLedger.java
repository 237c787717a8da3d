package io.wheelhouse.tcp;

import io.wheelhouse.timer.bucket.Firing;
import java.util.EnumMap;
import java.util.Map;

/** Adds up what an observer is told. */
final class TimerLedger implements TcpObserver {
    private final Map<TcpCount, Long> counts = new EnumMap<>(TcpCount.class);
    private final Map<TcpTimer, Map<TimerCount, Long>> timers = new EnumMap<>(TcpTimer.class);
    long firings;
    long endedAfterExpiry;

    TimerLedger() {
        for (TcpTimer timer : TcpTimer.values()) {
            timers.put(timer, new EnumMap<>(TimerCount.class));
        }
    }

    @Override
    public void count(TcpCount what, int group, long n) {
        counts.merge(what, n, Long::sum);
    }

    @Override
    public void count(TcpTimer timer, TimerCount what, int group) {
        timers(timer).merge(what, 1L, Long::sum);
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

    private Map<TimerCount, Long> timers(TcpTimer timer) {
        Map<TimerCount, Long> of = timers.get(timer);
        if (of == null) {
            throw new AssertionError(timer);
        }
        return of;
    }

    long of(TcpCount what) {
        return counts.getOrDefault(what, 0L);
    }

    long of(TcpTimer timer, TimerCount what) {
        return timers(timer).getOrDefault(what, 0L);
    }

    Map<TcpCount, Long> counts() {
        return counts;
    }

    Map<TcpTimer, Map<TimerCount, Long>> timers() {
        return timers;
    }
}

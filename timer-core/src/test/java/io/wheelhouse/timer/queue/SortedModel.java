package io.wheelhouse.timer.queue;

import java.util.Comparator;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** A timer queue too simple to be wrong: a sorted set of what is armed. */
final class SortedModel {

    record Arming(int timer, long deadlineNs, long expiryNs, long handOutNs, long call) {}

    private static final Comparator<Arming> ORDER = Comparator.comparingLong(Arming::handOutNs)
            .thenComparingLong(Arming::deadlineNs)
            .thenComparingInt(Arming::timer);

    private FiringRule rule;
    private final Map<Integer, Arming> byTimer = new HashMap<>();
    private final TreeSet<Arming> inOrder = new TreeSet<>(ORDER);
    private long armClockNs = Long.MIN_VALUE;
    private long advanceClockNs = Long.MIN_VALUE;
    private long clockRegressions;

    SortedModel(FiringRule rule) {
        this.rule = rule;
    }

    private long armClock(long nowNs) {
        clockRegressions += nowNs < armClockNs ? 1 : 0;
        armClockNs = Math.max(armClockNs, nowNs);
        return armClockNs;
    }

    long advanceClock(long nowNs) {
        clockRegressions += nowNs < advanceClockNs ? 1 : 0;
        advanceClockNs = Math.max(advanceClockNs, nowNs);
        armClockNs = Math.max(armClockNs, advanceClockNs);
        return advanceClockNs;
    }

    long armClockNs() {
        return armClockNs;
    }

    /** The latest time of an advance, or the smallest number. */
    long advanceClockNs() {
        return advanceClockNs;
    }

    long clockRegressions() {
        return clockRegressions;
    }

    /** @param call the number of the advance that is running, or of the last one */
    Arming arm(int timer, long nowNs, long wantedNs, long call) {
        remove(timer);
        long now = armClock(nowNs);
        long deadlineNs = Math.max(wantedNs, now);
        Arming arming =
                new Arming(timer, deadlineNs, rule.expiryNs(now, deadlineNs), rule.handOutNs(now, deadlineNs), call);
        byTimer.put(timer, arming);
        inOrder.add(arming);
        return arming;
    }

    boolean remove(int timer) {
        Arming arming = byTimer.remove(timer);
        return arming != null && inOrder.remove(arming);
    }

    /** A timer has been handed out. */
    void fired(int timer) {
        Arming arming = byTimer.get(timer);
        if (arming != null) {
            rule = rule.after(arming.handOutNs());
        }
        remove(timer);
    }

    @Nullable
    Arming get(int timer) {
        return byTimer.get(timer);
    }

    int size() {
        return inOrder.size();
    }

    long firstHandOutNs() {
        return inOrder.isEmpty() ? TimerQueue.NONE : inOrder.first().handOutNs();
    }

    /** The first timer that was armed outside the given call and may be handed out at that time, or null. */
    @Nullable
    Arming firstDue(long nowNs, long call) {
        for (Arming arming : inOrder) {
            if (arming.handOutNs() > nowNs) {
                return null;
            }
            if (arming.call() != call) {
                return arming;
            }
        }
        return null;
    }
}

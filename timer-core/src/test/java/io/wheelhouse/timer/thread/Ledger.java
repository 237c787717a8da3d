package io.wheelhouse.timer.thread;

import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * What one bucket ought to do, reckoned from the rules alone: which armings are pending, in which intervals the bucket is
 * in transit, and what a firing's lateness must be made of.
 */
final class Ledger {

    private record Arming(long deadlineNs, long expiryNs) {}

    private record Transit(long fromNs, long untilNs) {}

    private final TickGrid grid;
    private final @Nullable Arming[] pending;
    private final List<Transit> transits = new ArrayList<>();
    private final Map<Integer, Queue<Integer>> packets = new HashMap<>();
    private final long[] latenessByCause = new long[4];
    private @Nullable Arming firing;
    private long armings;
    private long fired;
    private long cancelled;
    private long superseded;
    private long packetsServed;

    Ledger(TickGrid grid, int timers) {
        this.grid = grid;
        this.pending = new @Nullable Arming[timers];
    }

    void armed(int timer, long deadlineNs, long expiryNs) {
        superseded += pending[timer] == null ? 0 : 1;
        pending[timer] = new Arming(deadlineNs, expiryNs);
        armings++;
    }

    boolean isPending(int timer) {
        return pending[timer] != null;
    }

    void cancelled(int timer) {
        cancelled += pending[timer] == null ? 0 : 1;
        pending[timer] = null;
    }

    /** The callback begins: from here on the timer may be armed anew. */
    void callback(int timer) {
        firing = pending[timer];
        pending[timer] = null;
        World.check(firing != null, () -> "timer " + timer + " fired and was not pending");
        fired++;
    }

    void served(int timer, Firing actual) {
        Arming arming = firing;
        if (arming == null) {
            throw new AssertionError("timer " + timer + " served without a callback");
        }
        long wakeNs = firstWakeUp(arming.expiryNs);
        long handoffNs = inTransit(wakeNs, actual.startNs());
        long[] expected = {
            arming.expiryNs - arming.deadlineNs,
            wakeNs - arming.expiryNs,
            handoffNs,
            actual.startNs() - wakeNs - handoffNs,
            actual.startNs() - arming.deadlineNs
        };
        long[] parts = {
            actual.roundingNs(), actual.tickNs(), actual.handoffNs(), actual.queueingNs(), actual.latenessNs()
        };
        World.check(
                Arrays.equals(parts, expected),
                () -> "timer " + timer + " at " + actual.startNs() + ": " + Arrays.toString(parts) + " expected "
                        + Arrays.toString(expected) + " E " + arming.expiryNs + ", " + transits);
        World.check(parts[0] + parts[1] + parts[2] + parts[3] == parts[4], () -> "lateness does not add up");
        for (int cause = 0; cause < latenessByCause.length; cause++) {
            World.check(parts[cause] >= 0, () -> "a negative part: " + Arrays.toString(parts));
            latenessByCause[cause] += parts[cause];
        }
    }

    private long firstWakeUp(long expiryNs) {
        long wakeNs = expiryNs;
        while (grid.tickNs() > 0 && (wakeNs + grid.phaseNs()) % grid.tickNs() != 0) {
            wakeNs++;
        }
        return wakeNs;
    }

    // ---- transit --------------------------------------------------------------------------------------------------

    void transit(long fromNs, long untilNs) {
        transits.add(new Transit(fromNs, untilNs));
    }

    boolean inTransit(long atNs) {
        return transits.stream().anyMatch(transit -> transit.fromNs <= atNs && atNs < transit.untilNs);
    }

    /** The length of the union of all transits within an interval of time. */
    private long inTransit(long fromNs, long untilNs) {
        long sum = 0;
        long reachedNs = fromNs;
        // In order of their beginnings, because barriers come in order.
        for (Transit transit : transits) {
            long beginNs = Math.max(reachedNs, transit.fromNs);
            long endNs = Math.min(untilNs, transit.untilNs);
            if (endNs > beginNs) {
                sum += endNs - beginNs;
                reachedNs = endNs;
            }
        }
        return sum;
    }

    // ---- packets --------------------------------------------------------------------------------------------------

    void packetArrived(int connection, int packet) {
        packets.computeIfAbsent(connection, any -> new ArrayDeque<>()).add(packet);
    }

    void packetServed(int connection, int packet) {
        Queue<Integer> waiting = packets.get(connection);
        Integer first = waiting == null ? null : waiting.poll();
        World.check(first != null && first == packet, () -> "packet " + packet + " served, the first is " + first);
        packetsServed++;
    }

    // ---- the balance ----------------------------------------------------------------------------------------------

    void checkBalance(TimerBucket bucket) {
        long stillPending = Arrays.stream(pending).filter(Objects::nonNull).count();
        World.check(
                armings == fired + cancelled + superseded + stillPending,
                () -> armings + " armings, " + fired + " fired, " + cancelled + " cancelled, " + superseded
                        + " superseded, " + stillPending + " pending");
        World.check(
                stillPending == bucket.timers().size() + bucket.dueTimers(),
                () -> stillPending + " pending, " + bucket.timers().size() + " armed, " + bucket.dueTimers() + " due");
        World.check(bucket.timersServed() == fired, () -> bucket.timersServed() + " served, " + fired + " fired");
        World.check(bucket.packetsServed() == packetsServed, () -> bucket.packetsServed() + " packets served");
        World.check(
                cancelled == bucket.timers().counts().cancels() + bucket.cancelledWhileDue(),
                () -> cancelled + " cancelled");
        World.check(
                superseded == bucket.timers().counts().superseded() + bucket.supersededWhileDue(),
                () -> superseded + " superseded");
        World.check(
                bucket.laws().wrongOwnerTouches()
                                + bucket.laws().earlyFirings()
                                + bucket.laws().overRoundedTimers()
                        == 0,
                () -> "a law broken in bucket " + bucket.id());
        bucket.timers().checkInvariants();
    }

    long fired() {
        return fired;
    }

    long[] latenessByCause() {
        return latenessByCause;
    }
}

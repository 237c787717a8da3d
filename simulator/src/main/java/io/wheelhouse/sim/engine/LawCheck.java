package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.LawReport.Law;
import io.wheelhouse.sim.metrics.LawReport.Verdict;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TimerCount;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.queue.OperationCounts;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Holds a run to the laws. Most are watched while it runs and only added up here; what must balance is balanced here,
 * from counts that were kept in different places by different code.
 */
final class LawCheck {
    // more lines than this say nothing new
    private static final int MAX_LINES = 5;

    private final Map<Law, List<String>> violations = new EnumMap<>(Law.class);

    private LawCheck() {
        for (Law law : Law.values()) {
            violations.put(law, new ArrayList<>());
        }
    }

    /** The verdicts on a run that has ended. What waits in the timer structures is taken out. */
    static LawReport of(Machine<?> machine, Recorder total, Census census, long endNs) {
        LawCheck check = new LawCheck();
        for (TimerBucket bucket : machine.buckets) {
            check.oneOwner(bucket, machine.processors);
            check.neverEarly(bucket);
            check.inOrder(bucket);
            check.queueEntries(bucket);
        }
        check.firedOnce(census);
        for (Lane lane : Lane.ALL) {
            check.timers(lane, total, census);
        }
        check.segments(total, census);
        for (TimerBucket bucket : machine.buckets) {
            check.overlooked(bucket, endNs);
        }
        return check.report();
    }

    private LawReport report() {
        List<Verdict> verdicts = new ArrayList<>();
        violations.forEach((law, lines) -> verdicts.add(new Verdict(law, shortened(lines))));
        return new LawReport(verdicts);
    }

    private static List<String> shortened(List<String> lines) {
        if (lines.size() <= MAX_LINES) {
            return lines;
        }
        List<String> some = new ArrayList<>(lines.subList(0, MAX_LINES));
        some.add("and " + (lines.size() - MAX_LINES) + " more");
        return some;
    }

    private void breach(Law law, String values) {
        violations.computeIfAbsent(law, key -> new ArrayList<>()).add(values);
    }

    private void oneOwner(TimerBucket bucket, EngineProcessor[] processors) {
        long touches = bucket.laws().wrongOwnerTouches();
        if (touches > 0) {
            breach(Law.ONE_OWNER, "bucket " + bucket.id() + " was touched " + touches + " times by another processor");
        }
        int holders = 0;
        for (EngineProcessor processor : processors) {
            holders += processor.processor().holds(bucket) ? 1 : 0;
        }
        int owner = bucket.owner();
        boolean ownerHolds = owner >= 0
                && owner < processors.length
                && processors[owner].processor().holds(bucket);
        if (holders != 1 || !ownerHolds) {
            breach(
                    Law.ONE_OWNER,
                    "bucket " + bucket.id() + " of processor " + owner + " is held by " + holders + " processors"
                            + (ownerHolds ? "" : ", its owner not among them"));
        }
    }

    private void neverEarly(TimerBucket bucket) {
        long early = bucket.laws().earlyFirings();
        if (early > 0) {
            breach(
                    Law.NEVER_EARLY,
                    "bucket " + bucket.id() + ": " + early + " timers were handed out before their deadline or expiry");
        }
        long overRounded = bucket.laws().overRoundedTimers();
        if (overRounded > 0) {
            breach(
                    Law.NEVER_EARLY,
                    "bucket " + bucket.id() + ": " + overRounded + " timers rounded by more than the structure states");
        }
    }

    /** Last of all, because it takes out what it finds. */
    private void overlooked(TimerBucket bucket, long endNs) {
        int overlooked = bucket.overlookedBefore(endNs);
        if (overlooked > 0) {
            breach(
                    Law.FIRED_ONCE,
                    "bucket " + bucket.id() + ": " + overlooked + " timers woke nobody when they expired");
        }
        long lateWakes = bucket.laws().lateWakes();
        if (lateWakes > 0) {
            breach(Law.FIRED_ONCE, "bucket " + bucket.id() + ": " + lateWakes + " timers woke their owner late");
        }
    }

    private void inOrder(TimerBucket bucket) {
        long outOfOrder = bucket.laws().packetsOutOfOrder();
        if (outOfOrder > 0) {
            breach(Law.IN_ORDER, "bucket " + bucket.id() + ": " + outOfOrder + " packets out of order of arrival");
        }
    }

    /** For queue entries: what began has ended or is there; and what expired was served, withdrawn, or waits. */
    private void queueEntries(TimerBucket bucket) {
        OperationCounts counts = bucket.timers().counts();
        long began = counts.arms() + counts.rearms();
        long size = bucket.timers().size();
        long ended = counts.expiries() + counts.cancels() + counts.superseded();
        if (began != ended + size) {
            breach(
                    Law.COUNTS_BALANCE,
                    "queue entries of bucket " + bucket.id() + ": " + began + " began, " + ended + " ended, " + size
                            + " pending");
        }
        long served = bucket.timersServed();
        long withdrawn = bucket.cancelledWhileDue() + bucket.supersededWhileDue();
        if (counts.expiries() != served + withdrawn + bucket.dueTimers()) {
            breach(
                    Law.FIRED_ONCE,
                    "bucket " + bucket.id() + ": " + counts.expiries() + " entries expired, " + served + " served, "
                            + withdrawn + " withdrawn, " + bucket.dueTimers() + " waiting");
        }
    }

    private void firedOnce(Census census) {
        if (census.timersWithoutEntry() > 0) {
            breach(Law.FIRED_ONCE, census.timersWithoutEntry() + " armed timers are in no queue and will never fire");
        }
    }

    private void timers(Lane lane, Recorder total, Census census) {
        long began = total.total(lane, TimerCount.ARMS) + total.total(lane, TimerCount.REARMS);
        long fired = total.total(lane, TimerCount.FIRED);
        long cancelled = total.total(lane, TimerCount.CANCELLED);
        long superseded = total.total(lane, TimerCount.SUPERSEDED);
        long pending = census.pendingByLane[lane.index()];
        if (began != fired + cancelled + superseded + pending) {
            breach(
                    Law.COUNTS_BALANCE,
                    lane.key() + " timers: " + began + " began, " + fired + " fired, " + cancelled + " cancelled, "
                            + superseded + " superseded, " + pending + " pending");
        }
    }

    private void segments(Recorder total, Census census) {
        long sent = total.total(TcpCount.SEGMENTS_SENT) + total.total(TcpCount.SEGMENTS_SENT_OUTSIDE);
        long processed = total.total(TcpCount.SEGMENTS_PROCESSED) + total.total(TcpCount.SEGMENTS_PROCESSED_OUTSIDE);
        long dropped = total.total(TcpCount.DROPPED_LOSS)
                + total.total(TcpCount.DROPPED_OUTAGE)
                + total.total(TcpCount.DROPPED_QUEUE)
                + total.total(TcpCount.DROPPED_FLOW_LIMIT)
                + total.total(TcpCount.DROPPED_NO_CONNECTION);
        if (sent != processed + dropped + census.segmentsInFlight() + census.segmentsQueued()) {
            breach(
                    Law.COUNTS_BALANCE,
                    "segments: " + sent + " sent, " + processed + " processed, " + dropped + " dropped, "
                            + census.segmentsInFlight() + " in flight, " + census.segmentsQueued() + " queued");
        }
    }
}

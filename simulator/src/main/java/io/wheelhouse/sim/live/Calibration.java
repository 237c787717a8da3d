package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.HostClock;
import io.wheelhouse.timer.Cost;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongSupplier;
import java.util.function.ToLongFunction;

/**
 * Measures what the operations of the timer subsystem take on this machine, with the code that a run uses, and with the looks
 * at the clock that a live run takes. What each figure holds is in docs/fidelity.md.
 *
 * <p>Each is the median of several rounds after others that let the compiler finish. What the structure does by itself (slots
 * looked at, entries filed again) is in the cost of expiring.
 */
public final class Calibration {

    /** How much is measured. */
    enum Effort {
        /** Half a minute. */
        FULL(4, 9, 1_000_000, 100_000, 2_000),
        /** As little as can be, for tests. */
        SMALL(1, 3, 10_000, 10_000, 20);

        private final int warmUps;
        private final int rounds;
        private final int warmUpSegments;
        private final int segments;
        private final int wakeUps;

        Effort(int warmUps, int rounds, int warmUpSegments, int segments, int wakeUps) {
            this.warmUps = warmUps;
            this.rounds = rounds;
            this.warmUpSegments = warmUpSegments;
            this.segments = segments;
            this.wakeUps = wakeUps;
        }
    }

    /**
     * What was measured.
     *
     * @param costsNs by operation, each above 0 but for those that are in others: slots looked at and entries filed again
     * @param details what they were made of
     * @param idle what the thread did while it had nothing to do
     * @param wakeUpsNs how long it took to wake up from that, in ascending order
     */
    public record Result(Map<Cost, Long> costsNs, Details details, Idle idle, List<Long> wakeUpsNs) {
        public Result {
            costsNs = Map.copyOf(costsNs);
            wakeUpsNs = List.copyOf(wakeUpsNs);
        }

        /** The wake-up latency that a fraction of all is no longer than. */
        public long wakeUpNs(double fraction) {
            int place = (int) Math.ceil(fraction * wakeUpsNs.size()) - 1;
            return wakeUpsNs.get(Math.max(0, place));
        }
    }

    /**
     * Figures that have no cost of their own.
     *
     * @param firstArmNs arming a timer that is not armed
     * @param rearmNs re-arming one that is
     * @param rearmShare how many of all armings of the calibration's TCP traffic are of the second kind
     * @param giveNs giving a bucket away
     * @param takeNs taking it over
     */
    public record Details(long firstArmNs, long rearmNs, double rearmShare, long giveNs, long takeNs) {}

    private final LongSupplier clock;
    private final LongSupplier cpu;
    private final Effort effort;
    private final EnumMap<Cost, Long> costs = new EnumMap<>(Cost.class);

    private Calibration(Effort effort, LongSupplier clock, LongSupplier cpu) {
        this.effort = effort;
        this.clock = clock;
        this.cpu = cpu;
    }

    /**
     * Measures for some twenty to forty seconds, on the calling thread and one more.
     *
     * @param idle what a thread does of which the wake-up latency is measured
     * @throws UnmeasuredException if the machine was too busy for a figure that means anything
     */
    public static Result measure(Idle idle) {
        HostClock clock = HostClock.start();
        return measure(idle, Effort.FULL, clock::wallNs, clock::threadCpuNs);
    }

    /**
     * @param clock what steps are measured with; moves and wake-ups always by the real one
     * @param cpu what rounds of many operations are measured with: the processor time of the calling thread
     */
    static Result measure(Idle idle, Effort effort, LongSupplier clock, LongSupplier cpu) {
        return new Calibration(effort, clock, cpu).run(idle);
    }

    private Result run(Idle idle) {
        List<TimerCosts.Round> timers = timerRounds();
        SegmentCosts traffic = new SegmentCosts(clock);
        traffic.round(effort.warmUpSegments, new SegmentCosts.ArmAndCancel(0, 0));
        double rearmShare = traffic.rearmShare();
        long firstArmNs = median(timers, TimerCosts.Round::armNs);
        long rearmNs = median(timers, TimerCosts.Round::rearmNs);
        put(Cost.ARM, Math.round(firstArmNs * (1 - rearmShare) + rearmNs * rearmShare));
        put(Cost.CANCEL, median(timers, TimerCosts.Round::cancelNs));
        put(Cost.EXPIRE, median(timers, TimerCosts.Round::expireNs));
        put(Cost.TICK, median(timers, TimerCosts.Round::tickNs));
        measureSegments(traffic);
        MoveCost.Result move = MoveCost.measure(effort.warmUps + effort.rounds, effort.warmUps);
        put(Cost.MOVE, (move.giveNs() + move.takeNs()) / 2);
        costs.put(Cost.SLOT_VISIT, 0L);
        costs.put(Cost.REFILE, 0L);
        return new Result(
                costs,
                new Details(firstArmNs, rearmNs, rearmShare, move.giveNs(), move.takeNs()),
                idle,
                WakeUpLatency.measure(idle, effort.wakeUps));
    }

    private List<TimerCosts.Round> timerRounds() {
        TimerCosts timers = new TimerCosts(clock, cpu);
        List<TimerCosts.Round> rounds = new ArrayList<>();
        for (int round = -effort.warmUps; round < effort.rounds; round++) {
            TimerCosts.Round measured = timers.round();
            if (round >= 0) {
                rounds.add(measured);
            }
        }
        return rounds;
    }

    private void measureSegments(SegmentCosts traffic) {
        SegmentCosts.ArmAndCancel known = new SegmentCosts.ArmAndCancel(costOf(Cost.ARM), costOf(Cost.CANCEL));
        List<SegmentCosts.Round> rounds = new ArrayList<>();
        for (int round = 0; round < effort.rounds; round++) {
            rounds.add(traffic.round(effort.segments, known));
        }
        put(Cost.SEGMENT_IN, median(rounds, SegmentCosts.Round::receiveNs));
        put(Cost.SEGMENT_OUT, median(rounds, SegmentCosts.Round::sendNs));
    }

    private long costOf(Cost cost) {
        return costs.getOrDefault(cost, 0L);
    }

    /** A cost that is found as the difference of two times may be none on a machine that does other things meanwhile. */
    private void put(Cost cost, long costNs) {
        if (costNs <= 0) {
            throw new UnmeasuredException(cost.key() + " (" + costNs + " ns)");
        }
        costs.put(cost, costNs);
    }

    private static <T> long median(List<T> rounds, ToLongFunction<T> figure) {
        return median(rounds.stream().map(figure::applyAsLong).toList());
    }

    static long median(List<Long> values) {
        List<Long> sorted = values.stream().sorted().toList();
        return sorted.get(sorted.size() / 2);
    }
}

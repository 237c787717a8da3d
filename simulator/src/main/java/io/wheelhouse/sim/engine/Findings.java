package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.GroupResult;
import io.wheelhouse.sim.metrics.HostUse;
import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.OverdueResult;
import io.wheelhouse.sim.metrics.ProcessorResult;
import io.wheelhouse.sim.metrics.QueueResult;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.timer.bucket.Fingerprint;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.List;

/** Gathers the result of a run that has ended. */
public record Findings(
        Scenario scenario, Machine<?> machine, MoveLedger moves, Usage usage, Recorder total, Census census) {

    /** The result; what waits in the timer structures is taken out. */
    public RunResult result(long endNs, HostUse host) {
        return result(endNs, fingerprint(), machine.bucketList, LawCheck.of(machine, total, census, endNs), host);
    }

    /**
     * What is known of a run that cannot be looked at as a whole: its totals, as of an earlier instant.
     *
     * @param asOfNs when the totals and the usage were read
     * @param known the buckets that can be looked at; the census is theirs
     * @param unchecked why nothing can be held to the laws
     */
    public RunResult partial(long asOfNs, List<TimerBucket> known, String unchecked, HostUse host) {
        return result(asOfNs, Fingerprint.EMPTY, known, LawReport.unchecked(unchecked), host);
    }

    private RunResult result(long endNs, long fingerprint, List<TimerBucket> known, LawReport laws, HostUse host) {
        return new RunResult(
                        scenario.name(),
                        scenario.description(),
                        scenario.seed(),
                        scenario.durationNs(),
                        scenario.warmupNs(),
                        endNs,
                        Events.of(total),
                        fingerprint,
                        total.timers(),
                        processorResults(endNs),
                        usage.balance(moves),
                        groupResults(endNs),
                        queueResult(known),
                        new OverdueResult(census.overdue(), census.oldestOverdueAgeNs()),
                        laws,
                        List.of(),
                        host)
                .judgedBy(scenario.expect());
    }

    /** Each bucket's hash in bucket order, then the moves. */
    private long fingerprint() {
        long hash = Fingerprint.EMPTY;
        for (TimerBucket bucket : machine.buckets) {
            hash = Fingerprint.mix(hash, bucket.fingerprint());
        }
        return Fingerprint.mix(hash, moves.fingerprint());
    }

    private List<ProcessorResult> processorResults(long endNs) {
        double measuredNs = measuredNs(endNs);
        UsageReadings readings = usage.readings();
        List<ProcessorResult> results = new ArrayList<>();
        for (int p = 0; p < readings.processors(); p++) {
            results.add(new ProcessorResult(
                    p,
                    usage.busyNs(p) / measuredNs,
                    usage.peak(p),
                    usage.otherNs(p) / measuredNs,
                    usage.bucketsAtStart(p),
                    readings.owned(p),
                    readings.fired(p),
                    readings.segments(p),
                    moves.movesIn(p),
                    moves.movesOut(p),
                    readings.ticks(p)));
        }
        return results;
    }

    private double measuredNs(long endNs) {
        return endNs > scenario.warmupNs() ? (double) (endNs - scenario.warmupNs()) : Double.POSITIVE_INFINITY;
    }

    private List<GroupResult> groupResults(long endNs) {
        double measuredNs = measuredNs(endNs);
        List<GroupResult> results = new ArrayList<>();
        for (int group = 0; group < scenario.connections().size(); group++) {
            ConnectionGroup spec = scenario.connections().get(group);
            results.add(new GroupResult(
                    spec.name(),
                    spec.count(),
                    census.openByGroup[group],
                    census.busyNsByGroup[group] / measuredNs,
                    census.largestNsByGroup[group] / measuredNs,
                    total.tcpCounts(group)));
        }
        return results;
    }

    private static QueueResult queueResult(List<TimerBucket> known) {
        QueueResult result = QueueResult.NONE;
        for (TimerBucket bucket : known) {
            result = result.plus(bucket.timers().counts(), bucket.timers().size());
        }
        return result;
    }
}

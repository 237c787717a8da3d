package io.wheelhouse.sim.metrics;

import io.wheelhouse.tcp.TcpCount;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * How late the timers of the light connections were: what is left to those who ask for little. Light are the groups whose
 * connections used, on average, no more than {@value #LIMIT} times the processor time of the average connection of the run.
 *
 * @param count their firings after the warm-up
 * @param meanNs 0 where nothing fired
 */
record LightConnections(long count, double meanNs, long maxNs, Histogram histogram) {
    private static final double LIMIT = 2.0;

    static LightConnections of(RunResult run) {
        List<Integer> groups = lightGroups(run);
        Histogram histogram = LatenessMeter.newHistogram();
        long count = 0;
        double sumNs = 0.0;
        long maxNs = 0;
        for (TimerResult timer : run.timers()) {
            for (int group : groups) {
                Lateness lateness = timer.groups().get(group).lateness();
                histogram.add(lateness.histogram());
                count += lateness.count();
                sumNs += lateness.meanNs() * lateness.count();
                maxNs = Math.max(maxNs, lateness.maxNs());
            }
        }
        return new LightConnections(count, count == 0 ? 0.0 : sumNs / count, maxNs, histogram);
    }

    private static List<Integer> lightGroups(RunResult run) {
        double busy = 0.0;
        double connections = 0.0;
        for (GroupResult group : run.groups()) {
            busy += group.busy();
            connections += connections(group);
        }
        List<Integer> light = new ArrayList<>();
        for (int number = 0; number < run.groups().size(); number++) {
            GroupResult group = run.groups().get(number);
            if (group.busy() * connections <= LIMIT * busy * connections(group)) {
                light.add(number);
            }
        }
        return light;
    }

    /** Those that were opened; synthetic ones all are. */
    private static double connections(GroupResult group) {
        long started = group.count(TcpCount.CONNECTIONS_STARTED);
        return started > 0 ? started : group.connections();
    }

    /** The lateness that this percentage of the firings does not exceed. */
    long atPercentileNs(double percentile) {
        return count == 0 ? 0 : Math.min(maxNs, histogram.getValueAtPercentile(percentile));
    }
}

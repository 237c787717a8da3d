package io.wheelhouse.sim.sweep;

import io.wheelhouse.timer.balance.StudentT;
import java.util.Collection;

/**
 * The mean of a metric over independent replications, with its 95 % confidence interval by Student's t distribution. Also
 * for a percentile: each replication's percentile is one sample, because the samples of one run depend on each other.
 *
 * @param samples how many replications had a value
 * @param mean NaN for none
 * @param halfWidth of the interval; infinite for fewer than two samples
 */
public record Estimate(int samples, double mean, double halfWidth) {

    /** The estimate from one value for each replication. */
    public static Estimate of(Collection<Double> values) {
        int samples = values.size();
        double sum = 0.0;
        for (double value : values) {
            sum += value;
        }
        double mean = sum / samples;
        double squares = 0.0;
        for (double value : values) {
            squares += (value - mean) * (value - mean);
        }
        double deviation = samples < 2 ? 0.0 : Math.sqrt(squares / (samples - 1));
        return new Estimate(samples, mean, StudentT.halfWidth(deviation, samples));
    }

    /** Whether there is an interval. */
    public boolean hasInterval() {
        return samples >= 2;
    }

    /** Whether the interval leaves out zero. */
    public boolean isNotZero() {
        return hasInterval() && Math.abs(mean) > halfWidth;
    }
}

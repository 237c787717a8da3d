package io.wheelhouse.timer.balance;

import java.util.Locale;

/**
 * How far a processor is from where it should be, as a number that is not negative: the larger, the more buckets it
 * deserves. The sum over all processors is the total imbalance index.
 *
 * <p>With u the utilization of the processor, backlog included, and U the mean of all. Each answers in O(1).
 */
public enum ImbalanceIndex {
    /** max(0, 1 − u): the capacity left over. Zero for a processor that is saturated. */
    IDLE {
        @Override
        public double of(double utilization, double meanUtilization) {
            return Math.max(0.0, 1.0 - utilization);
        }
    },
    /** U / max(u, {@link #LEAST_UTILIZATION}): how many times its utilization would fit into the mean. */
    RATIO {
        @Override
        public double of(double utilization, double meanUtilization) {
            return meanUtilization / Math.max(utilization, LEAST_UTILIZATION);
        }
    },
    /** max(0, U − u): what is missing to the mean. Zero for a processor above it. */
    DEFICIT {
        @Override
        public double of(double utilization, double meanUtilization) {
            return Math.max(0.0, meanUtilization - utilization);
        }
    };

    /** The ε of {@link #RATIO}: below one percent of capacity a utilization is not told from an idle processor's. */
    public static final double LEAST_UTILIZATION = 0.01;

    /** The index of a processor. */
    public abstract double of(double utilization, double meanUtilization);

    /** The name used in scenario files, for example {@code deficit}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The indexes of all processors of a reading, by processor; 0 for one that is offline. */
    public double[] of(Reading reading) {
        double[] indexes = new double[reading.processors()];
        for (int processor = 0; processor < indexes.length; processor++) {
            indexes[processor] =
                    reading.available(processor) ? of(reading.utilization(processor), reading.meanUtilization()) : 0.0;
        }
        return indexes;
    }
}

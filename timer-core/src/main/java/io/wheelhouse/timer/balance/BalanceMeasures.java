package io.wheelhouse.timer.balance;

/** How evenly processors are loaded, each as one number. Pure functions; no load at all counts as even. */
public final class BalanceMeasures {
    private BalanceMeasures() {}

    /** The largest over the mean: 1 when even, the number of processors when one has everything. */
    public static double maxOverMean(double[] loads) {
        double sum = 0.0;
        double max = 0.0;
        for (double load : loads) {
            sum += load;
            max = Math.max(max, load);
        }
        return sum == 0.0 ? 1.0 : max * loads.length / sum;
    }

    /** The standard deviation over the mean, of all and not of a sample: 0 when even. Jain's index is 1/(1 + its square). */
    public static double deviation(double[] loads) {
        double sum = 0.0;
        for (double load : loads) {
            sum += load;
        }
        double mean = sum / loads.length;
        double squares = 0.0;
        for (double load : loads) {
            squares += (load - mean) * (load - mean);
        }
        return sum == 0.0 ? 0.0 : Math.sqrt(squares / loads.length) / mean;
    }

    /**
     * By how much the largest exceeds the smallest, as a share of the smallest: 0 when even, 3.2 when the largest is 4.2
     * times the smallest; infinite when the smallest alone is 0.
     */
    public static double spread(double[] loads) {
        double min = Double.POSITIVE_INFINITY;
        double max = 0.0;
        for (double load : loads) {
            min = Math.min(min, load);
            max = Math.max(max, load);
        }
        return max == 0.0 ? 0.0 : max / min - 1.0;
    }

    /**
     * Jain's index (Σx)²/(n·Σx²): 1 when even, 1/n when one has everything. Source: Jain, Chiu and Hawe, A Quantitative
     * Measure of Fairness and Discrimination, DEC-TR-301, 1984.
     */
    public static double jain(double[] loads) {
        double sum = 0.0;
        double squares = 0.0;
        for (double load : loads) {
            sum += load;
            squares += load * load;
        }
        return squares == 0.0 ? 1.0 : sum * sum / (loads.length * squares);
    }
}

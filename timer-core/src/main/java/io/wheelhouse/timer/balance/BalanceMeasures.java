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

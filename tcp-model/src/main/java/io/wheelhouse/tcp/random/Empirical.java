package io.wheelhouse.tcp.random;

import java.util.Arrays;
import java.util.List;

/**
 * A distribution function given by points (value, cumulative probability), linear in the value between two points.
 *
 * <p>Linear, not log-linear, because that is how the published tables of flow sizes are read by the traffic generators
 * that come with them, so the mean here is the mean quoted there. Where the first point's probability is above 0, its
 * value has that probability as a heap; two points with the same value make a heap there, two with the same probability
 * a gap. Cost: a binary search over the points.
 */
public final class Empirical implements Distribution {
    private final double[] values;
    private final double[] cumulative;
    private final double mean;

    /**
     * One point of the distribution function.
     *
     * @param value 0 or greater
     * @param cumulative the probability of a sample of at most {@code value}, 0 to 1
     */
    public record Point(double value, double cumulative) {
        public Point {
            if (!(value >= 0 && value <= Double.MAX_VALUE)) {
                throw new IllegalArgumentException("empirical value must be a finite number, 0 or greater: " + value);
            }
            if (!(cumulative >= 0 && cumulative <= 1)) {
                throw new IllegalArgumentException("empirical probability must lie between 0 and 1: " + cumulative);
            }
        }
    }

    /**
     * Makes the distribution.
     *
     * @param points one or more, neither coordinate ever decreasing, the last probability 1
     */
    public Empirical(List<Point> points) {
        if (points.isEmpty()) {
            throw new IllegalArgumentException("an empirical distribution needs a point");
        }
        this.values = points.stream().mapToDouble(Point::value).toArray();
        this.cumulative = points.stream().mapToDouble(Point::cumulative).toArray();
        for (int i = 1; i < values.length; i++) {
            if (values[i] < values[i - 1] || cumulative[i] < cumulative[i - 1]) {
                throw new IllegalArgumentException(
                        "empirical points must not decrease: " + points.get(i) + " after " + points.get(i - 1));
            }
        }
        if (cumulative[cumulative.length - 1] != 1) {
            throw new IllegalArgumentException(
                    "the last empirical probability must be 1: " + cumulative[cumulative.length - 1]);
        }
        this.mean = computeMean();
    }

    private double computeMean() {
        double sum = values[0] * cumulative[0];
        for (int i = 1; i < values.length; i++) {
            sum += (cumulative[i] - cumulative[i - 1]) * (values[i] + values[i - 1]) / 2;
        }
        return sum;
    }

    @Override
    public double sample(double u) {
        if (u <= cumulative[0]) {
            return values[0];
        }
        int above = firstAtOrAbove(u);
        double step = cumulative[above] - cumulative[above - 1];
        double share = (u - cumulative[above - 1]) / step;
        return values[above - 1] + share * (values[above] - values[above - 1]);
    }

    /** The first point whose probability is {@code u} or more; not the first of all. */
    private int firstAtOrAbove(double u) {
        int low = 1;
        int high = cumulative.length - 1;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (cumulative[middle] < u) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }

    @Override
    public double mean() {
        return mean;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("Empirical[");
        for (int i = 0; i < values.length; i++) {
            text.append(i == 0 ? "" : ", ").append(values[i]).append(':').append(cumulative[i]);
        }
        return text.append(']').toString();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Empirical that
                && Arrays.equals(values, that.values)
                && Arrays.equals(cumulative, that.cumulative);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values) * 31 + Arrays.hashCode(cumulative);
    }
}

package io.wheelhouse.tcp.random;

/**
 * A normal distribution cut off below 0: what lies there is dropped, and the rest scaled up, so that no sample is
 * negative and none is heaped up at 0. The mean asked for is that of the uncut distribution; {@link #mean()} is the true
 * one.
 */
public final class TruncatedNormal implements Distribution {
    private final double uncutMean;
    private final double deviation;
    private final double belowZero;
    private final double mean;

    /**
     * Makes the distribution.
     *
     * @param uncutMean the mean before the cut, 0 or greater
     * @param deviation the standard deviation before the cut, 0 or greater
     */
    public TruncatedNormal(double uncutMean, double deviation) {
        if (!(uncutMean >= 0 && uncutMean <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("normal mean must be a finite number, 0 or greater: " + uncutMean);
        }
        if (!(deviation >= 0 && deviation <= Double.MAX_VALUE)) {
            throw new IllegalArgumentException("normal deviation must be a finite number, 0 or greater: " + deviation);
        }
        this.uncutMean = uncutMean;
        this.deviation = deviation;
        double cut = deviation == 0 ? Double.POSITIVE_INFINITY : uncutMean / deviation;
        this.belowZero = NormalQuantile.lowerTail(cut);
        this.mean = uncutMean + (belowZero == 0 ? 0 : deviation * NormalQuantile.density(cut) / (1 - belowZero));
    }

    @Override
    public double sample(double u) {
        if (deviation == 0) {
            return uncutMean;
        }
        double sample = uncutMean + deviation * NormalQuantile.of(belowZero + u * (1 - belowZero));
        return Math.max(0, sample);
    }

    @Override
    public double mean() {
        return mean;
    }

    @Override
    public String toString() {
        return "TruncatedNormal[mean=" + uncutMean + ", deviation=" + deviation + "]";
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof TruncatedNormal that
                && Double.compare(uncutMean, that.uncutMean) == 0
                && Double.compare(deviation, that.deviation) == 0;
    }

    @Override
    public int hashCode() {
        return Double.hashCode(uncutMean) * 31 + Double.hashCode(deviation);
    }
}

package io.wheelhouse.sim.metrics;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.util.Arrays;

/**
 * Exact sums of nanoseconds, each 126 bits wide: ten million timers that are minutes late already add up to more than
 * 64 bits hold. Adding costs one more test than a {@code long} does.
 */
final class WideSums {
    private static final int LOW_BITS = 63;

    private final long[] low;
    private final long[] high;

    WideSums(int sums) {
        low = new long[sums];
        high = new long[sums];
    }

    /** Adds a value that is not negative. */
    void add(int sum, long value) {
        long carried = low[sum] + value;
        if (carried < 0) {
            carried &= Long.MAX_VALUE;
            high[sum]++;
        }
        low[sum] = carried;
    }

    /** Makes all sums 0. */
    void reset() {
        Arrays.fill(low, 0);
        Arrays.fill(high, 0);
    }

    /** Adds all of another's sums to these. */
    void add(WideSums other) {
        assert other.low.length == low.length : other.low.length + " sums added to " + low.length;
        for (int sum = 0; sum < low.length; sum++) {
            add(sum, other.low[sum]);
            high[sum] += other.high[sum];
        }
    }

    BigInteger get(int sum) {
        return BigInteger.valueOf(high[sum]).shiftLeft(LOW_BITS).add(BigInteger.valueOf(low[sum]));
    }

    /** The sum divided by a count; 0 where there is nothing to divide. */
    double mean(int sum, long count) {
        return count == 0 ? 0.0 : quotient(get(sum), BigInteger.valueOf(count));
    }

    /** A quotient, computed in decimal and then rounded, so that it is the same everywhere. */
    static double quotient(BigInteger dividend, BigInteger divisor) {
        return new BigDecimal(dividend)
                .divide(new BigDecimal(divisor), MathContext.DECIMAL64)
                .doubleValue();
    }
}

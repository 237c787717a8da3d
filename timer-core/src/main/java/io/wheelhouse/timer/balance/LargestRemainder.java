package io.wheelhouse.timer.balance;

/**
 * Divides a whole number of buckets by real shares: each gets the whole part of its share, and what is left goes, one by
 * one, to the largest remainders; of equal remainders to the lower number. Hamilton's method. Costs O(P²) at most, and
 * P is small.
 */
final class LargestRemainder {
    private LargestRemainder() {}

    /**
     * @param shares not negative, adding up to {@code total} but for rounding errors
     * @return whole numbers that add up to {@code total}
     */
    static int[] apportion(double[] shares, int total) {
        int[] whole = new int[shares.length];
        double[] remainders = new double[shares.length];
        int left = total;
        for (int at = 0; at < shares.length; at++) {
            whole[at] = (int) Math.floor(shares[at]);
            remainders[at] = shares[at] - whole[at];
            left -= whole[at];
        }
        assert left >= 0 && left <= shares.length : left + " left of " + total;
        for (; left > 0; left--) {
            int largest = 0;
            for (int at = 1; at < shares.length; at++) {
                if (remainders[at] > remainders[largest]) {
                    largest = at;
                }
            }
            whole[largest]++;
            remainders[largest] = -1.0;
        }
        return whole;
    }
}

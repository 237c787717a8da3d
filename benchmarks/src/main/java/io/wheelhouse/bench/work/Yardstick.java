package io.wheelhouse.bench.work;

/**
 * The yardstick: a random record of 32 bytes among a million is read, changed and written. What a machine's memory makes
 * of that is the measure for operations on a million timers.
 */
public final class Yardstick implements Work {
    private static final long SEED = 0x7_5e47;
    private static final int RECORDS = 1_000_000;
    private static final int LONGS_OF_RECORD = 4;
    private static final int OPERATIONS_OF_PASS = 100_000;

    private final Draws draws = new Draws(SEED);
    private final long[] records = new long[RECORDS * LONGS_OF_RECORD];

    @Override
    public long pass() {
        for (int count = 0; count < OPERATIONS_OF_PASS; count++) {
            long draw = draws.next();
            int first = Draws.upper(draw, RECORDS) * LONGS_OF_RECORD;
            records[first] += draw;
            records[first + 1] ^= records[first];
            records[first + 2]++;
            records[first + 3] += records[first + 2];
        }
        return OPERATIONS_OF_PASS;
    }

    /** The sum of all records: no operation may be left out. */
    long sum() {
        long sum = 0;
        for (long value : records) {
            sum += value;
        }
        return sum;
    }
}

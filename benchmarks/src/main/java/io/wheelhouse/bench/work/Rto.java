package io.wheelhouse.bench.work;

/** Retransmission timeouts as the workloads have them: uniform over 200..1000 ms. */
final class Rto {
    static final long LEAST_NS = 200_000_000;
    static final long RANGE_NS = 800_000_000;

    /** A connection is heard of this often, on average: few of its timeouts expire. */
    static final int TICKS_BETWEEN_SEGMENTS = 50;

    private static final long MULTIPLIER = 0x9E3779B97F4A7C15L;

    private Rto() {}

    /** From the lower half of a draw. */
    static long drawnNs(long draw) {
        return LEAST_NS + Draws.lower(draw, RANGE_NS);
    }

    /** That of a connection, always the same: computed, so that looking it up costs no memory access. */
    static long ofConnectionNs(int connection) {
        return LEAST_NS + Draws.upper(connection * MULTIPLIER, (int) RANGE_NS);
    }
}

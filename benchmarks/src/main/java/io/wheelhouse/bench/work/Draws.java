package io.wheelhouse.bench.work;

/**
 * A stream of 64 uniform bits a draw, the same for the same seed, cheap beside what is measured. Source: G. Steele, D.
 * Lea, C. Flood, "Fast splittable pseudorandom number generators", OOPSLA 2014 (SplitMix64).
 */
final class Draws {
    private static final long GAMMA = 0x9E3779B97F4A7C15L;

    private long state;

    Draws(long seed) {
        this.state = seed;
    }

    long next() {
        state += GAMMA;
        long mixed = (state ^ (state >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }

    /** A number in 0..bound-1 from the upper half of a draw. */
    static int upper(long draw, int bound) {
        return (int) (((draw >>> 32) * bound) >>> 32);
    }

    /** A number in 0..bound-1, bound up to 2^31, from the lower half of a draw. */
    static long lower(long draw, long bound) {
        return ((draw & 0xFFFFFFFFL) * bound) >>> 32;
    }

    /** A number in 0..bound-1, bound up to 2^62. */
    long below(long bound) {
        return Math.multiplyHigh(next() >>> 1, bound << 1);
    }
}

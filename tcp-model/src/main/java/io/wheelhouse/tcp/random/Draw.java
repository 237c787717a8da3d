package io.wheelhouse.tcp.random;

/**
 * Counter-based random numbers: a draw is a pure function of (seed, connection, stream, ordinal). There is no generator
 * whose state could depend on the order of events, so the n-th draw of a connection's stream is the same whatever the
 * policy, the timer structure, the tick or the number of threads: two runs that differ in one of these are paired.
 *
 * <p>Structure: seed and connection are mixed to the start of a sequence, which the stream's salt moves elsewhere; the
 * ordinal walks it by a fixed odd stride, and a last mix makes the output. Every mix is a bijection of 64 bits, so two
 * ordinals of a stream, or two connections at the same place of the same stream, never have the same bits.
 *
 * <p>Cost: three mixes of two multiplications each. Any thread.
 *
 * <p>Source: counter-based generation, Salmon et al., "Parallel random numbers: as easy as 1, 2, 3" (2011); the walk by
 * an odd stride and its mix, Steele, Lea and Flood, "Fast splittable pseudorandom number generators" (2014), with the
 * constants of Stafford's variant 13.
 */
public final class Draw {
    /** The odd integer nearest to 2^64 divided by the golden ratio. */
    public static final long STRIDE = 0x9E3779B97F4A7C15L;

    /** What is below {@link #chanceLimit}: the bits that are left of 64. */
    public static final int CHANCE_SHIFT = 11;

    private static final double TWO_TO_MINUS_53 = 0x1.0p-53;
    private static final double TWO_TO_MINUS_52 = 0x1.0p-52;

    private Draw() {}

    /** 64 random bits. Every value of every argument is allowed. */
    public static long bits(long seed, long connection, Stream stream, long ordinal) {
        return bitsOf(root(seed), connection, stream, ordinal);
    }

    /** A seed, mixed: what many draws of one seed need not do again. */
    public static long root(long seed) {
        return mix(seed + STRIDE);
    }

    /** The bits of a seed whose {@link #root} is known. */
    public static long bitsOf(long root, long connection, Stream stream, long ordinal) {
        long start = mix(root + (connection + 1) * STRIDE);
        return mix((start ^ stream.salt()) + ordinal * STRIDE);
    }

    /** The bits that a probability is true of: those that are below this once shifted by {@link #CHANCE_SHIFT}. */
    public static long chanceLimit(double probability) {
        // scaling by a power of two is exact
        return (long) Math.ceil(probability * 0x1.0p53);
    }

    /** Uniform in [0, 1): a multiple of 2^-53. */
    public static double uniform(long seed, long connection, Stream stream, long ordinal) {
        return (bits(seed, connection, stream, ordinal) >>> CHANCE_SHIFT) * TWO_TO_MINUS_53;
    }

    /** Uniform in (0, 1), neither end included: an odd multiple of 2^-53. What a distribution is sampled with. */
    public static double uniformOpen(long seed, long connection, Stream stream, long ordinal) {
        return ((bits(seed, connection, stream, ordinal) >>> 12) + 0.5) * TWO_TO_MINUS_52;
    }

    /**
     * True with the given probability; 0 is never, 1 is always. For one (seed, connection, stream, ordinal) what is true
     * at one probability stays true at every greater one.
     */
    public static boolean chance(double probability, long seed, long connection, Stream stream, long ordinal) {
        return uniform(seed, connection, stream, ordinal) < probability;
    }

    /**
     * Uniform in [0, bound).
     *
     * @param bound 1 or greater; some values are more likely than others by a part of at most bound / 2^64
     */
    public static long below(long bound, long seed, long connection, Stream stream, long ordinal) {
        if (bound < 1) {
            throw new IllegalArgumentException("bound must be 1 or greater: " + bound);
        }
        long bits = bits(seed, connection, stream, ordinal);
        // The high word of the unsigned product: bound * bits / 2^64.
        return Math.multiplyHigh(bits, bound) + ((bits >> 63) & bound);
    }

    /** One sample of a distribution: one draw, so that ordinals count samples. */
    public static double sample(Distribution distribution, long seed, long connection, Stream stream, long ordinal) {
        return distribution.sample(uniformOpen(seed, connection, stream, ordinal));
    }

    /** One sample of a distribution, rounded to an integer as {@link Distribution#sampleLong} does. */
    public static long sampleLong(Distribution distribution, long seed, long connection, Stream stream, long ordinal) {
        return distribution.sampleLong(uniformOpen(seed, connection, stream, ordinal));
    }

    /** A bijection of 64 bits in which every input bit moves about half of the output bits. */
    public static long mix(long value) {
        long z = value;
        z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
        z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
        return z ^ (z >>> 31);
    }
}

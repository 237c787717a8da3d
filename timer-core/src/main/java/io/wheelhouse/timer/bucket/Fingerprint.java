package io.wheelhouse.timer.bucket;

/**
 * The rolling 64-bit hash of what happened: each step multiplies by an odd constant, so that order matters, and folds
 * the high half down, so that every bit of a word reaches all later ones.
 */
public final class Fingerprint {
    /** The hash of nothing. */
    public static final long EMPTY = 0x5748_4545_4C48_4F55L;

    // 2^64 divided by the golden ratio, odd: Knuth, The Art of Computer Programming 3, section 6.4
    private static final long MULTIPLIER = 0x9E37_79B9_7F4A_7C15L;

    private Fingerprint() {}

    /** The hash after one more word. */
    public static long mix(long hash, long word) {
        long mixed = (hash ^ word) * MULTIPLIER;
        return mixed ^ (mixed >>> 32);
    }
}

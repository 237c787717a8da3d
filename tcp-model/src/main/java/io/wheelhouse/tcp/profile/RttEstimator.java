package io.wheelhouse.tcp.profile;

/**
 * Turns samples of the round-trip time into the retransmission timeout.
 *
 * <p>An estimator holds constants only. What it knows of a connection stands in {@link #stateInts()} ints of a row that
 * the caller owns, from {@code base} on; all zero means no sample yet. So one estimator serves every connection, from any
 * thread, and a connection costs no object. Backing off and Karn's rule (RFC 6298, sections 3 and 5) are the caller's.
 */
public interface RttEstimator {
    /** The most ints that any estimator of this module needs. */
    int STATE_INTS_MAX = 5;

    /** How many ints of a row belong to this estimator. */
    int stateInts();

    /**
     * Says which ints of the state, between samples, likely equal an earlier int of the row; a hint for packing.
     *
     * @param likely for each int of the row the place of that earlier one; entries left alone mean zero, or what the other
     *     end's state has in the same place
     * @param base where in the row the state begins
     * @param sndNxt where in the row the next sequence number to send is, before {@code base}
     */
    default void likely(int[] likely, int base, int sndNxt) {}

    /**
     * Takes a sample.
     *
     * @param row the row that holds the connection's state
     * @param base where in the row it begins
     * @param rttNs the round-trip time, not negative
     * @param sndUna first unacknowledged sequence number, the acknowledgment that gave the sample included
     * @param sndNxt next sequence number to send
     */
    void sample(int[] row, int base, long rttNs, int sndUna, int sndNxt);

    /** Whether there has been a sample. */
    boolean hasSample(int[] row, int base);

    /** The smoothed round-trip time in nanoseconds; 0 before the first sample. */
    long srttNs(int[] row, int base);

    /** The smoothed deviation in nanoseconds, which the RFC calls RTTVAR and Linux mdev; 0 before the first sample. */
    long variationNs(int[] row, int base);

    /** Smoothed time plus variation in nanoseconds, before floor on the sum, ceiling and jiffy; needs a sample. */
    long unclampedRtoNs(int[] row, int base);

    /** The retransmission timeout in nanoseconds, slop included, not backed off; the initial one before the first sample. */
    long rtoNs(int[] row, int base);
}

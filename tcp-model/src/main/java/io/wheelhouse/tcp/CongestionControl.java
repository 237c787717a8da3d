package io.wheelhouse.tcp;

/**
 * How much may be in flight: the congestion window's growth and its reactions to loss. An algorithm holds no state of its
 * own; it works on the window and the threshold of the end it is handed.
 */
public interface CongestionControl {

    /** The two words of an end that every algorithm has (RFC 5681, section 2). */
    interface State {
        /** The congestion window, in bytes. */
        int cwnd();

        void cwnd(int bytes);

        /** The slow-start threshold, in bytes. */
        int ssthresh();

        void ssthresh(int bytes);
    }

    /**
     * Sets up the window when the handshake is done.
     *
     * @param mss bytes of data in a full segment
     * @param initialSegments the initial window, in full segments
     */
    void start(State state, int mss, int initialSegments);

    /** New data has been acknowledged outside of a recovery, while the window was in full use. */
    void acknowledged(State state, int mss, int bytes);

    /** A loss was noticed by duplicate acknowledgments: sets the threshold; the caller sets the window for the recovery. */
    void lossNoticed(State state, int mss, int flight);

    /** The retransmission timer expired for the first time for a segment: sets the threshold. */
    void timedOut(State state, int mss, int flight);
}

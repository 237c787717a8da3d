package io.wheelhouse.tcp;

/**
 * How much may be in flight: the congestion window's growth and its reactions to loss. An algorithm is one object for many
 * connections; what it knows of one stands in the {@link State} it is handed.
 *
 * <p>Windows are in the stack's unit: bytes, or segments. What happens during a recovery is not the algorithm's.
 */
public interface CongestionControl {
    /** The most ints that an algorithm may keep of a connection. */
    int STATE_INTS_MAX = 16;

    /** An end, as its algorithm sees it. */
    interface State {
        /** The congestion window. */
        int cwnd();

        void cwnd(int window);

        /** The slow-start threshold. */
        int ssthresh();

        void ssthresh(int window);

        /** How much a full segment counts: its bytes, or 1. */
        int unit();

        /** What is outstanding. */
        int flight();

        /** The window when it was last reduced. */
        int priorCwnd();

        /** Acknowledged since the window last grew, in congestion avoidance; the algorithm's to use. */
        int count();

        void count(int acknowledged);

        long nowNs();

        /** The smoothed round-trip time; 0 before the first sample. */
        long srttNs();

        /** The sequence numbers that bound what is outstanding, for the rounds of an algorithm. */
        int sndUna();

        int sndNxt();

        /** One of the algorithm's own ints, 0 at the start; below {@link CongestionControl#stateInts}. */
        int own(int field);

        void own(int field, int value);
    }

    /** How many ints it keeps of a connection. */
    default int stateInts() {
        return 0;
    }

    /** New data has been acknowledged outside of a reduction, while the window was in use: grows it. */
    void acknowledged(State state, int acked);

    /** The threshold that a loss brings, whether noticed by acknowledgments or by the timer. */
    int thresholdAfterLoss(State state);

    /** The window after a reduction that was in vain. */
    default int undoneWindow(State state) {
        return Math.max(state.cwnd(), state.priorCwnd());
    }

    /** The retransmission timer has fired. */
    default void timedOut(State state) {}

    /** An acknowledgment has given a round-trip time. */
    default void sampled(State state, long rttNs) {}

    /** Data is sent after nothing was in flight since {@code idleSinceNs}. */
    default void restarted(State state, long idleSinceNs) {}
}

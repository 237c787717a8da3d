package io.wheelhouse.tcp;

/** Slow start and congestion avoidance of RFC 5681, section 3.1; the recovery of RFC 6582 is the sender's. */
public final class Reno implements CongestionControl {
    /** The only one: it has no state. */
    public static final Reno INSTANCE = new Reno();

    /** "Arbitrarily high" (RFC 5681, section 3.1), with room for sums. */
    static final int NO_THRESHOLD = 1 << 30;

    /** No window grows beyond this, so that sums of two stay positive. */
    static final int WINDOW_MAX = 1 << 29;

    private static final int LEAST_THRESHOLD_SEGMENTS = 2;

    private Reno() {}

    @Override
    public void start(State state, int mss, int initialSegments) {
        state.cwnd(mss * initialSegments);
        state.ssthresh(NO_THRESHOLD);
    }

    @Override
    public void acknowledged(State state, int mss, int bytes) {
        int cwnd = state.cwnd();
        int growth = cwnd < state.ssthresh() ? Math.min(bytes, mss) : Math.max(1, (int) ((long) mss * mss / cwnd));
        state.cwnd(Math.min(WINDOW_MAX, cwnd + growth));
    }

    @Override
    public void lossNoticed(State state, int mss, int flight) {
        state.ssthresh(Math.max(flight / 2, LEAST_THRESHOLD_SEGMENTS * mss));
    }

    @Override
    public void timedOut(State state, int mss, int flight) {
        lossNoticed(state, mss, flight);
    }
}

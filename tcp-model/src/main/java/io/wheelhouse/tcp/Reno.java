package io.wheelhouse.tcp;

/**
 * Slow start and congestion avoidance of RFC 5681, section 3.1, in bytes: at most a segment for each acknowledgment, and
 * SMSS*SMSS/cwnd for each. Half of what is outstanding is the threshold after a loss.
 */
public final class Reno implements CongestionControl {
    /** The only one: it has no state. */
    public static final Reno INSTANCE = new Reno();

    /** "Arbitrarily high" (RFC 5681, section 3.1), with room for sums. */
    static final int NO_THRESHOLD = 1 << 30;

    /** No window grows beyond this, so that sums of two stay positive. */
    static final int WINDOW_MAX = 1 << 29;

    static final int LEAST_THRESHOLD_SEGMENTS = 2;

    private Reno() {}

    @Override
    public void acknowledged(State state, int acked) {
        int cwnd = state.cwnd();
        long unit = state.unit();
        int growth = cwnd < state.ssthresh() ? (int) Math.min(acked, unit) : Math.max(1, (int) (unit * unit / cwnd));
        state.cwnd(Math.min(WINDOW_MAX, cwnd + growth));
    }

    @Override
    public int thresholdAfterLoss(State state) {
        return Math.max(state.flight() / 2, LEAST_THRESHOLD_SEGMENTS * state.unit());
    }
}

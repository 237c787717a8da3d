package io.wheelhouse.tcp;

/**
 * Reno as Linux has it: every segment acknowledged counts, however few acknowledgments there are (RFC 3465 without a bound),
 * and half the window, not half of what is outstanding, is the threshold after a loss.
 *
 * <p>Source: the behaviour of Linux 6.18, tcp_slow_start(), tcp_cong_avoid_ai(), tcp_reno_ssthresh() in
 * net/ipv4/tcp_cong.c.
 */
public final class LinuxReno implements CongestionControl {
    /** The only one: it has no state. */
    public static final LinuxReno INSTANCE = new LinuxReno();

    private LinuxReno() {}

    @Override
    public void acknowledged(State state, int acked) {
        int left = acked;
        if (state.cwnd() < state.ssthresh()) {
            left = slowStart(state, acked);
            if (left == 0) {
                return;
            }
        }
        avoidCongestion(state, state.cwnd(), left);
    }

    /** Grows up to the threshold; returns what is left of {@code acked} beyond it. */
    static int slowStart(State state, int acked) {
        int before = state.cwnd();
        int after = Math.min(Math.min(before + acked, state.ssthresh()), Reno.WINDOW_MAX);
        state.cwnd(after);
        return acked - (after - before);
    }

    /** Grows by one for each {@code perGrowth} acknowledged. */
    static void avoidCongestion(State state, int perGrowth, int acked) {
        int every = Math.max(1, perGrowth);
        int count = state.count();
        int window = state.cwnd();
        if (count >= every) {
            count = 0;
            window += state.unit();
        }
        count += acked;
        if (count >= every) {
            int times = count / every;
            count -= times * every;
            window += times * state.unit();
        }
        state.count(count);
        state.cwnd(Math.min(Reno.WINDOW_MAX, window));
    }

    @Override
    public int thresholdAfterLoss(State state) {
        return Math.max(state.cwnd() / 2, Reno.LEAST_THRESHOLD_SEGMENTS * state.unit());
    }
}

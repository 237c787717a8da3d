package io.wheelhouse.tcp;

/**
 * CUBIC (RFC 9438): the window is a cubic function of the time since the last loss, flat around the window at which that
 * happened; never less than Reno would have. With fast convergence (section 4.7).
 *
 * <p>In integers, as Linux computes it: time in 1/1024 s, C as 410/1024, beta as 717/1024. The window grows by one for each
 * so many segments acknowledged, computed anew at most every 1/32 s while it stays the same. Not modeled: HyStart, and
 * Linux's table for the first digits of cube roots, which are exact here.
 *
 * <p>Source: RFC 9438, sections 4.1 to 4.7; the behaviour of Linux 6.18, net/ipv4/tcp_cubic.c.
 */
public final class Cubic implements CongestionControl {
    /** The only one: it has no state. */
    public static final Cubic INSTANCE = new Cubic();

    private static final int ONE = 1_024;
    private static final int BETA = 717;
    private static final int C_SCALED = 410;
    private static final int TIME_SHIFT = 10;
    private static final int CUBE_SHIFT = TIME_SHIFT + 3 * TIME_SHIFT;
    private static final long NANOS_PER_SECOND = 1_000_000_000;
    /** Segments acknowledged for a segment of Reno's window (RFC 9438, section 4.3), in eighths of the window. */
    private static final int FRIENDLY_EIGHTHS = 8 * (ONE + BETA) / 3 / (ONE - BETA);

    /** Two minutes from the inflection: keeps the cube within a long. */
    private static final int OFFSET_MAX = 1 << 17;

    private static final int UPDATE_TICKS = ONE / 32;
    private static final int EARLY_GROWTH_MOST = 20;
    private static final int GROWTH_LEAST = 2;

    // a connection's ints, those first that are needed even where the window stays
    private static final int EPOCH = 0;
    private static final int EPOCH_TICK = 1;
    private static final int DELAY_MIN_TICKS = 2;
    static final int LAST_MAX = 3;
    private static final int LAST_WINDOW = 4;
    private static final int LAST_TICK = 5;
    private static final int ORIGIN = 6;
    private static final int K_TICKS = 7;
    private static final int ACKED = 8;
    private static final int FRIENDLY_WINDOW = 9;
    private static final int PER_GROWTH = 10;
    private static final int STATE_INTS = 11;

    private Cubic() {}

    @Override
    public int stateInts() {
        return STATE_INTS;
    }

    private static int tick(long ns) {
        if (ns >>> (Long.SIZE - 1 - TIME_SHIFT) == 0) {
            return (int) ((ns << TIME_SHIFT) / NANOS_PER_SECOND);
        }
        return (int) (ns / NANOS_PER_SECOND * ONE + ns % NANOS_PER_SECOND * ONE / NANOS_PER_SECOND);
    }

    @Override
    public void acknowledged(State state, int acked) {
        int left = acked;
        if (state.cwnd() < state.ssthresh()) {
            left = LinuxReno.slowStart(state, acked);
            if (left == 0) {
                return;
            }
        }
        update(state, Math.max(1, left / state.unit()));
        LinuxReno.avoidCongestion(state, state.own(PER_GROWTH) * state.unit(), left);
    }

    private static void update(State state, int acked) {
        int window = state.cwnd() / state.unit();
        int now = tick(state.nowNs());
        state.own(ACKED, state.own(ACKED) + acked);
        boolean recent = now - state.own(LAST_TICK) <= UPDATE_TICKS;
        if (state.own(EPOCH) != 0 && state.own(LAST_WINDOW) == window && recent) {
            return;
        }
        state.own(LAST_WINDOW, window);
        state.own(LAST_TICK, now);
        if (state.own(EPOCH) == 0) {
            beginEpoch(state, window, now, acked);
        }
        int perGrowth = perGrowth(state, window, now);
        if (state.own(LAST_MAX) == 0) {
            perGrowth = Math.min(perGrowth, EARLY_GROWTH_MOST);
        }
        state.own(PER_GROWTH, Math.max(GROWTH_LEAST, friendly(state, window, perGrowth)));
    }

    private static void beginEpoch(State state, int window, int now, int acked) {
        state.own(EPOCH, 1);
        state.own(EPOCH_TICK, now);
        state.own(ACKED, acked);
        state.own(FRIENDLY_WINDOW, window);
        int missing = state.own(LAST_MAX) - window;
        state.own(K_TICKS, missing <= 0 ? 0 : (int) cubeRoot((1L << CUBE_SHIFT) / C_SCALED * missing));
        state.own(ORIGIN, Math.max(window, state.own(LAST_MAX)));
    }

    /** RFC 9438, section 4.2: how many acknowledged segments bring the window to where it should be a round trip on. */
    private static int perGrowth(State state, int window, int now) {
        int ticks = now - state.own(EPOCH_TICK) + state.own(DELAY_MIN_TICKS);
        long offset = Math.min(Math.abs(ticks - state.own(K_TICKS)), OFFSET_MAX);
        long change = (C_SCALED * offset * offset * offset) >> CUBE_SHIFT;
        long target = state.own(ORIGIN) + (ticks < state.own(K_TICKS) ? -change : change);
        return target > window ? (int) (window / (target - window)) : 100 * window;
    }

    /** Section 4.3. */
    private static int friendly(State state, int window, int perGrowth) {
        int each = Math.max(1, (window * FRIENDLY_EIGHTHS) >> 3);
        int times = Math.max(0, (state.own(ACKED) - 1) / each);
        state.own(ACKED, state.own(ACKED) - times * each);
        state.own(FRIENDLY_WINDOW, state.own(FRIENDLY_WINDOW) + times);
        int ahead = state.own(FRIENDLY_WINDOW) - window;
        return ahead > 0 ? Math.min(perGrowth, window / ahead) : perGrowth;
    }

    /** The greatest number whose cube is no greater. */
    static long cubeRoot(long value) {
        long root = 0;
        for (int bit = 20; bit >= 0; bit--) {
            long more = root | 1L << bit;
            if (more * more * more <= value) {
                root = more;
            }
        }
        return root;
    }

    /** Sections 4.6 and 4.7. */
    @Override
    public int thresholdAfterLoss(State state) {
        int window = state.cwnd() / state.unit();
        state.own(EPOCH, 0);
        boolean shrinks = window < state.own(LAST_MAX);
        state.own(LAST_MAX, shrinks ? (int) ((long) window * (ONE + BETA) / (2 * ONE)) : window);
        int reduced = (int) ((long) window * BETA / ONE);
        return Math.max(reduced, Reno.LEAST_THRESHOLD_SEGMENTS) * state.unit();
    }

    /** Section 4.8, as Linux has it: a timeout forgets the window at which it happened. */
    @Override
    public void timedOut(State state) {
        for (int field = 0; field < STATE_INTS; field++) {
            state.own(field, 0);
        }
    }

    @Override
    public void sampled(State state, long rttNs) {
        if (state.cwnd() < state.ssthresh()) {
            return;
        }
        int ticks = Math.max(1, tick(rttNs));
        int least = state.own(DELAY_MIN_TICKS);
        if ((least == 0 || ticks < least) && !isSettling(state)) {
            state.own(DELAY_MIN_TICKS, ticks);
        }
    }

    /** Whether an epoch is less than a second old. */
    private static boolean isSettling(State state) {
        return state.own(EPOCH) != 0 && tick(state.nowNs()) - state.own(EPOCH_TICK) < ONE;
    }

    /** Section 4.2: the time in which nothing was sent does not count. */
    @Override
    public void restarted(State state, long idleSinceNs) {
        if (state.own(EPOCH) != 0) {
            int now = tick(state.nowNs());
            int epoch = state.own(EPOCH_TICK) + now - tick(idleSinceNs);
            state.own(EPOCH_TICK, epoch - now > 0 ? now : epoch);
        }
    }
}

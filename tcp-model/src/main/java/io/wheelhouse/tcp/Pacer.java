package io.wheelhouse.tcp;

/**
 * Spreads a paced sender's segments over the round-trip time: each waits until the one before it would have left at the
 * pacing rate, a multiple of cwnd / SRTT that is greater in slow start.
 *
 * <p>Time that went by unused shortens the next wait by up to half. The first segments go unpaced. Source: the behaviour of
 * Linux 6.18, tcp_update_pacing_rate(), tcp_pacing_check(), tcp_update_skb_after_send().
 */
final class Pacer {
    private static final int PERCENT = 100;
    private static final long NS_PER_S = 1_000_000_000;
    /** tcp_min_tso_segs. */
    private static final int LEAST_AT_ONCE = 2;
    /** GSO_LEGACY_MAX_SIZE, include/linux/netdevice.h. */
    private static final int LARGEST_BUFFER = 65_536;

    private final SendContext of;
    private final EndContext end;

    Pacer(SendContext of) {
        this.of = of;
        this.end = of.end;
    }

    /** Whether the next segment must wait; arms the timer that ends the wait. */
    boolean waits() {
        if (!end.settings().paces) {
            return false;
        }
        long untilNs = of.flow.getLong(Flow.PACED_UNTIL_NS);
        if (untilNs <= end.nowNs()) {
            return false;
        }
        if (!end.row.isArmed(TcpTimer.PACING)) {
            end.timers.arm(TcpTimer.PACING, untilNs);
        }
        return true;
    }

    /** A segment with data has been sent. */
    void sent(int length) {
        EndSettings settings = end.settings();
        if (!settings.paces) {
            return;
        }
        Flow flow = of.flow;
        int before = flow.get(Flow.FIRST_SENT);
        flow.set(Flow.FIRST_SENT, Math.min(settings.unpacedSegments, before + 1));
        long srttNs = of.congestion.srttNs();
        if (before < settings.unpacedSegments || srttNs == 0) {
            return;
        }
        long priorNs = flow.getLong(Flow.PACED_UNTIL_NS);
        long leavesNs = Math.max(priorNs, end.nowNs());
        long spacingNs = spacingNs(length, srttNs);
        spacingNs -= Math.min(spacingNs / 2, leavesNs - priorNs);
        flow.setLong(Flow.PACED_UNTIL_NS, leavesNs + spacingNs);
    }

    /**
     * How many full segments Linux hands to the network card as one buffer: what leaves at the pacing rate in a 1024th of a
     * second, but at least two, even if nothing is paced (tcp_tso_autosize(), net/ipv4/tcp_output.c).
     */
    int segmentsAtOnce(int segmentBytes) {
        long srttNs = of.congestion.srttNs();
        if (srttNs == 0) {
            return LARGEST_BUFFER / segmentBytes;
        }
        long segmentNs = Math.max(1, spacingNs(segmentBytes, srttNs));
        return (int) Math.max(LEAST_AT_ONCE, Math.min(LARGEST_BUFFER / segmentBytes, NS_PER_S / 1024 / segmentNs));
    }

    /** How long so many bytes take at the pacing rate. */
    private long spacingNs(int length, long srttNs) {
        EndSettings settings = end.settings();
        Congestion congestion = of.congestion;
        boolean early = congestion.cwnd() < congestion.ssthresh() / 2;
        long percent = early ? settings.pacingSlowStartPercent : settings.pacingAvoidancePercent;
        long window = Math.max(congestion.cwnd(), of.flow.get(Flow.OUT));
        long windowBytes = settings.countsBytes ? window : window * settings.mss;
        return Math.round((double) length * srttNs * PERCENT / (windowBytes * (double) percent));
    }
}

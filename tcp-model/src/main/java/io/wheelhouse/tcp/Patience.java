package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.ValueKind;

/**
 * How long an end goes on with what is not answered: the profile's limits ({@link io.wheelhouse.tcp.profile.GiveUp}), those
 * of an end whose application has closed, and the user's own (RFC 5482).
 *
 * <p>The user timeout takes the place of the profile's limits for data. As a timer of its own it runs from when data is
 * first in flight, and starts again at each acknowledgment of something new. On Linux it counts from the first SYN, the
 * first retransmission or the first probe, takes the place of the times but not of the count of SYNs, and bounds the next
 * timeout, so that the connection ends on time: see tcp_write_timeout(), tcp_clamp_rto_to_user_timeout() and
 * tcp_clamp_probe0_to_user_timeout() in net/ipv4/tcp_timer.c of Linux 6.18. A SYN-ACK knows none: the request has no socket
 * yet, reqsk_timer_handler() in net/ipv4/inet_connection_sock.c.
 */
final class Patience {
    /** Linux: a stream with fewer segments in flight is thin, tcp_stream_is_thin(), include/net/tcp.h. */
    private static final int THIN_SEGMENTS = 4;

    /** Linux: TCP_TIMEOUT_MIN, include/net/tcp.h, in jiffies. */
    private static final int TIMEOUT_MIN_JIFFIES = 2;

    /** FreeBSD: the sum of tcp_backoff[], sys/netinet/tcp_timer.c. */
    private static final int BACKOFFS = 2_559;

    /** FreeBSD: tcp_maxpersistidle, sys/netinet/tcp_subr.c, is TCPTV_KEEP_IDLE for good. */
    private static final long PROBED_SILENCE_MAX_NS = 7_200_000_000_000L;

    /** FreeBSD: TCPTV_PERSMAX, sys/netinet/tcp_timer.h, whatever net.inet.tcp.persmax is. */
    private static final long CLOSING_SILENCE_MAX_NS = 60_000_000_000L;

    private final EndContext end;
    private final EndRow row;
    private final SendRows sending;

    Patience(EndContext end) {
        this.end = end;
        this.row = end.row;
        this.sending = end.shared.sending;
    }

    private boolean userBounds() {
        EndSettings settings = end.settings();
        return settings.userTimeoutNs != ValueKind.NONE && !settings.hasUserTimer;
    }

    /** Whether a timeout of SYN, SYN-ACK, data or FIN is the last. */
    boolean givesUp(TcpTimer timer) {
        EndSettings settings = end.settings();
        int retransmits = row.retransmits();
        long sinceFirstNs = end.nowNs() - sending.firstRetransmissionNs(row.sendingRow());
        return switch (timer) {
            case SYN -> settings.giveUp.syn(retransmits) || givesUpSyn(retransmits, sinceFirstNs);
            case SYN_ACK ->
                isRequest()
                        ? settings.giveUp.synAck(retransmits, sinceFirstNs)
                        : settings.giveUp.crossedSyn(retransmits) || givesUpSyn(retransmits, sinceFirstNs);
            case RTO -> retransmits > 0 && givesUpData(retransmits, sinceFirstNs);
            case DELAYED_ACK, KEEPALIVE, FIN_WAIT_2, TIME_WAIT, TLP, RACK, PERSIST, USER_TIMEOUT, ORPHAN, PACING ->
                throw new AssertionError(timer);
        };
    }

    /** Whether the handshake is one that the peer began; Linux alone treats the SYN-ACK of crossed SYNs as a SYN. */
    private boolean isRequest() {
        return row.state() == TcpState.SYN_RECEIVED
                && (!row.is(EndRow.ACTIVE_OPEN) || !end.settings().arrivalsLikeLinux);
    }

    private boolean givesUpSyn(int retransmits, long sinceFirstNs) {
        EndSettings settings = end.settings();
        return userBounds()
                ? retransmits > 0 && sinceFirstNs >= settings.userTimeoutNs
                : settings.giveUp.syn(sinceFirstNs);
    }

    private boolean givesUpData(int retransmits, long sinceFirstNs) {
        EndSettings settings = end.settings();
        if (settings.giveUp.doubtsPath(sinceFirstNs)) {
            end.count(TcpCount.PATH_DOUBTS);
        }
        if (settings.persistsLikeLinux && row.sndWnd() == 0 && !row.is(EndRow.ORPHANED)) {
            return givesUpShrunkWindow(sinceFirstNs);
        }
        if (userBounds()) {
            return sinceFirstNs >= settings.userTimeoutNs;
        }
        if (settings.hasUserTimer) {
            return false;
        }
        boolean overdue = row.is(EndRow.ORPHANED)
                ? settings.giveUp.orphan(sinceFirstNs, end.rtoNs())
                : settings.giveUp.data(sinceFirstNs);
        return overdue || settings.giveUp.data(retransmits);
    }

    /**
     * A peer that has drawn its window back over what is in flight, and answers, is not dead: tcp_rtx_probe0_timed_out()
     * in net/ipv4/tcp_timer.c of Linux 6.18.
     */
    private boolean givesUpShrunkWindow(long sinceFirstNs) {
        EndSettings settings = end.settings();
        if (userBounds() && sinceFirstNs > settings.userTimeoutNs) {
            return true;
        }
        long limitNs = 2 * settings.rtoMaxNs;
        return end.silentNs() > limitNs && sinceFirstNs > limitNs;
    }

    /**
     * Whether the timeout after this retransmission is twice the one before it.
     *
     * @param outstanding what is sent and not acknowledged, in the profile's unit
     */
    boolean doubles(TcpTimer timer, int retransmission, int outstanding) {
        EndSettings settings = end.settings();
        if (timer == TcpTimer.SYN) {
            return settings.giveUp.synDoubles(retransmission);
        }
        boolean thin = settings.thinLinear
                && timer == TcpTimer.RTO
                && row.state() == TcpState.ESTABLISHED
                && outstanding < THIN_SEGMENTS * settings.unit;
        return !thin || retransmission > settings.thinLinearRetries;
    }

    /** The time to the next timeout of a SYN or of data, given what the timeout would be. */
    long beforeNextRetransmissionNs(long rtoNs) {
        if (!userBounds() || isRequest()) {
            return rtoNs;
        }
        return bounded(rtoNs, sending.firstRetransmissionNs(row.sendingRow()), end.settings().jiffyNs);
    }

    /** The time to the next probe of a closed window, given what it would be. */
    long beforeNextProbeNs(long waitNs) {
        long firstNs = row.cold().firstProbeNs(row.madeColdRow());
        return firstNs == 0 || !userBounds()
                ? waitNs
                : bounded(waitNs, firstNs, TIMEOUT_MIN_JIFFIES * end.settings().jiffyNs);
    }

    /** No longer than until the user timeout has passed; where it has, the least there is. */
    private long bounded(long waitNs, long sinceNs, long leastNs) {
        if (sinceNs == Flow.NEVER) {
            return waitNs;
        }
        long remainingNs = end.settings().userTimeoutNs - (end.nowNs() - sinceNs);
        return Math.min(waitNs, Math.max(Math.max(1, leastNs), remainingNs));
    }

    /**
     * Whether probing a closed window ends here.
     *
     * @param atMax whether the time between probes has come to its maximum
     */
    boolean givesUpProbing(boolean atMax) {
        EndSettings settings = end.settings();
        ColdRows cold = row.cold();
        int coldRow = row.madeColdRow();
        if (userBounds() && end.nowNs() - cold.firstProbeNs(coldRow) >= settings.userTimeoutNs) {
            return true;
        }
        if (row.is(EndRow.ORPHANED) && settings.persistsLikeLinux) {
            int most = settings.giveUp.orphanProbes(atMax);
            return row.probes() >= most || (atMax && cold.probeDoublings(coldRow) >= most);
        }
        return settings.persistsLikeFreeBsd
                ? givesUpSilent(cold.probeDoublings(coldRow))
                : settings.giveUp.probes(row.probes(), end.nowNs() - cold.firstUnansweredNs(coldRow));
    }

    /**
     * A peer with a closed window is given up once all doublings are done and it has been silent for long; after a close, by
     * its silence alone: tcp_timer_persist(), sys/netinet/tcp_timer.c of FreeBSD 14.
     */
    private boolean givesUpSilent(int doublings) {
        long silentNs = end.silentNs();
        boolean closing = switch (row.state()) {
            case FIN_WAIT_1, CLOSING, LAST_ACK -> true;
            case CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED, ESTABLISHED, FIN_WAIT_2, TIME_WAIT, CLOSE_WAIT -> false;
        };
        long limitNs = Math.min(PROBED_SILENCE_MAX_NS, BACKOFFS * Math.min(PROBED_SILENCE_MAX_NS, end.bareRtoNs()));
        return (doublings >= end.settings().giveUp.probeDoublings() && silentNs >= limitNs)
                || (closing && silentNs >= CLOSING_SILENCE_MAX_NS);
    }

    /**
     * Whether an idle peer is given up when a probe would be due.
     *
     * @param silentNs since it was last heard
     */
    boolean givesUpIdle(long silentNs) {
        EndSettings settings = end.settings();
        if (settings.userTimeoutNs != ValueKind.NONE) {
            // tcp_keepalive_timer(); RFC 5482, section 4.2
            return row.probes() > 0 && silentNs >= settings.userTimeoutNs;
        }
        return settings.giveUp.keepalive(row.probes());
    }

    // ---- the user timeout as a timer of its own

    /** Something new has been acknowledged: the user's patience starts afresh. */
    void rewarded() {
        if (end.settings().hasUserTimer && row.isArmed(TcpTimer.USER_TIMEOUT)) {
            end.timers.cancel(TcpTimer.USER_TIMEOUT);
        }
        follow();
    }

    /** Something may have been sent: the timer runs while anything is in flight, or probes go unanswered. */
    void follow() {
        if (!end.settings().hasUserTimer) {
            return;
        }
        TcpState state = row.state();
        boolean isOpen = state != TcpState.CLOSED && state != TcpState.LISTEN;
        boolean waits = isOpen && (row.flight() > 0 || (row.isArmed(TcpTimer.PERSIST) && row.probes() > 0));
        boolean runs = row.isArmed(TcpTimer.USER_TIMEOUT);
        if (waits && !runs) {
            end.timers.arm(TcpTimer.USER_TIMEOUT, end.nowNs() + end.settings().userTimeoutNs);
        } else if (runs && !waits) {
            end.timers.cancel(TcpTimer.USER_TIMEOUT);
        }
    }
}

package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.ValueKind;

/**
 * The states that an end goes through, and the timers of idle and of closing ends (RFC 9293, sections 3.3.2, 3.6 and
 * 3.8.4).
 *
 * <p>An application that closes goes away: what it has not read, or what arrives afterwards, is lost, and a reset says so
 * (RFC 1122, section 4.2.2.13); FIN-WAIT-2 is bounded by the profile's timeout. One that only stops writing goes on
 * reading, for as long as the peer sends.
 */
final class Life {
    private static final int BEYOND_OLD_NUMBERS = 65_537;

    private final EndContext end;
    private final EndRow row;
    private final Sender sender;
    private final Receiver receiver;
    private final Patience patience;

    Life(EndContext end, Sender sender, Receiver receiver, Patience patience) {
        this.end = end;
        this.patience = patience;
        this.row = end.row;
        this.sender = sender;
        this.receiver = receiver;
    }

    /**
     * The handshake is done.
     *
     * @param losses retransmissions it took
     */
    void established(int losses) {
        EndSettings settings = end.settings();
        row.state(TcpState.ESTABLISHED);
        row.set(EndRow.WAS_ESTABLISHED);
        row.backoff(0);
        // RFC 5681, section 3.1: one segment if the handshake lost any
        int initial = losses > settings.handshakeLossesAllowed ? 1 : settings.initialWindowSegments;
        sender.established(initial);
        end.keepEdgeIfWide();
        end.heard();
        end.count(TcpCount.CONNECTIONS_ESTABLISHED);
        end.timers.cancel(TcpTimer.KEEPALIVE);
        if (settings.keepalive) {
            end.timers.arm(TcpTimer.KEEPALIVE, end.nowNs() + settings.keepaliveTimeNs);
        }
        end.tellEstablished();
    }

    /** A segment of the peer has arrived: the connection is alive (RFC 9293, section 3.8.4). */
    void heardFromPeer() {
        end.heard();
        if (row.isArmed(TcpTimer.KEEPALIVE)) {
            if (row.probes() > 0) {
                row.probes(0);
            }
            long idleUntilNs = end.nowNs() + end.settings().keepaliveTimeNs;
            // The wait for the answer to a probe runs to its end, as in Linux's tcp_keepalive_timer().
            end.timers.arm(TcpTimer.KEEPALIVE, Math.max(idleUntilNs, row.deadlineNs(TimerSlot.KEEP)));
        }
    }

    /** SO_KEEPALIVE and its times may be set on a connection that runs already. */
    void settingsChanged() {
        if (!mayProbeIdle()) {
            return;
        }
        if (!end.settings().keepalive) {
            end.timers.cancel(TcpTimer.KEEPALIVE);
        } else if (!row.isArmed(TcpTimer.KEEPALIVE)) {
            end.timers.arm(TcpTimer.KEEPALIVE, end.nowNs() + end.settings().keepaliveTimeNs);
        }
    }

    /** Linux probes an idle peer in every state with a socket: tcp_set_keepalive(), net/ipv4/tcp_timer.c. */
    private boolean mayProbeIdle() {
        return row.state().isSynchronized() && row.state() != TcpState.TIME_WAIT && !isWaitingForFin();
    }

    /**
     * The application has said anew how long an idle peer is left alone: that counts from when it was last heard, and the
     * entry moves, earlier or later (tcp_sock_set_keepidle_locked(), net/ipv4/tcp.c of Linux 6.18).
     */
    void keepaliveTimeSet() {
        if (mayProbeIdle() && row.isArmed(TcpTimer.KEEPALIVE)) {
            end.timers.cancel(TcpTimer.KEEPALIVE);
            long leftNs = Math.max(0, end.settings().keepaliveTimeNs - end.silentNs());
            end.timers.arm(TcpTimer.KEEPALIVE, end.nowNs() + leftNs);
        }
    }

    /** An active opening may take only so long, where the stack times it (FreeBSD's TCPTV_KEEP_INIT). */
    void opening() {
        if (end.settings().connectTimeoutNs != ValueKind.NONE) {
            end.timers.arm(TcpTimer.KEEPALIVE, end.nowNs() + end.settings().connectTimeoutNs);
        }
    }

    void keepaliveFired() {
        EndSettings settings = end.settings();
        if (!row.state().isSynchronized()) {
            retransmissionsExhausted();
            return;
        }
        if (sender.hasWork()) {
            // The retransmission timer watches over the peer.
            end.timers.arm(TcpTimer.KEEPALIVE, end.nowNs() + settings.keepaliveTimeNs);
            return;
        }
        if (patience.givesUpIdle(end.silentNs())) {
            reset(CloseReason.GIVEN_UP);
            return;
        }
        row.probes(row.probes() + 1);
        end.count(TcpCount.KEEPALIVE_PROBES);
        // RFC 9293, section 3.8.4: SEG.SEQ = SND.NXT - 1, without data
        end.send(row.sndNxt() - 1, 0, 0);
        end.timers.arm(TcpTimer.KEEPALIVE, end.nowNs() + settings.keepaliveIntervalNs);
    }

    // ---- closing

    /** The application closes both directions, and goes away (RFC 9293, section 3.10.4). */
    void close() {
        if (row.unread() > 0 && row.state().isSynchronized()) {
            reset(CloseReason.ABORTED);
            return;
        }
        row.set(EndRow.ORPHANED);
        if (row.state() == TcpState.FIN_WAIT_2 && !end.settings().waitsInFinWait2) {
            reset(CloseReason.ABORTED);
            return;
        }
        if (row.state() == TcpState.FIN_WAIT_2 && !isWaitingForFin()) {
            waitForFin();
        }
        shutdown();
    }

    /** The application will write no more, but goes on reading. */
    void shutdown() {
        switch (row.state()) {
            case LISTEN, SYN_SENT -> closed(CloseReason.ORDERLY);
            case SYN_RECEIVED -> row.set(EndRow.FIN_QUEUED);
            case ESTABLISHED -> closeInto(TcpState.FIN_WAIT_1);
            case CLOSE_WAIT -> closeInto(TcpState.LAST_ACK);
            case CLOSED, FIN_WAIT_1, FIN_WAIT_2, CLOSING, TIME_WAIT, LAST_ACK -> {
                // closing already
            }
        }
    }

    private void closeInto(TcpState next) {
        row.state(next);
        row.set(EndRow.FIN_QUEUED);
        sender.push();
    }

    /** The application closed while the handshake was going on. */
    void closeIfAsked() {
        if (row.is(EndRow.FIN_QUEUED) && row.state() == TcpState.ESTABLISHED) {
            closeInto(TcpState.FIN_WAIT_1);
        }
    }

    /** The application aborts (RFC 9293, section 3.10.5). */
    void abort() {
        switch (row.state()) {
            case CLOSED -> {
                // nothing to abort
            }
            case LISTEN, SYN_SENT, CLOSING, LAST_ACK, TIME_WAIT -> closed(CloseReason.ABORTED);
            case SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSE_WAIT -> reset(CloseReason.ABORTED);
        }
    }

    /** Sends a reset, and is closed. */
    void reset(CloseReason reason) {
        end.sendSegment(end.acceptableSeq(), row.rcvNxt(), Segments.RST | Segments.ACK, 0);
        closed(reason);
    }

    /**
     * The peer has acknowledged our FIN.
     *
     * @param segment the acknowledgment
     */
    void finAcknowledged(ArrivedSegment segment) {
        switch (row.state()) {
            case FIN_WAIT_1 -> {
                row.state(TcpState.FIN_WAIT_2);
                if (row.is(EndRow.ORPHANED) && !end.settings().waitsInFinWait2) {
                    // tcp_rcv_state_process(), net/ipv4/tcp_input.c of Linux 6.18, gives a reason, and so
                    // tcp_v4_do_rcv(), net/ipv4/tcp_ipv4.c, answers with a reset
                    end.answerReset(segment);
                    closed(CloseReason.ABORTED);
                } else if (row.is(EndRow.ORPHANED)) {
                    waitForFin();
                }
            }
            case CLOSING -> timeWait();
            case LAST_ACK -> closed(CloseReason.ORDERLY);
            case CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED, ESTABLISHED, FIN_WAIT_2, TIME_WAIT, CLOSE_WAIT ->
                throw new AssertionError("FIN acknowledged in " + row.state());
        }
    }

    private boolean isWaitingForFin() {
        return row.isArmed(TcpTimer.FIN_WAIT_2) || row.isArmed(TcpTimer.ORPHAN);
    }

    private void waitForFin() {
        EndSettings settings = end.settings();
        if (settings.finWait2Ns == ValueKind.NONE) {
            return;
        }
        end.timers.cancel(TcpTimer.KEEPALIVE);
        long timeoutNs = finTimeoutNs();
        if (settings.closesLikeLinux && timeoutNs > settings.timeWaitNs) {
            end.timers.arm(TcpTimer.ORPHAN, end.nowNs() + timeoutNs - settings.timeWaitNs);
        } else {
            end.timers.arm(TcpTimer.FIN_WAIT_2, end.nowNs() + timeoutNs);
        }
    }

    /** Linux: tcp_fin_time(), include/net/tcp.h, waits for three and a half retransmission timeouts at least. */
    private long finTimeoutNs() {
        EndSettings settings = end.settings();
        long leastNs = settings.closesLikeLinux ? (end.rtoNs() << 2) - (end.rtoNs() >> 1) : 0;
        return Math.max(settings.finWait2Ns, leastNs);
    }

    /** Linux: what a long wait has in excess of TIME-WAIT's is over, and as long again is spent like TIME-WAIT. */
    void orphanFired() {
        long restNs = Math.max(finTimeoutNs() - end.settings().timeWaitNs, (end.rtoNs() << 2) - (end.rtoNs() >> 1));
        end.timers.arm(TcpTimer.FIN_WAIT_2, end.nowNs() + restNs);
    }

    /** The peer's FIN has arrived in order (RFC 9293, section 3.10.7.4, eighth). */
    void finArrived() {
        row.set(EndRow.PEER_CLOSED);
        end.tellPeerClosed();
        switch (row.state()) {
            case ESTABLISHED -> row.state(TcpState.CLOSE_WAIT);
            case FIN_WAIT_1 -> row.state(TcpState.CLOSING);
            case FIN_WAIT_2 -> timeWait();
            case CLOSED, LISTEN, SYN_SENT, SYN_RECEIVED, CLOSING, TIME_WAIT, CLOSE_WAIT, LAST_ACK ->
                throw new AssertionError("a first FIN in " + row.state());
        }
        end.settings().acks.finArrived(end);
    }

    /** Enters TIME-WAIT, or restarts it: the other timers are off (RFC 9293, section 3.10.7.4). */
    void timeWait() {
        row.state(TcpState.TIME_WAIT);
        end.timers.cancel(TcpTimer.KEEPALIVE);
        end.timers.cancel(TcpTimer.FIN_WAIT_2);
        end.timers.cancel(TcpTimer.ORPHAN);
        end.timers.cancel(TcpTimer.RTO);
        end.timers.arm(TcpTimer.TIME_WAIT, end.nowNs() + end.settings().timeWaitNs);
    }

    /**
     * A SYN for a new connection has come in TIME-WAIT: this one is closed, and the end listens again if it listened before.
     * Its numbers go on well behind those that were used: tcp_timewait_state_process(), net/ipv4/tcp_minisocks.c.
     *
     * @return whether it listens
     */
    boolean makeWay() {
        boolean listens = !row.is(EndRow.ACTIVE_OPEN);
        closed(CloseReason.ORDERLY);
        if (listens) {
            row.startAnew(
                    row.sndNxt() + BEYOND_OLD_NUMBERS, end.settings().estimator.stateInts());
            row.rcvMss(end.settings().firstRcvMss);
        }
        return listens;
    }

    void finWait2Fired() {
        closed(CloseReason.GIVEN_UP);
    }

    /** The retransmissions of a segment have come to their end (RFC 9293, section 3.8.3, R2). */
    void retransmissionsExhausted() {
        if (row.state() == TcpState.SYN_RECEIVED && !row.is(EndRow.ACTIVE_OPEN)) {
            listenAgain();
        } else {
            giveUp();
        }
    }

    /** The connection is given up: not without a reset, if the profile sends one. */
    void giveUp() {
        if (end.settings().resetsOnGiveUp && row.state() != TcpState.SYN_SENT) {
            reset(CloseReason.GIVEN_UP);
        } else {
            closed(CloseReason.GIVEN_UP);
        }
    }

    /**
     * The end is closed. What it knew is forgotten.
     *
     * <p>Counted once a connection: at the processor's side; or at the far end, if that opened and never got through.
     */
    void closed(CloseReason reason) {
        forget(TcpState.CLOSED);
        if (end.side == Side.LOCAL || neverGotThrough()) {
            end.countConnection(
                    switch (reason) {
                        case ORDERLY -> TcpCount.CONNECTIONS_CLOSED;
                        case GIVEN_UP -> TcpCount.CONNECTIONS_GIVEN_UP;
                        case RESET, ABORTED -> TcpCount.CONNECTIONS_RESET;
                    });
        }
        end.tellClosed(reason);
    }

    private boolean neverGotThrough() {
        return row.is(EndRow.ACTIVE_OPEN) && !row.is(EndRow.WAS_ESTABLISHED);
    }

    /** A passive opening came to nothing: the end listens again. */
    void listenAgain() {
        forget(TcpState.LISTEN);
        end.count(TcpCount.HALF_OPEN_GIVEN_UP);
    }

    private void forget(TcpState next) {
        end.timers.close();
        sender.close();
        receiver.close();
        row.state(next);
        row.backoff(0);
        row.retransmits(0);
        row.probes(0);
        row.clear(EndRow.OF_ONE_OPENING);
    }
}

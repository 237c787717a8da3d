package io.wheelhouse.tcp;

/**
 * What arrives at a connection for which Linux keeps less than a socket: a request that waits for the last segment of the
 * handshake, a connection in TIME-WAIT, and one in FIN-WAIT-2 that nobody owns. Each has rules of its own, beside those of
 * RFC 9293, section 3.10.7.4.
 *
 * <p>A new SYN reopens a connection in TIME-WAIT whose end listened before. FreeBSD's TIME-WAIT is {@link FreeBsdArrival}'s.
 *
 * <p>Source: the behaviour of Linux 6.18, tcp_check_req() and tcp_timewait_state_process() in net/ipv4/tcp_minisocks.c.
 */
final class MiniSocket {
    private final EndContext end;
    private final EndRow row;
    private final Sender sender;
    private final Life life;
    private final Timestamps timestamps;
    private final FreeBsdArrival freeBsd;

    MiniSocket(EndContext end, Sender sender, Life life, Timestamps timestamps, FreeBsdArrival freeBsd) {
        this.end = end;
        this.row = end.row;
        this.sender = sender;
        this.life = life;
        this.timestamps = timestamps;
        this.freeBsd = freeBsd;
    }

    /** Whether a segment for the connection at hand is to be dealt with here first. */
    boolean isOne() {
        EndSettings settings = end.settings();
        return switch (row.state()) {
            case SYN_RECEIVED -> settings.arrivalsLikeLinux && !row.is(EndRow.ACTIVE_OPEN);
            case TIME_WAIT -> settings.arrivalsLikeLinux || settings.arrivalsLikeFreeBsd;
            case FIN_WAIT_2 -> settings.arrivalsLikeLinux && row.isArmed(TcpTimer.FIN_WAIT_2);
            case CLOSED, LISTEN, SYN_SENT, ESTABLISHED, FIN_WAIT_1, CLOSING, CLOSE_WAIT, LAST_ACK -> false;
        };
    }

    /** Returns whether the segment is to be dealt with as any other, in the state as it is now; otherwise that is done. */
    boolean arrives(ArrivedSegment segment) {
        return switch (row.state()) {
            case SYN_RECEIVED -> atRequest(segment);
            case FIN_WAIT_2 -> inFinWait2(segment);
            case TIME_WAIT -> atTimeWait(segment);
            case CLOSED, LISTEN, SYN_SENT, ESTABLISHED, FIN_WAIT_1, CLOSING, CLOSE_WAIT, LAST_ACK ->
                throw new AssertionError(row.state());
        };
    }

    private boolean atRequest(ArrivedSegment segment) {
        boolean old = timestamps.isOld(segment);
        int kind = segment.flags & (Segments.SYN | Segments.RST | Segments.ACK);
        if (segment.seq == row.rcvNxt() - 1 && kind == Segments.SYN && !old) {
            if (end.mayChallenge()) {
                sender.recovery().repeatSynAck();
            }
            return false;
        }
        if (segment.has(Segments.ACK) && segment.ack != row.sndNxt()) {
            end.answerReset(segment);
            return false;
        }
        if (old || !isInWindow(segment)) {
            answerDoubtful(segment);
            return false;
        }
        if (segment.has(Segments.RST) || segment.has(Segments.SYN)) {
            end.answerReset(segment);
            life.listenAgain();
            return false;
        }
        return segment.has(Segments.ACK);
    }

    private boolean inFinWait2(ArrivedSegment segment) {
        if (timestamps.isOld(segment) || !isInWindow(segment)) {
            answerDoubtful(segment);
            return false;
        }
        if (segment.has(Segments.RST)) {
            life.closed(CloseReason.RESET);
            return false;
        }
        boolean news = segment.span() > 0 && Sequence.greaterThan(end(segment), row.rcvNxt());
        if (segment.has(Segments.SYN) || (news && !isLastFin(segment))) {
            end.answerReset(segment);
            life.closed(CloseReason.ABORTED);
            return false;
        }
        return news && segment.has(Segments.ACK);
    }

    private boolean isLastFin(ArrivedSegment segment) {
        return segment.has(Segments.FIN) && end(segment) == row.rcvNxt() + 1;
    }

    /**
     * Whether a SYN begins a new connection in the place of one in TIME-WAIT (RFC 9293, section 3.10.7.4): its number is beyond
     * those of before or, on Linux, its timestamp is.
     */
    boolean reopens(ArrivedSegment segment) {
        if (row.state() != TcpState.TIME_WAIT || !isOne() || !segment.isOpening()) {
            return false;
        }
        boolean beyond = Sequence.greaterThan(segment.seq, row.rcvNxt());
        return end.settings().arrivalsLikeLinux
                ? (beyond && !timestamps.isOld(segment)) || timestamps.isLater(segment)
                : beyond;
    }

    private boolean atTimeWait(ArrivedSegment segment) {
        boolean likeFreeBsd = end.settings().arrivalsLikeFreeBsd;
        // Linux keeps the old connection where nobody listens: tcp_v4_rcv(), net/ipv4/tcp_ipv4.c
        if (reopens(segment) && (likeFreeBsd || !row.is(EndRow.ACTIVE_OPEN))) {
            boolean listens = life.makeWay();
            if (!listens) {
                end.answerReset(segment);
            }
            return listens;
        }
        if (likeFreeBsd) {
            freeBsd.inTimeWait(segment);
        } else {
            inTimeWait(segment);
        }
        return false;
    }

    private void inTimeWait(ArrivedSegment segment) {
        boolean old = timestamps.isOld(segment);
        boolean reset = segment.has(Segments.RST);
        if (!old && segment.seq == row.rcvNxt() && (segment.span() == 0 || reset)) {
            if (!reset) {
                timestamps.remember(segment);
                life.timeWait();
            } else if (!end.settings().ignoresResetInTimeWait) {
                life.closed(CloseReason.ORDERLY);
            }
            return;
        }
        if (!reset && (old || segment.has(Segments.ACK))) {
            life.timeWait();
        }
        answerDoubtful(segment);
    }

    private static int end(ArrivedSegment segment) {
        return segment.seq + segment.span();
    }

    /** tcp_in_window(). */
    private boolean isInWindow(ArrivedSegment segment) {
        int next = row.rcvNxt();
        int edge = next + end.standingWindow();
        return segment.seq == next
                || (Sequence.greaterThan(end(segment), next) && Sequence.lessThan(segment.seq, edge))
                || (segment.seq == edge && segment.span() == 0);
    }

    /** Says where we are; seldom, but always to data: tcp_oow_rate_limited(), net/ipv4/tcp_input.c. */
    private void answerDoubtful(ArrivedSegment segment) {
        boolean data = segment.span() > 0 && !segment.has(Segments.SYN);
        if (!segment.has(Segments.RST) && (data || end.mayChallenge())) {
            end.sendAck();
        }
    }
}

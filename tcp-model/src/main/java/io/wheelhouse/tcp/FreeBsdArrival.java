package io.wheelhouse.tcp;

/**
 * How FreeBSD deals with resets, and with what arrives in TIME-WAIT.
 *
 * <p>A reset counts from the last acknowledgment sent, and within the room of the receive buffer, which the window field may
 * not be able to say. It ends closing ends too as an error. In TIME-WAIT it is ignored (RFC 1337), as is all that
 * acknowledges nothing; everything else is answered there, but for an exact duplicate of the last acknowledgment.
 *
 * <p>Source: tcp_do_segment() in sys/netinet/tcp_input.c, syncache_chkrst() in tcp_syncache.c, tcp_twcheck() in
 * tcp_timewait.c of FreeBSD 14.
 */
final class FreeBsdArrival {
    private static final int FLAGS = Segments.SYN | Segments.FIN | Segments.PSH | Segments.ACK;

    private final EndContext end;
    private final EndRow row;
    private final Life life;

    FreeBsdArrival(EndContext end, Life life) {
        this.end = end;
        this.row = end.row;
        this.life = life;
    }

    /** A reset in any state from SYN-RECEIVED on but TIME-WAIT. */
    void reset(ArrivedSegment segment) {
        boolean request = row.state() == TcpState.SYN_RECEIVED && !row.is(EndRow.ACTIVE_OPEN);
        int offset = segment.seq - row.rcvAcked();
        if (offset != 0) {
            if (offset > 0 && offset < (request ? end.standingWindow() : room()) && end.mayChallenge()) {
                end.sendBareAck();
            }
        } else if (request) {
            life.listenAgain();
        } else {
            life.closed(CloseReason.RESET);
        }
    }

    /** What the receive buffer has room for, or what was offered if that is more: rcv_wnd. */
    private int room() {
        return Math.max(end.settings().buffer - row.unread(), end.standingWindow());
    }

    /** A segment in TIME-WAIT that opens nothing new. */
    void inTimeWait(ArrivedSegment segment) {
        if (segment.has(Segments.RST) || !segment.has(Segments.ACK)) {
            return;
        }
        if (segment.has(Segments.FIN) && segment.seq + segment.span() == row.rcvNxt()) {
            life.timeWait();
        }
        boolean repeatsLast = (segment.flags & FLAGS) == Segments.ACK
                && segment.length == 0
                && segment.seq == row.rcvNxt()
                && segment.ack == row.sndNxt();
        if (!repeatsLast) {
            end.sendBareAck();
        }
    }
}

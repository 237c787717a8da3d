package io.wheelhouse.tcp;

/**
 * Whether a reduction of the congestion window was in vain, and its undoing: by timestamps (Eifel: RFC 3522, RFC 4015) or
 * because every retransmission was reported as a duplicate (RFC 3708).
 *
 * <p>Source of the details: the behaviour of Linux 6.18, tcp_init_undo(), tcp_may_undo(), tcp_packet_delayed(),
 * tcp_undo_cwnd_reduction() in net/ipv4/tcp_input.c.
 */
final class Undo {
    private final SendContext of;
    private final EndContext end;
    private final EndRow row;
    private final Flow flow;
    private final SentSegments sent;
    private final Ack ack;
    private final Scoreboard scoreboard;

    Undo(SendContext of, Scoreboard scoreboard) {
        this.of = of;
        this.end = of.end;
        this.row = of.row;
        this.flow = of.flow;
        this.sent = of.sent;
        this.ack = of.ack;
        this.scoreboard = scoreboard;
    }

    /** A reduction begins: from here it may be undone. */
    void begin() {
        int resent = flow.get(Flow.RESENT) / of.unit();
        if (flow.is(Flow.PROBING) && flow.is(Flow.PROBE_RESENT)) {
            resent++;
        }
        flow.raise(Flow.UNDOABLE);
        flow.set(Flow.UNDO_MARKER, row.sndUna());
        flow.set(Flow.UNDO_RESENT, resent == 0 ? -1 : resent);
    }

    /** Whether the reduction is known to have been in vain. */
    boolean isDue() {
        return end.settings().undoes
                && flow.is(Flow.UNDOABLE)
                && (flow.get(Flow.UNDO_RESENT) == 0 || originalWasDelayed());
    }

    /** Nothing was retransmitted, or what is acknowledged was sent before the first retransmission (Eifel, RFC 3522). */
    boolean originalWasDelayed() {
        long firstNs = flow.firstRetransmissionNs();
        if (firstNs != Flow.NEVER) {
            return isEchoBefore(firstNs);
        }
        boolean forgotten = !of.hasSack() && Sequence.atLeast(row.sndUna(), flow.get(Flow.HIGH_SEQ));
        return !forgotten && row.state() != TcpState.SYN_SENT;
    }

    private boolean isEchoBefore(long atNs) {
        return end.settings().timestamps && ack.echo != 0 && ack.echo - end.timestamp(atNs) < 0;
    }

    /** Whether the acknowledgment is of a segment as first sent, although it was sent again. */
    boolean isSpuriouslyResent(int segment) {
        return sent.is(segment, SentSegments.RETRANSMITTED) && isEchoBefore(sent.sentNs(segment));
    }

    /** Takes the reduction back. */
    void undo(boolean clearLosses) {
        if (clearLosses) {
            scoreboard.clearAllLost();
        }
        of.congestion.undo();
        flow.drop(Flow.UNDOABLE);
        flow.raise(Flow.RACK_ADVANCED);
        end.count(TcpCount.UNDONE_REDUCTIONS);
    }
}

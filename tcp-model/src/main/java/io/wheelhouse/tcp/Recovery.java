package io.wheelhouse.tcp;

/**
 * What a sender does about losses: the retransmission timer (RFC 6298, section 5), fast retransmit (RFC 5681, section
 * 3.2) and NewReno's recovery (RFC 6582).
 *
 * <p>After a timeout everything in flight is held for lost, and is sent again as the window opens from one segment; new
 * data follows behind it. What was in flight when a recovery began ends it when acknowledged.
 */
final class Recovery {
    private static final int DUPLICATES_THRESHOLD = 3;

    private final EndContext end;
    private final EndRow row;
    private final Sender sender;
    private final SendRows sending;
    private final SentSegments sent;
    private final Patience patience;

    Recovery(EndContext end, Sender sender) {
        this.end = end;
        this.row = end.row;
        this.sender = sender;
        this.sending = end.shared.sending;
        this.sent = end.shared.sent;
        this.patience = new Patience(end);
    }

    // ---- timeouts

    /**
     * The retransmission timer of data, FIN, SYN or SYN-ACK fired (RFC 6298, sections 5.4 to 5.7).
     *
     * @return whether to go on; false if the profile gives up here
     */
    boolean timedOut(TcpTimer timer) {
        int work = row.sendingRow();
        assert work != IntRows.NONE : timer + " fired with nothing sent";
        if (patience.givesUp(timer)) {
            return false;
        }
        int retransmission = row.retransmits() + 1;
        if (timer == TcpTimer.RTO) {
            enterLoss(work);
        } else {
            row.set(EndRow.HANDSHAKE_RETRANSMITTED);
        }
        retransmit(work, sending.head(work), TcpCount.TIMEOUT_RETRANSMISSIONS);
        row.retransmits(retransmission);
        row.backoff(patience.doubles(timer, retransmission) ? row.backoff() + 1 : 0);
        end.timers.arm(timer, end.nowNs() + patience.beforeNextRetransmissionNs(end.rtoNs()));
        return true;
    }

    private void enterLoss(int work) {
        int mss = end.settings().mss;
        if (row.retransmits() == 0) {
            // RFC 5681, section 3.1: held constant when the same segment times out again
            end.settings().congestion.timedOut(row, mss, row.flight());
        }
        row.cwnd(end.settings().lossWindowSegments * mss);
        sending.phase(work, SendRows.LOSS_RECOVERY);
        sending.recover(work, row.sndNxt());
        sending.duplicates(work, 0);
        for (int segment = sending.head(work); segment != SentSegments.NONE; segment = sent.next(segment)) {
            sent.set(segment, SentSegments.LOST);
        }
        sending.lost(work, row.flight());
        sending.cursor(work, sending.head(work));
    }

    /** Sends again what is held for lost, as far as the windows allow. */
    void resend(int work) {
        int segment = sending.cursor(work);
        while (segment != SentSegments.NONE && sending.lost(work) > 0) {
            int next = sent.next(segment);
            if (sent.is(segment, SentSegments.LOST)) {
                if (sent.span(segment) > row.cwnd() - (row.flight() - sending.lost(work))) {
                    break;
                }
                retransmit(work, segment, TcpCount.TIMEOUT_RETRANSMISSIONS);
            }
            segment = next;
        }
        sending.cursor(work, segment);
    }

    private void retransmit(int work, int segment, TcpCount cause) {
        if (sent.is(segment, SentSegments.LOST)) {
            sent.clear(segment, SentSegments.LOST);
            sending.lost(work, sending.lost(work) - sent.span(segment));
        }
        sent.set(segment, SentSegments.RETRANSMITTED);
        end.count(TcpCount.RETRANSMISSIONS);
        end.count(cause);
        int flags = sent.flags(segment) & (Segments.SYN | Segments.FIN | Segments.PSH | Segments.ACK);
        if ((flags & Segments.SYN) != 0) {
            sender.transmitSyn(sent.seq(segment), flags & Segments.ACK);
        } else {
            end.send(sent.seq(segment), flags, sent.length(segment));
        }
        sent.sentNs(segment, end.nowNs());
        if (sending.firstRetransmissionNs(work) == SendRows.NEVER) {
            sending.firstRetransmissionNs(work, end.nowNs());
        }
    }

    /** The peer has sent its SYN again, so it has not seen our SYN-ACK: sends it again, without waiting for the timer. */
    void repeatSynAck() {
        int work = row.sendingRow();
        row.set(EndRow.HANDSHAKE_RETRANSMITTED);
        retransmit(work, sending.head(work), TcpCount.FAST_RETRANSMISSIONS);
    }

    // ---- acknowledgments

    /** Something new has been acknowledged. */
    void acknowledged(int work, int ack, int advance, int priorFlight) {
        int mss = end.settings().mss;
        int phase = sending.phase(work);
        sending.duplicates(work, 0);
        if (phase == SendRows.FAST_RECOVERY) {
            acknowledgedInRecovery(work, ack, advance);
            return;
        }
        if (phase == SendRows.LOSS_RECOVERY && Sequence.atLeast(ack, sending.recover(work))) {
            sending.phase(work, SendRows.OPEN);
        }
        boolean limited = row.is(EndRow.CWND_LIMITED) || priorFlight + mss > row.cwnd();
        if (row.state().isSynchronized() && (limited || phase == SendRows.LOSS_RECOVERY)) {
            end.settings().congestion.acknowledged(row, mss, advance);
        }
    }

    /** RFC 6582, section 3.2, steps 3 and 4. */
    private void acknowledgedInRecovery(int work, int ack, int advance) {
        int mss = end.settings().mss;
        if (Sequence.atLeast(ack, sending.recover(work))) {
            row.cwnd(Math.min(row.ssthresh(), Math.max(row.flight(), mss) + mss));
            sending.phase(work, SendRows.OPEN);
            return;
        }
        retransmit(work, sending.head(work), TcpCount.FAST_RETRANSMISSIONS);
        int deflated = Math.max(mss, row.cwnd() - advance + (advance >= mss ? mss : 0));
        row.cwnd(deflated);
    }

    /** A duplicate acknowledgment has arrived (RFC 5681, sections 2 and 3.2). */
    void duplicate() {
        int work = row.sendingRow();
        if (work == IntRows.NONE || sending.head(work) == SentSegments.NONE) {
            return;
        }
        int mss = end.settings().mss;
        int duplicates = sending.duplicates(work) + 1;
        sending.duplicates(work, duplicates);
        switch (sending.phase(work)) {
            case SendRows.OPEN -> {
                if (duplicates == DUPLICATES_THRESHOLD) {
                    fastRetransmit(work);
                }
            }
            case SendRows.FAST_RECOVERY -> row.cwnd(Math.min(Reno.WINDOW_MAX, row.cwnd() + mss));
            default -> {
                // RFC 6582, section 3.2: no fast retransmit before everything sent until the timeout is acknowledged
            }
        }
    }

    private void fastRetransmit(int work) {
        int mss = end.settings().mss;
        end.settings().congestion.lossNoticed(row, mss, row.flight());
        sending.phase(work, SendRows.FAST_RECOVERY);
        sending.recover(work, row.sndNxt());
        retransmit(work, sending.head(work), TcpCount.FAST_RETRANSMISSIONS);
        row.cwnd(row.ssthresh() + DUPLICATES_THRESHOLD * mss);
    }
}

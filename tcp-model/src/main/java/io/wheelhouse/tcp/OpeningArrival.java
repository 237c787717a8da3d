package io.wheelhouse.tcp;

/** SEGMENT ARRIVES at an end that listens, or that has sent a SYN: RFC 9293, sections 3.10.7.2 and 3.10.7.3. */
final class OpeningArrival {
    /** Linux: TCP_TIMEOUT_MIN, include/net/tcp.h, in jiffies. */
    private static final int TIMEOUT_MIN_JIFFIES = 2;

    private final EndContext end;
    private final EndRow row;
    private final Sender sender;
    private final Receiver receiver;
    private final Life life;

    OpeningArrival(EndContext end, Sender sender, Receiver receiver, Life life) {
        this.end = end;
        this.row = end.row;
        this.sender = sender;
        this.receiver = receiver;
        this.life = life;
    }

    /** Section 3.10.7.2. */
    void inListen(ArrivedSegment segment) {
        if (segment.has(Segments.RST)) {
            return;
        }
        if (segment.has(Segments.ACK)) {
            end.answerReset(segment);
        } else if (segment.has(Segments.SYN)) {
            row.state(TcpState.SYN_RECEIVED);
            synArrived(segment);
            sender.sendSyn(Segments.ACK);
        }
    }

    private void synArrived(ArrivedSegment segment) {
        end.heard();
        row.rcvNxt(segment.seq + 1);
        row.tsRecent(segment.tsValue);
        row.sndWnd(segment.window);
        row.sndWl1(segment.seq);
    }

    /** Section 3.10.7.3. */
    void inSynSent(ArrivedSegment segment) {
        boolean acknowledges = segment.has(Segments.ACK);
        if (acknowledges
                && (Sequence.atMost(segment.ack, row.sndUna()) || Sequence.greaterThan(segment.ack, row.sndNxt()))) {
            end.answerReset(segment);
            hurrySyn();
            return;
        }
        if (segment.has(Segments.RST)) {
            if (acknowledges) {
                life.closed(CloseReason.RESET);
            }
            return;
        }
        if (!segment.has(Segments.SYN)) {
            return;
        }
        synArrived(segment);
        if (acknowledges) {
            int losses = sender.recovery().handshakeLosses();
            sender.acknowledged(segment);
            life.established(losses);
            textOfSynAck(segment);
            sendWhatWaits();
        } else {
            simultaneousOpen();
        }
    }

    /**
     * A SYN-ACK may bear data and a FIN (section 3.10.7.3, fourth). Linux does not look at them:
     * tcp_rcv_synsent_state_process(), net/ipv4/tcp_input.c.
     */
    private void textOfSynAck(ArrivedSegment segment) {
        if (segment.span() == 1 || end.settings().closesLikeLinux) {
            return;
        }
        if (receiver.accept(segment.seq + 1, segment.length, segment.has(Segments.FIN), segment.has(Segments.PSH))) {
            life.finArrived();
        }
    }

    /** Linux sends a SYN anew almost at once if what answered it was of a connection before. */
    private void hurrySyn() {
        EndSettings settings = end.settings();
        if (settings.arrivalsLikeLinux && row.retransmits() == 0) {
            end.timers.arm(TcpTimer.SYN, end.nowNs() + TIMEOUT_MIN_JIFFIES * settings.jiffyNs);
        }
    }

    /** What was written before the handshake was done goes out with its last acknowledgment. */
    private void sendWhatWaits() {
        int sentBefore = row.sent();
        sender.push();
        life.closeIfAsked();
        sender.tidy();
        if (row.sent() == sentBefore && row.state().isSynchronized()) {
            end.sendAck();
        }
    }

    /** Both ends opened: the SYN sent turns into a SYN-ACK (RFC 9293, section 3.5, figure 7). */
    private void simultaneousOpen() {
        row.state(TcpState.SYN_RECEIVED);
        sender.turnSynIntoSynAck();
    }
}

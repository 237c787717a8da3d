package io.wheelhouse.tcp;

/**
 * Sends again what is held for lost, oldest first, as far as the windows allow (RFC 6675, section 5). Source of the order of
 * things: the behaviour of Linux 6.18, tcp_xmit_retransmit_queue() in net/ipv4/tcp_output.c.
 */
final class Resending {
    private final SendContext of;
    private final EndRow row;
    private final Flow flow;
    private final SentSegments sent;

    Resending(SendContext of) {
        this.of = of;
        this.row = of.row;
        this.flow = of.flow;
        this.sent = of.sent;
    }

    /** Sends again what is held for lost, as far as the windows allow. */
    void resend() {
        int head = flow.get(Flow.HEAD);
        boolean rearm = false;
        for (int segment = head; segment != SentSegments.NONE; segment = sent.next(segment)) {
            int weight = of.weight(segment);
            int inFlight = flow.inFlight();
            boolean full = inFlight + weight > row.cwnd() && inFlight > 0;
            if (full || flow.get(Flow.RESENT) >= flow.get(Flow.LOST) || of.pacer.waits()) {
                break;
            }
            boolean waits = sent.is(segment, SentSegments.LOST)
                    && !sent.is(segment, SentSegments.SACKED)
                    && !sent.is(segment, SentSegments.RESENT);
            if (waits) {
                boolean beyond = Sequence.atLeast(sent.seq(segment), row.sndUna() + row.sndWnd()) && segment != head;
                if (beyond) {
                    break;
                }
                of.retransmit(segment, cause());
                if (flow.reducesWindow()) {
                    flow.add(Flow.PRR_OUT, weight);
                }
                rearm |= segment == head && !of.timer.isArmed(TcpTimer.RACK);
            }
        }
        if (rearm) {
            of.timer.armRto();
        }
    }

    private TcpCount cause() {
        return flow.get(Flow.STATE) == Flow.LOSS ? TcpCount.TIMEOUT_RETRANSMISSIONS : TcpCount.FAST_RETRANSMISSIONS;
    }
}

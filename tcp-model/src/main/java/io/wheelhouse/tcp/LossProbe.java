package io.wheelhouse.tcp;

/**
 * The tail loss probe (RFC 8985, section 7): when acknowledgments stay away, one segment asks for one, so that a lost tail
 * is recovered by acknowledgments and not by a timeout. New data if there is some, else the last segment again.
 *
 * <p>One probe an episode, which ends with what acknowledges it. A probe that repaired the only loss hides it: the window is
 * reduced nevertheless, unless a duplicate is reported (section 7.4).
 */
final class LossProbe {
    private final SendContext of;
    private final Flow flow;
    private final Sender sender;
    private final Recovery recovery;

    LossProbe(SendContext of, Sender sender, Recovery recovery) {
        this.of = of;
        this.flow = of.flow;
        this.sender = sender;
        this.recovery = recovery;
    }

    /** The probe timeout has expired (section 7.3). */
    void timedOut() {
        if (!of.hasFlow() || flow.get(Flow.HEAD) == SentSegments.NONE) {
            return;
        }
        boolean sent = !flow.is(Flow.PROBING) && send();
        if (sent) {
            flow.raise(Flow.PROBING);
            flow.set(Flow.PROBE_HIGH, of.row.sndNxt());
            of.end.count(TcpCount.LOSS_PROBES);
        }
        of.timer.rearmRto(!sent);
    }

    private boolean send() {
        flow.drop(Flow.PROBE_RESENT);
        if (sender.mayProbeWithNewData()) {
            return sender.sendProbe();
        }
        int tail = flow.get(Flow.TAIL);
        if (of.isBeyondWindow(tail)) {
            return false;
        }
        of.sendAgain(tail, TcpCount.PROBE_RETRANSMISSIONS);
        flow.raise(Flow.PROBE_RESENT);
        return true;
    }

    /** An acknowledgment has arrived while a probe is out (section 7.4.2). */
    void acknowledged(int number) {
        if (!flow.is(Flow.PROBING) || Sequence.lessThan(number, flow.get(Flow.PROBE_HIGH))) {
            return;
        }
        Ack ack = of.ack;
        boolean resent = flow.is(Flow.PROBE_RESENT);
        if (resent && !ack.is(Ack.PROBE_DUPLICATED) && Sequence.greaterThan(number, flow.get(Flow.PROBE_HIGH))) {
            recovery.reduceOnce();
        } else if (!resent
                || ack.is(Ack.PROBE_DUPLICATED)
                || !ack.is(Ack.ADVANCED | Ack.NOT_DUPLICATE | Ack.DATA_SACKED)) {
            flow.drop(Flow.PROBING);
        }
    }
}

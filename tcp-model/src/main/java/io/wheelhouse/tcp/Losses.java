package io.wheelhouse.tcp;

/**
 * Which segments are held for lost: at duplicate acknowledgments (RFC 6582), by how much was acknowledged selectively above
 * them (RFC 6675), by time ({@link Rack}), or at a timeout.
 *
 * <p>Cost: O(segments outstanding). Source of the order of things: the behaviour of Linux 6.18, tcp_identify_packet_loss(),
 * tcp_timeout_mark_lost() in net/ipv4/tcp_input.c.
 */
final class Losses {
    private final SendContext of;
    private final EndContext end;
    private final Flow flow;
    private final SentSegments sent;
    private final Ack ack;
    private final Scoreboard scoreboard;
    private final Rack rack;

    Losses(SendContext of, Scoreboard scoreboard, Rack rack) {
        this.of = of;
        this.end = of.end;
        this.flow = of.flow;
        this.sent = of.sent;
        this.ack = of.ack;
        this.scoreboard = scoreboard;
        this.rack = rack;
    }

    /** The retransmission timer has fired. */
    void markAtTimeout() {
        int head = flow.get(Flow.HEAD);
        boolean reneged = sent.is(head, SentSegments.SACKED);
        if (reneged) {
            scoreboard.clearAllSacked();
        } else if (!of.hasSack()) {
            scoreboard.resetDuplicates();
        }
        boolean byTime = end.settings().detection == LossDetection.RACK;
        for (int segment = head; segment != SentSegments.NONE; segment = sent.next(segment)) {
            boolean spared = byTime && !reneged && segment != head && rack.isRecent(segment);
            if (!spared) {
                scoreboard.markLost(segment);
            }
        }
    }

    /** At an acknowledgment. */
    void identify() {
        if (flow.get(Flow.HEAD) == SentSegments.NONE) {
            return;
        }
        if (!of.hasSack()) {
            markByDuplicates();
            return;
        }
        switch (end.settings().detection) {
            case RFC6675 -> markBySacked();
            case RACK -> {
                int resentBefore = flow.get(Flow.RESENT);
                if (rack.detectAndWait(scoreboard)) {
                    ack.drop(Ack.SET_TIMER);
                }
                if (flow.get(Flow.RESENT) < resentBefore) {
                    ack.raise(Ack.RESENT_LOST);
                }
            }
        }
    }

    /** RFC 6582, section 3.2: the head, at enough duplicates, and at each partial acknowledgment. */
    private void markByDuplicates() {
        int state = flow.get(Flow.STATE);
        boolean enough = flow.get(Flow.SACKED) >= flow.get(Flow.REORDERING) * of.unit();
        if ((state < Flow.RECOVERY && enough) || (state == Flow.RECOVERY && ack.is(Ack.ADVANCED))) {
            scoreboard.markLost(flow.get(Flow.HEAD));
        }
    }

    /** RFC 6675, section 4, IsLost(): enough has been acknowledged above. */
    private void markBySacked() {
        int unit = of.unit();
        int above = flow.get(Flow.SACKED);
        int threshold = (flow.get(Flow.REORDERING) - 1) * unit;
        for (int segment = flow.get(Flow.HEAD);
                segment != SentSegments.NONE && above > threshold;
                segment = sent.next(segment)) {
            if (sent.is(segment, SentSegments.SACKED)) {
                above -= of.weight(segment);
            } else if (!sent.is(segment, SentSegments.LOST)) {
                scoreboard.markLost(segment);
            }
        }
    }
}

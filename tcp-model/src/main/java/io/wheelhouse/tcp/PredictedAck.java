package io.wheelhouse.tcp;

/**
 * Header prediction for the sending half of an end (RFC 7323, section 5.6, and V. Jacobson's before it): the acknowledgment
 * of the only segment outstanding, sent once, where nothing is dubious and nothing is left to send. It is what most
 * acknowledgments of interactive traffic are.
 *
 * <p>Does what {@link AckArrival} and what follows it would do, in the same order, without asking about what cannot be.
 * {@code HeaderPredictionTest} holds the two together. Cost: O(1).
 */
final class PredictedAck {
    private static final int NANOS_PER_MICRO = 1_000;

    private final SendContext of;
    private final EndContext end;
    private final EndRow row;
    private final Flow flow;
    private final SentSegments sent;
    private final Rack rack;
    private final RoundTrip roundTrip;

    PredictedAck(SendContext of, Rack rack, RoundTrip roundTrip) {
        this.of = of;
        this.end = of.end;
        this.row = of.row;
        this.flow = of.flow;
        this.sent = of.sent;
        this.rack = rack;
        this.roundTrip = roundTrip;
    }

    /** Whether a segment without data, which is the one that the end expects next, is such an acknowledgment. */
    boolean is(ArrivedSegment segment) {
        return of.hasFlow()
                && segment.ack == row.sndNxt()
                && flow.isQuiet()
                && end.settings().predicts
                && segment.sacks.count() == 0
                && !row.is(EndRow.FIN_QUEUED)
                && !row.isArmed(TcpTimer.PERSIST)
                && isOnlyOne(flow.get(Flow.HEAD));
    }

    /** Whether that is all there is in the queue, and plain data from SND.UNA to SND.NXT, sent once. */
    private boolean isOnlyOne(int segment) {
        return segment != SentSegments.NONE
                && segment == flow.get(Flow.TAIL)
                && (sent.flags(segment) & ~Segments.PSH) == 0
                && sent.seq(segment) == row.sndUna()
                && sent.length(segment) == row.flight();
    }

    /** Takes it in. */
    void take(ArrivedSegment segment) {
        flow.set(Flow.OFFERED_MAX, Math.max(flow.get(Flow.OFFERED_MAX), row.sndWnd()));
        row.sndWnd(segment.window);
        row.sndWl1(segment.seq);
        row.retransmits(0);
        row.sndUna(segment.ack);

        int head = flow.get(Flow.HEAD);
        int deliveredBefore = sent.delivered(head);
        long sentNs = sent.sentNs(head);
        long rttNs = end.nowNs() - sentNs;
        flow.add(Flow.DELIVERED, 1);
        rack.delivered(sentNs, false, segment.ack, rttNs / NANOS_PER_MICRO);
        end.count(TcpCount.BYTES_ACKNOWLEDGED, sent.length(head));
        flow.add(Flow.OUT, -1);
        flow.set(Flow.HEAD, SentSegments.NONE);
        flow.set(Flow.TAIL, SentSegments.NONE);
        of.releaseSegment(head);

        roundTrip.feed(rttNs, rttNs);
        of.congestion.sampled(rttNs);
        rack.adaptWindow(deliveredBefore);
        of.timer.cancel();
        of.congestion.advance(1);
    }
}

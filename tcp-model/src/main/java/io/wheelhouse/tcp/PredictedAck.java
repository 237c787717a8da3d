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
    private final Rack rack;
    private final RoundTrip roundTrip;

    PredictedAck(SendContext of, Rack rack, RoundTrip roundTrip) {
        this.of = of;
        this.end = of.end;
        this.row = of.row;
        this.flow = of.flow;
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
                && flow.holdsOnly(of.ownSegment(), row.sndUna(), row.flight());
    }

    /** Takes it in. */
    void take(ArrivedSegment segment) {
        flow.set(Flow.OFFERED_MAX, Math.max(flow.get(Flow.OFFERED_MAX), row.sndWnd()));
        row.sndWnd(segment.window);
        row.sndWl1(segment.seq);
        row.retransmits(0);
        end.count(TcpCount.BYTES_ACKNOWLEDGED, row.flight());
        row.sndUna(segment.ack);

        long sentNs = flow.onlySentNs();
        long rttNs = end.nowNs() - sentNs;
        flow.dropOnly();
        rack.delivered(sentNs, false, segment.ack, rttNs / NANOS_PER_MICRO);
        roundTrip.feed(rttNs, rttNs);
        of.congestion.sampled(rttNs);
        rack.adaptWindow(flow.onlyDelivered());
        of.timer.cancel();
        of.congestion.advance(1);
    }
}

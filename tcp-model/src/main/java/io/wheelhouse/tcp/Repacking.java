package io.wheelhouse.tcp;

/**
 * What a segment of Linux's retransmission queue becomes before it is sent again: cut to what the offered window takes of it,
 * or, if it is small, put together with those behind it, up to a full segment.
 *
 * <p>Only where segments are counted, not bytes. Cost: O(segments put together). Source: the behaviour of Linux 6.18,
 * __tcp_retransmit_skb(), tcp_fragment(), tcp_retrans_try_collapse() in net/ipv4/tcp_output.c.
 */
final class Repacking {
    private final SendContext of;
    private final Flow flow;
    private final SentSegments sent;

    Repacking(SendContext of) {
        this.of = of;
        this.flow = of.flow;
        this.sent = of.sent;
    }

    /** Makes a segment what it is to be sent again as. */
    void fit(int segment) {
        if (!of.settings().keepsWindow || of.settings().countsBytes || sent.is(segment, Segments.SYN)) {
            return;
        }
        int full = of.segmentBytes();
        int room = of.offeredEnd() - sent.seq(segment);
        // a window drawn back over the head of the queue is probed with it
        int most = room <= 0 ? full : Math.min(full, room);
        if (sent.length(segment) > most) {
            cut(segment, most);
        } else if (sent.length(segment) < most) {
            putTogether(segment, most);
        }
    }

    private void cut(int segment, int bytes) {
        int rest = sent.split(segment, bytes);
        if (flow.get(Flow.TAIL) == segment) {
            flow.set(Flow.TAIL, rest);
        }
        count(rest, 1);
    }

    private void putTogether(int segment, int most) {
        int next = sent.next(segment);
        while (next != SentSegments.NONE
                && !sent.is(next, SentSegments.SACKED)
                && sent.length(segment) + sent.length(next) <= most
                && Sequence.atMost(sent.end(next), of.offeredEnd())) {
            count(next, -1);
            if (sent.is(next, SentSegments.TIMED)) {
                flow.drop(Flow.TIMED);
            }
            sent.merge(segment, next, SentSegments.RETRANSMITTED);
            if (flow.get(Flow.TAIL) == next) {
                flow.set(Flow.TAIL, segment);
            }
            next = sent.next(segment);
        }
    }

    /** There is one segment more, or less, like this one. */
    private void count(int segment, int change) {
        int unit = change * of.unit();
        flow.add(Flow.OUT, unit);
        if (sent.is(segment, SentSegments.LOST)) {
            flow.add(Flow.LOST, unit);
        }
        if (sent.is(segment, SentSegments.RESENT)) {
            flow.add(Flow.RESENT, unit);
        }
        if (!of.hasSack() && change < 0) {
            flow.set(Flow.SACKED, Math.max(0, flow.get(Flow.SACKED) + unit));
        }
    }
}

package io.wheelhouse.tcp;

/**
 * The usual write of interactive traffic: less than a segment, of an end that has nothing outstanding and is in no trouble.
 * It leaves at once, as one segment that bears PSH.
 *
 * <p>Does what {@link Sender#write} would do, in the same order, without asking about what cannot be. {@code
 * HeaderPredictionTest} holds the two together. Cost: O(1).
 */
final class PredictedWrite {
    private final SendContext of;
    private final EndContext end;
    private final EndRow row;
    private final Flow flow;

    PredictedWrite(SendContext of) {
        this.of = of;
        this.end = of.end;
        this.row = of.row;
        this.flow = of.flow;
    }

    /** Whether a write of so many bytes is such a write. */
    boolean is(long bytes) {
        return of.hasFlow()
                && flow.get(Flow.HEAD) == SentSegments.NONE
                && flow.isQuiet()
                && end.settings().predicts
                && row.isEstablished()
                && !row.is(EndRow.FIN_QUEUED | EndRow.CORKED)
                && isPart(bytes);
    }

    /** Whether so much, with nothing outstanding, fits into the window and does not fill a segment, told without its size. */
    private boolean isPart(long bytes) {
        assert row.flight() == 0 : row.flight() + " under way, and no segment";
        boolean part = bytes < end.settings().mss
                && bytes < row.sndWnd() >> 1
                && row.reassemblyRow() == Reassembly.NONE
                && !row.isMarked(EndRow.TWICE);
        assert !part || (bytes < of.segmentBytes() && bytes <= of.offeredEnd() - row.sndNxt()) : bytes + " bytes";
        return part;
    }

    /** Sends it. */
    void send(int length) {
        // until it is measured anew the timeout stays as it is
        long rtoNs = end.rtoNs();
        of.congestion.restartIfIdle(rtoNs);
        end.count(TcpCount.BYTES_WRITTEN, length);
        int seq = row.sndNxt();
        row.sndNxt(seq + length);
        row.clear(EndRow.MORE_COMES);
        end.send(seq, Segments.PSH, length);

        long sentNs = end.nowNs();
        flow.holdOnly(of.ownSegment(), seq, length, Segments.PSH, sentNs);
        flow.setLong(Flow.LAST_SENT_NS, sentNs);
        flow.set(Flow.SMALL_END, seq + length);
        markPushed(seq + length);
        // RFC 6298, section 5.1
        of.timer.armForOnly(sentNs, rtoNs);
        of.congestion.used(row.cwnd() <= 1, rtoNs);
        of.timer.probeForOnly(sentNs, rtoNs);
    }

    /** What {@link PushMarks} knows afterwards: the end of the write was marked, and has been sent. */
    private void markPushed(int past) {
        flow.set(Flow.MARKS, 0);
        flow.set(Flow.BUFFER_START, past);
        flow.set(Flow.PUSHED, past);
    }
}

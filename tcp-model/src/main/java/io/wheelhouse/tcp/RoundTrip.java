package io.wheelhouse.tcp;

/**
 * Samples of the round-trip time (RFC 6298, section 3; RFC 7323, section 4): which acknowledgment gives one, and from which
 * segment. A segment sent twice gives none (Karn), unless timestamps tell which of the two was acknowledged.
 *
 * <p>Source of {@link RttSampling#EVERY_SEGMENT}: the behaviour of Linux 6.18, tcp_clean_rtx_queue(),
 * tcp_ack_update_rtt().
 */
final class RoundTrip {
    private static final int NANOS_PER_MICRO = 1_000;

    private final SendContext of;
    private final EndContext end;
    private long firstSentNs;
    private long lastSentNs;
    private boolean timed;

    RoundTrip(SendContext of) {
        this.of = of;
        this.end = of.end;
    }

    void begin() {
        firstSentNs = -1;
        lastSentNs = -1;
        timed = false;
    }

    /** A segment that was sent once and not acknowledged before is acknowledged. */
    void acknowledgedOnce(int segment) {
        lastSentNs = of.sent.sentNs(segment);
        if (firstSentNs < 0) {
            firstSentNs = lastSentNs;
        }
    }

    /** The segment being timed is acknowledged, if it was sent once. */
    void timed(int segment) {
        if (!of.sent.is(segment, SentSegments.RETRANSMITTED)) {
            timed = true;
            firstSentNs = of.sent.sentNs(segment);
        }
    }

    /** Feeds the estimator; returns whether there was a sample. */
    boolean sample() {
        return switch (end.settings().sampling) {
            case ONE_AT_A_TIME -> timed && take(end.nowNs() - firstSentNs, end.nowNs() - firstSentNs);
            case TIMESTAMPS -> of.ack.is(Ack.ADVANCED) && takeEcho();
            case EVERY_SEGMENT -> everySegment();
        };
    }

    private boolean everySegment() {
        Ack ack = of.ack;
        long nowNs = end.nowNs();
        boolean clean = firstSentNs >= 0 && !ack.is(Ack.RESENT_ACKED);
        long lastNs = ack.lastSackedSentNs >= 0 ? ack.lastSackedSentNs : lastSentNs;
        if (clean) {
            return take(nowNs - firstSentNs, nowNs - lastNs);
        }
        if (ack.firstSackedSentNs >= 0) {
            return take(nowNs - ack.firstSackedSentNs, nowNs - lastNs);
        }
        return end.settings().timestamps && ack.is(Ack.ACKED) && takeEcho();
    }

    /** Whether what is newly acknowledged selectively was sent before this segment was. */
    boolean sackedWasSentBefore(int head) {
        return of.ack.firstSackedSentNs >= 0 && of.ack.firstSackedSentNs < of.sent.sentNs(head);
    }

    private boolean takeEcho() {
        int echo = of.ack.echo;
        int ticks = end.timestamp() - echo;
        if (echo == 0 || ticks < 0) {
            return false; // an echo of what was never sent
        }
        long rttNs = Math.max(1, ticks) * end.settings().timestampClockNs;
        return take(rttNs, rttNs);
    }

    private boolean take(long rttNs, long lastRttNs) {
        feed(rttNs, lastRttNs);
        if (!of.ack.is(Ack.SYN_ACKED)) {
            of.congestion.sampled(lastRttNs);
        }
        return true;
    }

    /** Takes in a sample, and the round-trip time of the segment sent last of those it is of. */
    void feed(long rttNs, long lastRttNs) {
        EndRow row = end.row;
        int lastUs = (int) Math.max(1, Math.min(Integer.MAX_VALUE, lastRttNs / NANOS_PER_MICRO));
        int least = row.minRttUs();
        row.minRttUs(least == 0 ? lastUs : Math.min(least, lastUs));
        end.settings().estimator.sample(row.ints(), row.estimatorBase(), rttNs, row.sndUna(), row.sndNxt());
        row.backoff(0);
    }
}

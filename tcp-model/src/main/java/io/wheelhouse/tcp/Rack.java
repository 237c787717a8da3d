package io.wheelhouse.tcp;

/**
 * Recent acknowledgments: a segment is lost if one sent later has been delivered, and it is itself overdue by more than the
 * path may reorder (RFC 8985, section 6).
 *
 * <p>The reordering window is a quarter of the least round-trip time; nothing while no reordering has been seen and a loss
 * is beyond doubt; and grows by quarters, up to the smoothed round-trip time, when duplicates show that it was too short.
 *
 * <p>Cost: O(segments outstanding) at an acknowledgment that is dubious. Source of details: the behaviour of Linux 6.18,
 * net/ipv4/tcp_recovery.c.
 */
final class Rack {
    /** Of tcp_recovery: the reordering window does not grow. */
    private static final int STATIC_WINDOW = 2;
    /** Of tcp_recovery: many duplicate acknowledgments do not close the reordering window. */
    private static final int NO_DUPLICATES_THRESHOLD = 4;

    private static final int STEPS_MAX = 0xFF;
    private final SendContext of;
    private final Flow flow;
    private final SentSegments sent;

    Rack(SendContext of) {
        this.of = of;
        this.flow = of.flow;
        this.sent = of.sent;
    }

    /** A segment has been delivered (RFC 8985, section 6.2, steps 1 and 2). */
    void delivered(int segment) {
        long rttUs = of.sinceSentUs(segment);
        boolean again = sent.is(segment, SentSegments.RETRANSMITTED);
        if (again && rttUs < of.row.minRttUs()) {
            return; // it is the original that has arrived
        }
        delivered(sent.sentNs(segment), again, sent.end(segment), rttUs);
    }

    /**
     * The same of a segment of which that is known.
     *
     * @param again whether it was sent more than once
     * @param end the sequence number after its last
     */
    void delivered(long sentNs, boolean again, int end, long rttUs) {
        flow.raise(Flow.RACK_ADVANCED);
        of.row.rackRttUs((int) Math.min(Integer.MAX_VALUE, rttUs));
        if (isSentAfterRack(sentNs, again, end)) {
            flow.setLong(Flow.RACK_SENT_NS, sentNs);
            flow.set(Flow.RACK_END_SEQ, end);
            flow.drop(Flow.RACK_OF_RESENT);
            flow.raise(again ? Flow.RACK_OF_RESENT : 0);
        }
    }

    /**
     * Of two segments of one instant the one with the higher numbers is the later (RFC 8985, section 5.2), and what was sent
     * again comes after what was sent first: here answers take no time, as nowhere else.
     */
    private boolean isSentAfterRack(long sentNs, boolean again, int end) {
        long rackNs = flow.getLong(Flow.RACK_SENT_NS);
        if (sentNs != rackNs || again != flow.is(Flow.RACK_OF_RESENT)) {
            return sentNs > rackNs || (sentNs == rackNs && again);
        }
        return Sequence.greaterThan(end, flow.get(Flow.RACK_END_SEQ));
    }

    /** Section 6.2, step 4. */
    private long windowUs() {
        EndSettings settings = of.settings();
        if (!flow.is(Flow.REORDERING_SEEN)) {
            boolean enough = flow.get(Flow.SACKED) >= flow.get(Flow.REORDERING) * of.unit()
                    && (settings.rackOptions & NO_DUPLICATES_THRESHOLD) == 0;
            if (flow.get(Flow.STATE) >= Flow.RECOVERY || enough) {
                return 0;
            }
        }
        long srttUs = settings.estimator.srttNs(of.row.ints(), of.row.estimatorBase()) / 1_000;
        return Math.min((of.row.minRttUs() >>> 2) * (long) flow.get(Flow.RACK_STEPS), srttUs);
    }

    /** How long until a segment is overdue, in microseconds, if the path reorders by no more than that. */
    long timeoutUs(int segment, long windowUs) {
        return of.row.rackRttUs() + windowUs - of.sinceSentUs(segment);
    }

    /** Whether a segment may still be on its way when the retransmission timer fires. */
    boolean isRecent(int segment) {
        return timeoutUs(segment, 0) > 0;
    }

    /**
     * Marks what is lost (section 6.2, step 5).
     *
     * @return how long to wait, in microseconds, until all else that may be lost is; 0 for not at all
     */
    long detect(Scoreboard scoreboard) {
        long windowUs = windowUs();
        long waitUs = 0;
        for (int segment = flow.get(Flow.HEAD); segment != SentSegments.NONE; segment = sent.next(segment)) {
            boolean gone = sent.is(segment, SentSegments.SACKED)
                    || (sent.is(segment, SentSegments.LOST) && !sent.is(segment, SentSegments.RESENT));
            if (!gone && isOvertaken(segment)) {
                long remainingUs = timeoutUs(segment, windowUs);
                if (remainingUs <= 0) {
                    scoreboard.markLost(segment);
                } else {
                    waitUs = Math.max(waitUs, remainingUs);
                }
            }
        }
        return waitUs;
    }

    private boolean isOvertaken(int segment) {
        long sentNs = sent.sentNs(segment);
        boolean again = sent.is(segment, SentSegments.RETRANSMITTED);
        int end = sent.end(segment);
        boolean same = sentNs == flow.getLong(Flow.RACK_SENT_NS)
                && again == flow.is(Flow.RACK_OF_RESENT)
                && end == flow.get(Flow.RACK_END_SEQ);
        return !same && !isSentAfterRack(sentNs, again, end);
    }

    /** At an acknowledgment: marks what is lost, and waits for the rest; returns whether it waits. */
    boolean detectAndWait(Scoreboard scoreboard) {
        if (!flow.is(Flow.RACK_ADVANCED)) {
            return false;
        }
        flow.drop(Flow.RACK_ADVANCED);
        long waitUs = detect(scoreboard);
        if (waitUs > 0) {
            of.timer.armReordering(waitUs);
        }
        return waitUs > 0;
    }

    /**
     * Widens the window once a round trip if duplicates were reported (section 6.2, step 4).
     *
     * @param deliveredBefore what had been delivered when the last sent of what is newly delivered was sent
     */
    void adaptWindow(int deliveredBefore) {
        if ((of.settings().rackOptions & STATIC_WINDOW) != 0) {
            return;
        }
        if (deliveredBefore - flow.get(Flow.RACK_WIDENED_AT) < 0) {
            flow.drop(Flow.RACK_DUPLICATE);
        }
        if (flow.is(Flow.RACK_DUPLICATE)) {
            flow.set(Flow.RACK_STEPS, Math.min(STEPS_MAX, flow.get(Flow.RACK_STEPS) + 1));
            flow.drop(Flow.RACK_DUPLICATE);
            flow.set(Flow.RACK_WIDENED_AT, flow.get(Flow.DELIVERED));
            flow.set(Flow.RACK_PERSIST, of.settings().rackPersistence);
        } else if (flow.get(Flow.RACK_PERSIST) == 0) {
            flow.set(Flow.RACK_STEPS, 1);
        }
    }

    /** A recovery has ended that was not in vain. */
    void recoveryEnded() {
        flow.set(Flow.RACK_PERSIST, Math.max(0, flow.get(Flow.RACK_PERSIST) - 1));
    }

    /** A recovery was in vain, as duplicates show. */
    void recoveryUndone() {
        flow.set(Flow.RACK_PERSIST, Math.min(of.settings().rackPersistence, flow.get(Flow.RACK_PERSIST) + 1));
    }
}

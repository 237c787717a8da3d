package io.wheelhouse.tcp;

/**
 * What is known of each segment outstanding: acknowledged selectively, held for lost, sent again (RFC 2018, section 5; RFC
 * 6675, section 3; RFC 2883, section 5). Also learns how far the path reorders.
 *
 * <p>Without SACK, each duplicate acknowledgment stands for one segment that has arrived, without saying which.
 *
 * <p>Cost: O(segments outstanding) for a SACK option. Source of the rules beyond the RFCs: the behaviour of Linux 6.18,
 * tcp_sacktag_write_queue(), tcp_sacktag_one(), tcp_dsack_seen(), tcp_mark_skb_lost(), tcp_add_reno_sack().
 */
final class Scoreboard {
    private final SendContext of;
    private final Flow flow;
    private final SentSegments sent;
    private final Ack ack;
    private final Rack rack;
    // of whichever end was at hand, modulo 2^32
    private int lostEver;

    Scoreboard(SendContext of, Rack rack) {
        this.of = of;
        this.flow = of.flow;
        this.sent = of.sent;
        this.ack = of.ack;
        this.rack = rack;
    }

    // ---- SACK options

    /** Takes in a SACK option that came with an acknowledgment number. */
    void tag(SackBlocks blocks, int ackNumber) {
        ack.overtaken = of.row.sndNxt();
        boolean duplicate = reportsDuplicate(blocks, ackNumber);
        boolean stale = Sequence.lessThan(ackNumber, ack.priorUna - flow.get(Flow.OFFERED_MAX));
        if (stale || flow.get(Flow.HEAD) == SentSegments.NONE) {
            return;
        }
        // in order of sequence numbers, or a later block would look as if it had overtaken an earlier one
        int done = 0;
        for (int round = 0; round < blocks.count(); round++) {
            int lowest = lowest(blocks, done);
            done |= 1 << lowest;
            boolean isDuplicate = duplicate && lowest == 0;
            if (isValid(blocks.from(lowest), blocks.to(lowest), isDuplicate)
                    && Sequence.greaterThan(blocks.to(lowest), ack.priorUna)) {
                tag(blocks.from(lowest), blocks.to(lowest), isDuplicate);
            }
        }
        if (flow.get(Flow.STATE) != Flow.LOSS || flow.is(Flow.UNDOABLE)) {
            checkReordering(ack.overtaken);
        }
    }

    private static int lowest(SackBlocks blocks, int done) {
        int lowest = -1;
        for (int block = 0; block < blocks.count(); block++) {
            boolean open = (done & 1 << block) == 0;
            if (open && (lowest < 0 || Sequence.lessThan(blocks.from(block), blocks.from(lowest)))) {
                lowest = block;
            }
        }
        return lowest;
    }

    private boolean isValid(int from, int to, boolean duplicate) {
        EndRow row = of.row;
        if (Sequence.greaterThan(to, row.sndNxt())
                || !Sequence.lessThan(from, to)
                || !Sequence.lessThan(from, row.sndNxt())) {
            return false;
        }
        if (Sequence.greaterThan(from, row.sndUna())) {
            return true;
        }
        if (!duplicate || !flow.is(Flow.UNDOABLE) || Sequence.greaterThan(to, row.sndUna())) {
            return false;
        }
        int marker = flow.get(Flow.UNDO_MARKER);
        if (!Sequence.lessThan(from, marker)) {
            return true;
        }
        return Sequence.greaterThan(to, marker) && !Sequence.lessThan(from, to - flow.get(Flow.OFFERED_MAX));
    }

    private void tag(int from, int to, boolean duplicate) {
        for (int segment = flow.get(Flow.HEAD); segment != SentSegments.NONE; segment = sent.next(segment)) {
            int seq = sent.seq(segment);
            if (!Sequence.lessThan(seq, to)) {
                return;
            }
            if (Sequence.atMost(from, seq) && Sequence.atMost(sent.end(segment), to)) {
                tagOne(segment, duplicate);
                if (Sequence.atLeast(seq, of.highestSack())) {
                    flow.set(Flow.HIGHEST_SACK, sent.end(segment));
                }
            }
        }
    }

    private void tagOne(int segment, boolean duplicate) {
        int seq = sent.seq(segment);
        if (duplicate && sent.is(segment, SentSegments.RETRANSMITTED)) {
            if (mayCountBack() && Sequence.greaterThan(sent.end(segment), flow.get(Flow.UNDO_MARKER))) {
                flow.add(Flow.UNDO_RESENT, -1);
            }
            if (sent.is(segment, SentSegments.SACKED)) {
                noteOvertaken(seq);
            }
        }
        if (!sent.is(segment, SentSegments.SACKED)) {
            sacked(segment);
        }
        if (duplicate && sent.is(segment, SentSegments.RESENT)) {
            clearResent(segment);
        }
    }

    private void sacked(int segment) {
        int weight = of.weight(segment);
        boolean resent = sent.is(segment, SentSegments.RESENT);
        rack.delivered(segment);
        if (!resent && !sent.is(segment, SentSegments.RETRANSMITTED)) {
            originalSacked(segment);
        }
        if (sent.is(segment, SentSegments.LOST)) {
            clearLost(segment);
            if (resent) {
                clearResent(segment);
            }
        }
        boolean first = flow.get(Flow.SACKED) == 0;
        sent.set(segment, SentSegments.SACKED);
        flow.add(Flow.SACKED, weight);
        if (first) {
            flow.set(Flow.HIGHEST_SACK, sent.end(segment));
        }
        ack.raise(Ack.DATA_SACKED);
        ack.sackDelivered += weight;
        noteDelivered(segment);
    }

    private void originalSacked(int segment) {
        if (Sequence.lessThan(sent.seq(segment), of.highestSack())) {
            noteOvertaken(sent.seq(segment));
        }
        if (Sequence.atMost(sent.end(segment), flow.get(Flow.HIGH_SEQ))) {
            ack.raise(Ack.ORIGINAL_DELIVERED);
        }
        if (ack.firstSackedSentNs < 0) {
            ack.firstSackedSentNs = sent.sentNs(segment);
        }
        ack.lastSackedSentNs = sent.sentNs(segment);
    }

    private void noteOvertaken(int seq) {
        if (Sequence.lessThan(seq, ack.overtaken)) {
            ack.overtaken = seq;
        }
    }

    /** Remembers, of the segments newly delivered, the one sent last. */
    void noteDelivered(int segment) {
        long sentNs = sent.sentNs(segment);
        int endSeq = sent.end(segment);
        boolean later = !ack.knowsDeliveredBefore
                || sentNs > ack.lastDeliveredSentNs
                || (sentNs == ack.lastDeliveredSentNs && Sequence.greaterThan(endSeq, ack.lastDeliveredEnd));
        if (later) {
            ack.knowsDeliveredBefore = true;
            ack.deliveredBefore = sent.delivered(segment);
            ack.lastDeliveredSentNs = sentNs;
            ack.lastDeliveredEnd = endSeq;
        }
    }

    // ---- duplicates reported (RFC 2883)

    private boolean reportsDuplicate(SackBlocks blocks, int ackNumber) {
        int from = blocks.from(0);
        int to = blocks.to(0);
        boolean below = Sequence.lessThan(from, ackNumber);
        boolean within =
                blocks.count() > 1 && Sequence.atMost(to, blocks.to(1)) && Sequence.atLeast(from, blocks.from(1));
        if (!below && !within) {
            return false;
        }
        int segments = countDuplicates(from, to);
        if (segments == 0) {
            return false;
        }
        if (mayCountBack()
                && Sequence.atMost(to, ack.priorUna)
                && Sequence.greaterThan(to, flow.get(Flow.UNDO_MARKER))) {
            flow.set(Flow.UNDO_RESENT, Math.max(0, flow.get(Flow.UNDO_RESENT) - segments));
        }
        return true;
    }

    private boolean mayCountBack() {
        return flow.is(Flow.UNDOABLE) && flow.get(Flow.UNDO_RESENT) > 0;
    }

    /** How many segments a report stands for; 0 if nothing that was sent can have caused it. */
    private int countDuplicates(int from, int to) {
        int length = to - from;
        int mss = of.settings().mss;
        if (length <= 0 || length > flow.get(Flow.OFFERED_MAX)) {
            return 0;
        }
        int segments = (length + mss - 1) / mss;
        if (segments == 1 && flow.is(Flow.PROBING) && flow.get(Flow.PROBE_HIGH) == to) {
            ack.raise(Ack.PROBE_DUPLICATED);
        }
        flow.add(Flow.DUPLICATES_REPORTED, segments);
        if (flow.get(Flow.DUPLICATES_REPORTED) > flow.get(Flow.RESENT_EVER)) {
            return 0;
        }
        if (flow.is(Flow.REORDERING_SEEN) && !ack.is(Ack.PROBE_DUPLICATED)) {
            flow.raise(Flow.RACK_DUPLICATE);
        }
        ack.raise(Ack.DUPLICATE_REPORTED);
        ack.sackDelivered += segments * of.unit();
        return segments;
    }

    // ---- losses

    /** Holds a segment for lost, or its retransmission if it was held for lost before. */
    void markLost(int segment) {
        if (sent.is(segment, SentSegments.SACKED)) {
            return;
        }
        int weight = of.weight(segment);
        if (!sent.is(segment, SentSegments.LOST)) {
            sent.set(segment, SentSegments.LOST);
            flow.add(Flow.LOST, weight);
            lostEver += weight;
        } else if (sent.is(segment, SentSegments.RESENT)) {
            clearResent(segment);
            lostEver += weight;
        }
    }

    /** How much has been held for lost: only differences within an event mean something. */
    int lostEver() {
        return lostEver;
    }

    void clearLost(int segment) {
        sent.clear(segment, SentSegments.LOST);
        flow.add(Flow.LOST, -of.weight(segment));
    }

    private void clearResent(int segment) {
        sent.clear(segment, SentSegments.RESENT);
        flow.add(Flow.RESENT, -of.weight(segment));
    }

    /** Nothing is held for lost any more: the trouble was none. */
    void clearAllLost() {
        for (int segment = flow.get(Flow.HEAD); segment != SentSegments.NONE; segment = sent.next(segment)) {
            sent.clear(segment, SentSegments.LOST);
        }
        flow.set(Flow.LOST, 0);
    }

    /** The peer has forgotten what it had acknowledged selectively. */
    void clearAllSacked() {
        for (int segment = flow.get(Flow.HEAD); segment != SentSegments.NONE; segment = sent.next(segment)) {
            sent.clear(segment, SentSegments.SACKED);
        }
        flow.set(Flow.SACKED, 0);
    }

    /** The segment leaves the queue: what it counted counts no more. */
    void acknowledged(int segment) {
        int weight = of.weight(segment);
        flow.add(Flow.OUT, -weight);
        if (!sent.is(segment, SentSegments.RESENT | SentSegments.SACKED | SentSegments.LOST)) {
            return;
        }
        if (sent.is(segment, SentSegments.RESENT)) {
            flow.add(Flow.RESENT, -weight);
        }
        if (sent.is(segment, SentSegments.SACKED)) {
            flow.add(Flow.SACKED, -weight);
        }
        if (sent.is(segment, SentSegments.LOST)) {
            flow.add(Flow.LOST, -weight);
        }
    }

    /** The head of a segment is acknowledged, where bytes are counted. */
    void trimmed(int segment, int cut) {
        if (sent.is(segment, SentSegments.RESENT)) {
            flow.add(Flow.RESENT, -cut);
        }
        if (sent.is(segment, SentSegments.LOST)) {
            flow.add(Flow.LOST, -cut);
        }
        if (sent.is(segment, SentSegments.SACKED)) {
            flow.add(Flow.SACKED, -cut);
        } else if (of.hasSack()) {
            flow.add(Flow.DELIVERED, cut);
        }
        flow.add(Flow.OUT, -cut);
    }

    // ---- reordering

    /** A segment sent once arrived after a higher one did: learns how far segments are displaced. */
    void checkReordering(int seq) {
        int highest = of.highestSack();
        if (!Sequence.lessThan(seq, highest)) {
            return;
        }
        int mss = of.settings().mss;
        int displaced = (highest - seq + mss - 1) / mss;
        if (displaced > flow.get(Flow.REORDERING)) {
            learn(displaced);
        }
        flow.raise(Flow.REORDERING_SEEN);
    }

    private void learn(int segments) {
        EndSettings settings = of.settings();
        if (settings.reorderingMax > settings.duplicatesThreshold) {
            flow.set(Flow.REORDERING, Math.min(segments, settings.reorderingMax));
        }
    }

    // ---- without SACK

    /** Counts duplicate acknowledgments. */
    void addDuplicates(int count) {
        int before = flow.get(Flow.SACKED);
        flow.add(Flow.SACKED, count * of.unit());
        checkDuplicates(0);
        flow.add(Flow.DELIVERED, Math.max(0, flow.get(Flow.SACKED) - before));
    }

    /** New data has been acknowledged: one segment filled the hole, the others had been counted as duplicates. */
    void removeDuplicates(int acked) {
        int sacked = flow.get(Flow.SACKED);
        int unit = of.unit();
        if (acked > 0) {
            flow.add(Flow.DELIVERED, Math.max(acked - sacked, unit));
            flow.set(Flow.SACKED, Math.max(0, sacked - Math.max(0, acked - unit)));
        }
        checkDuplicates(acked);
    }

    void resetDuplicates() {
        flow.set(Flow.SACKED, 0);
    }

    /** More duplicates than segments outstanding: the path reorders. */
    private void checkDuplicates(int acked) {
        int out = flow.get(Flow.OUT);
        int holes = Math.min(Math.max(flow.get(Flow.LOST), of.unit()), out);
        if (flow.get(Flow.SACKED) + holes > out) {
            flow.set(Flow.SACKED, out - holes);
            learn((out + acked) / of.unit());
            flow.raise(Flow.REORDERING_SEEN);
        }
    }
}

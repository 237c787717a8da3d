package io.wheelhouse.tcp;

/** What the parts of an end's sending half share: the end, its flow, its queue, and the acknowledgment at hand. */
final class SendContext {
    /** TCP_MSS_DEFAULT: windows that are no larger may be filled by one segment. */
    private static final int WHOLE_WINDOW_MAX = 536;
    /** The least IPv4 packet that every host takes whole, less an IP header: however small the window, so much is sent. */
    private static final int LEAST_SEGMENT = 48;

    private static final int SACK_BYTES = 4;
    private static final int SACK_BLOCK_BYTES = 8;

    final EndContext end;
    final EndRow row;
    final SendRows rows;
    final SentSegments sent;
    final Flow flow = new Flow();
    final Ack ack = new Ack();
    final WriteTimer timer;
    final Congestion congestion;
    final Pacer pacer;
    private final Repacking repacking;
    private boolean hasFlow;

    SendContext(EndContext end) {
        this.end = end;
        this.row = end.row;
        this.rows = end.shared.sending;
        this.sent = end.shared.sent;
        this.timer = new WriteTimer(this);
        this.congestion = new Congestion(this);
        this.pacer = new Pacer(this);
        this.repacking = new Repacking(this);
    }

    EndSettings settings() {
        return end.settings();
    }

    /** Binds the flow to the end's, if it has one: at the beginning of each event. */
    void bind() {
        int at = row.sendingRow();
        hasFlow = at != IntRows.NONE;
        if (hasFlow) {
            flow.at(rows, at);
        }
    }

    /** Whether the end has a flow. */
    boolean hasFlow() {
        return hasFlow;
    }

    /** Makes a flow for the end, if there is none. */
    void work() {
        if (!hasFlow) {
            takeFlow();
        }
    }

    private void takeFlow() {
        int at = rows.take();
        row.sendingRow(at);
        flow.at(rows, at);
        hasFlow = true;
        flow.set(Flow.THRESHOLD, Reno.NO_THRESHOLD);
        flow.set(Flow.REORDERING, settings().duplicatesThreshold);
        flow.set(Flow.RACK_STEPS, 1);
        flow.setLong(Flow.RACK_SENT_NS, -1);
        flow.set(Flow.USAGE_SEQ, row.sndUna());
        flow.set(Flow.PUSHED, row.sndNxt());
        flow.set(Flow.HIGH_SEQ, row.sndUna());
        flow.set(Flow.SMALL_END, row.sndUna());
        flow.setLong(Flow.WINDOW_STAMP_NS, end.nowNs());
    }

    /** Gives the flow back if nothing is outstanding and it knows nothing worth keeping. */
    void tidy() {
        if (hasFlow && flow.isEmpty() && isForgettable()) {
            releaseFlow();
        }
    }

    private boolean isForgettable() {
        return flow.get(Flow.STATE) == Flow.OPEN
                && !flow.is(Flow.PROBING)
                && flow.get(Flow.THRESHOLD) >= Reno.NO_THRESHOLD
                && !flow.is(Flow.REORDERING_SEEN)
                && row.sndWnd() >= flow.get(Flow.OFFERED_MAX) >> 1
                && !(settings().paces && flow.get(Flow.FIRST_SENT) > 0)
                && row.cwnd() <= settings().initialWindowSegments * unit();
    }

    void releaseFlow() {
        rows.release(row.sendingRow());
        row.sendingRow(IntRows.NONE);
        hasFlow = false;
    }

    /** A row for a segment that is to be sent: where nothing is outstanding, that within the flow. */
    int takeSegment(int seq, int flags, int length, long sentNs) {
        return flow.get(Flow.HEAD) == SentSegments.NONE
                ? sent.fill(ownSegment(), seq, flags, length, sentNs)
                : sent.take(seq, flags, length, sentNs);
    }

    void releaseSegment(int segment) {
        if (segment != ownSegment()) {
            sent.release(segment);
        }
    }

    /** The row of a segment that lies within the flow's. */
    int ownSegment() {
        return row.sendingRow() + Flow.SEGMENT;
    }

    /**
     * The size of a full segment. Linux makes none larger than half the largest window offered, so that a window takes two:
     * tcp_bound_to_half_wnd(), include/net/tcp.h.
     */
    int segmentBytes() {
        int mss = settings().mss;
        if (!settings().keepsWindow) {
            return mss;
        }
        int offered = largestWindow();
        int most = offered > WHOLE_WINDOW_MAX ? offered >> 1 : offered;
        int bounded = most == 0 || mss <= most ? mss : Math.max(most, LEAST_SEGMENT - settings().optionBytes);
        return bounded - sackBytes();
    }

    /** What the selective acknowledgments on a segment sent now take of it: tcp_current_mss(), net/ipv4/tcp_output.c. */
    private int sackBytes() {
        int held = row.reassemblyRow();
        boolean twice = row.isMarked(EndRow.TWICE);
        if ((held == Reassembly.NONE && !twice) || !settings().sack) {
            return 0;
        }
        int blocks = (twice ? 1 : 0) + (held == Reassembly.NONE ? 0 : end.shared.reassembly.count(held));
        return SACK_BYTES + SACK_BLOCK_BYTES * Math.min(blocks, settings().sackBlocksMax);
    }

    /** The largest window that the peer has offered, as far as is remembered. */
    int largestWindow() {
        return Math.max(row.sndWnd(), hasFlow ? flow.get(Flow.OFFERED_MAX) : 0);
    }

    /** The sequence number after the last that the offered window takes. */
    int offeredEnd() {
        return row.sndUna() + row.sndWnd();
    }

    /**
     * Whether the peer has shrunk its window so far that Linux does not send a segment again, unless it is the first and
     * probes the window: __tcp_retransmit_skb(), net/ipv4/tcp_output.c.
     */
    boolean isBeyondWindow(int segment) {
        int seq = sent.seq(segment);
        return settings().keepsWindow && seq != row.sndUna() && Sequence.atLeast(seq, offeredEnd());
    }

    /** How much a full segment counts in the profile's unit. */
    int unit() {
        return settings().unit;
    }

    /** How much a segment counts. */
    int weight(int segment) {
        return settings().countsBytes ? sent.span(segment) : 1;
    }

    /** Microseconds since a segment was last sent. */
    long sinceSentUs(int segment) {
        return (end.nowNs() - sent.sentNs(segment)) / 1_000;
    }

    /** Whether SACK was agreed upon. */
    boolean hasSack() {
        return settings().sack;
    }

    /** The highest sequence number acknowledged selectively; SND.UNA if none is. */
    int highestSack() {
        return !hasSack() || flow.get(Flow.SACKED) == 0 ? row.sndUna() : flow.get(Flow.HIGHEST_SACK);
    }

    /** Sends a segment again. Whether that counts as a retransmission in flight is the caller's to say. */
    void sendAgain(int segment, TcpCount cause) {
        repacking.fit(segment);
        end.count(TcpCount.RETRANSMISSIONS);
        end.count(cause);
        sent.set(segment, SentSegments.RETRANSMITTED);
        int flags = sent.flags(segment) & (Segments.SYN | Segments.FIN | Segments.PSH | Segments.ACK);
        if ((flags & Segments.SYN) != 0) {
            sendSyn(sent.seq(segment), flags & Segments.ACK);
        } else {
            end.send(sent.seq(segment), flags, sent.length(segment));
        }
        sent.sentNs(segment, end.nowNs());
        sent.delivered(segment, flow.get(Flow.DELIVERED));
        flow.add(Flow.RESENT_EVER, 1);
        if (sent.length(segment) > 0) {
            flow.setLong(Flow.LAST_SENT_NS, end.nowNs());
            pacer.sent(sent.length(segment));
        }
    }

    void sendSyn(int iss, int flags) {
        int ack = (flags & Segments.ACK) == 0 ? 0 : row.rcvNxt();
        end.sendSegment(iss, ack, Segments.SYN | flags, 0);
        row.rcvAcked(row.rcvNxt());
    }

    /** Retransmits a segment (RFC 6298, section 5.4). */
    void retransmit(int segment, TcpCount cause) {
        sendAgain(segment, cause);
        sent.set(segment, SentSegments.RESENT);
        flow.add(Flow.RESENT, weight(segment));
        if (flow.firstRetransmissionNs() == Flow.NEVER) {
            flow.setFirstRetransmissionNs(end.nowNs());
        }
        flow.set(Flow.UNDO_RESENT, Math.max(0, flow.get(Flow.UNDO_RESENT)) + 1);
    }

    /** Whether a retransmission is still in flight, or was of the segment that is waited for. */
    boolean anythingResent() {
        int head = flow.get(Flow.HEAD);
        return flow.get(Flow.RESENT) > 0 || (head != SentSegments.NONE && sent.is(head, SentSegments.RETRANSMITTED));
    }

    void forgetFirstRetransmission() {
        flow.setFirstRetransmissionNs(Flow.NEVER);
    }
}

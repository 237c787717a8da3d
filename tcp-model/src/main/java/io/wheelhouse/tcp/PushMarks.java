package io.wheelhouse.tcp;

/**
 * Which segments of new data bear PSH.
 *
 * <p>RFC 9293, section 3.9.1.2, leaves it at the last segment of what there is to send, unless the application says that
 * more is to follow. Linux keeps what is written in
 * buffers of several segments: the end of a write marks the buffer it lies in, a later write that puts more there takes the
 * mark to its own end, if that still fits, and the last segment cut from a marked buffer bears PSH. A full buffer is also marked when more
 * than half the largest window offered lies between it and the mark before.
 *
 * <p>Marks of full buffers that wait to be sent stand in the sender's row, at most {@link #MAX}; beyond that the oldest is
 * merged into the next, which costs it its PSH. Those inside a large write follow from a buffer's size, and take no room.
 * Cost O(1).
 *
 * <p>Source: the behaviour of tcp_sendmsg_locked(), tcp_push(), forced_push(), tcp_xmit_size_goal() in net/ipv4/tcp.c and
 * tso_fragment() in tcp_output.c, Linux 6.18.
 */
final class PushMarks {
    /** Marks that a sender's row holds. */
    static final int MAX = 4;

    /** What a buffer holds at most: GSO_LEGACY_MAX_SIZE less the room for headers. */
    private static final int BUFFER_MAX = 65_215;
    /** Sequence numbers compare only this near: the marks of what lies further ahead are merged. */
    private static final long AHEAD_MAX = 1 << 30;

    private final SendContext of;
    private final EndRow row;
    private final Flow flow;

    PushMarks(SendContext of) {
        this.of = of;
        this.row = of.row;
        this.flow = of.flow;
    }

    private boolean isOff() {
        return !of.settings().keepsWindow;
    }

    /** Half the largest window offered; at least a segment, which Linux never makes larger than that. */
    private int halfWindow() {
        return Math.max(of.segmentBytes(), of.largestWindow() >>> 1);
    }

    /** The size of a full buffer: whole segments, at least one. */
    int bufferBytes() {
        int mss = of.segmentBytes();
        return Math.max(mss, Math.min(BUFFER_MAX, halfWindow()) / mss * mss);
    }

    /**
     * The application has written, and nothing of it has been sent.
     *
     * @param more whether the end of this write is not worth a mark, since more is to follow
     */
    void written(long unsentBefore, long bytes, boolean more) {
        int next = row.sndNxt();
        if (more) {
            row.set(EndRow.MORE_COMES);
        } else {
            row.clear(EndRow.MORE_COMES);
        }
        if (isOff() || unsentBefore + bytes > AHEAD_MAX) {
            return;
        }
        int writeEnd = next + (int) (unsentBefore + bytes);
        if (unsentBefore == 0) {
            flow.set(Flow.BUFFER_START, next);
            flow.set(Flow.MARKS, 0);
            if (!more) {
                add(writeEnd);
            }
            return;
        }
        int tailEnd = next + (int) unsentBefore;
        int full = tailStart(tailEnd) + bufferBytes();
        boolean fits = Sequence.atLeast(full, writeEnd);
        if (isMarked(tailEnd) && Sequence.greaterThan(full, tailEnd)) {
            if (fits) {
                moveLast(writeEnd);
            } else {
                // what is put behind a marked end takes the mark away, and the buffer's own end gets none
                flow.set(Flow.PUSHED, tailEnd);
                flow.add(Flow.MARKS, -1);
            }
        }
        if (!more && !isMarked(writeEnd)) {
            add(writeEnd);
        }
    }

    private boolean isMarked(int end) {
        int count = flow.get(Flow.MARKS);
        return count > 0 && flow.get(Flow.FIRST_MARK + count - 1) == end;
    }

    /** A write has been sent as far as it may: what is left of its first buffer has room for as much again. */
    void firstSent() {
        if (Sequence.greaterThan(row.sndNxt(), flow.get(Flow.BUFFER_START))) {
            flow.set(Flow.BUFFER_START, row.sndNxt());
        }
    }

    /** Where the buffer begins that ends what is written: what was sent has been cut off. */
    private int tailStart(int tailEnd) {
        int size = bufferBytes();
        int start = flow.get(Flow.BUFFER_START);
        int before = Math.max(0, tailEnd - start - 1) / size;
        int tail = start + before * size;
        return Sequence.greaterThan(row.sndNxt(), tail) ? row.sndNxt() : tail;
    }

    private void moveLast(int end) {
        flow.set(Flow.FIRST_MARK + flow.get(Flow.MARKS) - 1, end);
    }

    private void add(int end) {
        int count = flow.get(Flow.MARKS);
        if (count == MAX) {
            removeFirst();
            count--;
        }
        flow.set(Flow.FIRST_MARK + count, end);
        flow.set(Flow.MARKS, count + 1);
    }

    private void removeFirst() {
        int count = flow.get(Flow.MARKS) - 1;
        for (int mark = 0; mark < count; mark++) {
            flow.set(Flow.FIRST_MARK + mark, flow.get(Flow.FIRST_MARK + mark + 1));
        }
        flow.set(Flow.MARKS, count);
    }

    /** Whether a segment of new data bears PSH; takes note of it. */
    boolean take(int seq, int length, boolean last) {
        if (length == 0 || isOff()) {
            return length > 0 && last && !row.is(EndRow.MORE_COMES);
        }
        int end = seq + length;
        boolean marked = last && !row.is(EndRow.MORE_COMES);
        // at most MAX
        while (flow.get(Flow.MARKS) > 0 && Sequence.atMost(flow.get(Flow.FIRST_MARK), end)) {
            marked |= Sequence.greaterThan(flow.get(Flow.FIRST_MARK), seq);
            removeFirst();
        }
        marked |= fillsBuffer(end) && end - flow.get(Flow.PUSHED) > halfWindow();
        if (marked) {
            flow.set(Flow.PUSHED, end);
        }
        return marked;
    }

    /** Whether a segment ends a full buffer, from which the next are then counted. */
    private boolean fillsBuffer(int end) {
        int ahead = end - flow.get(Flow.BUFFER_START);
        if (ahead < of.segmentBytes()) {
            return false;
        }
        int size = bufferBytes();
        if (ahead < size) {
            return false;
        }
        flow.set(Flow.BUFFER_START, end - ahead % size);
        return true;
    }
}

package io.wheelhouse.tcp;

/**
 * The receiving half of an end: puts data in order, delivers it, and sees to its acknowledgment (RFC 9293, section
 * 3.10.7.4). While the application pauses, what is in order waits in the receive buffer, and the window closes.
 */
final class Receiver {
    private final EndContext end;
    private final EndRow row;
    private final Reassembly reassembly;

    Receiver(EndContext end) {
        this.end = end;
        this.row = end.row;
        this.reassembly = end.shared.reassembly;
    }

    /** Whether data is missing before some that has arrived. */
    boolean hasGaps() {
        return row.reassemblyRow() != Reassembly.NONE;
    }

    /**
     * Takes in the data and the FIN of an acceptable segment, trimmed to the window.
     *
     * @return whether the peer's FIN is now in order
     */
    boolean accept(int seq, int length, boolean fin, boolean pushed) {
        int next = row.rcvNxt();
        int from = Sequence.lessThan(seq, next) ? next : seq;
        int dataEnd = seq + length;
        int to = dataEnd + (fin ? 1 : 0);
        int rightEdge = next + end.standingWindow();
        if (Sequence.greaterThan(to, rightEdge) && !end.settings().windowRule.takesWhole()) {
            to = rightEdge;
            dataEnd = Sequence.lessThan(to, dataEnd) ? to : dataEnd;
        }
        boolean hasFin = fin && Sequence.lessThan(dataEnd, to);
        if (Sequence.lessThan(seq, next)) {
            arrivedAgain(seq, Sequence.lessThan(dataEnd, next) ? dataEnd : next);
            if (end.settings().dsack && !end.settings().closesLikeLinux) {
                // the next segment in order tells nothing of it: tcp_do_segment() of FreeBSD 14, tcp_input.c
                row.set(EndRow.ACK_SCHEDULED | EndRow.ACK_NOW);
            }
        }
        if (contradictsFin(to, hasFin)) {
            if (!end.settings().closesLikeLinux || !hasFin || Sequence.greaterThan(from, next)) {
                return false;
            }
            // tcp_fin(), net/ipv4/tcp_input.c: a FIN in order stands, and what is held beyond it is dropped
            close();
        }
        if (Sequence.greaterThan(from, next)) {
            if (length > 0) {
                end.settings().acks.dataArrivedEarly(end, length, pushed || fin);
            }
            acceptOutOfOrder(from, to, hasFin, dataEnd);
            return false;
        }
        int newData = Math.max(0, dataEnd - next);
        row.rcvNxt(to);
        boolean finInOrder = hasFin;
        int gapsData = 0;
        if (hasGaps()) {
            if (Sequence.atLeast(seq, next)) {
                reportOverlap(row.reassemblyRow(), from, to);
            }
            finInOrder |= fillGaps();
            gapsData = row.rcvNxt() - to - (finInOrder && !hasFin ? 1 : 0);
        }
        if (newData + gapsData > 0) {
            end.settings().acks.dataArrived(end, length, pushed || fin);
            if (row.isMarked(EndRow.PAUSED)) {
                keep(newData + gapsData);
            } else {
                deliver(newData + gapsData);
            }
        }
        return finInOrder;
    }

    /** Whether nothing is held, kept or told but what arrives in order. */
    boolean isPlain() {
        return row.coldRow() == ColdRows.NONE;
    }

    /** Takes in the data of a segment in order that the window has room for, where all {@linkplain #isPlain is plain}. */
    void acceptExpected(ArrivedSegment segment) {
        row.rcvNxt(segment.seq + segment.length);
        end.settings().acks.dataArrived(end, segment.length, segment.has(Segments.PSH));
        deliver(segment.length);
    }

    private void deliver(int bytes) {
        end.tellDelivered(bytes);
        end.count(TcpCount.BYTES_DELIVERED, TcpCount.BYTES_DELIVERED_OUTSIDE, bytes);
    }

    // ---- the receive buffer and its window

    private void keep(int bytes) {
        int cold = row.madeColdRow();
        row.cold().unread(cold, row.cold().unread(cold) + bytes);
    }

    void pause() {
        if (!row.isMarked(EndRow.EDGE_KEPT)) {
            row.cold().rightEdge(row.madeColdRow(), row.rcvNxt() + end.standingWindow());
        }
        row.mark(EndRow.PAUSED | EndRow.EDGE_KEPT);
    }

    void resume() {
        row.unmark(EndRow.PAUSED);
        read(row.unread());
    }

    /** The application reads: what it takes makes room, and the peer is told of it if it is enough to be worth it. */
    int read(int bytes) {
        int taken = Math.min(bytes, row.unread());
        if (taken <= 0) {
            return 0;
        }
        int cold = row.madeColdRow();
        row.cold().unread(cold, row.cold().unread(cold) - taken);
        deliver(taken);
        EndSettings settings = end.settings();
        int standing = end.standingWindow();
        int offered = end.openWindow(standing);
        if (row.state().mayReceive()
                && settings.windowRule.isWorthTelling(offered, standing, end.window(), settings.mss)) {
            end.sendAck();
        }
        return taken;
    }

    /** A segment has arrived of which nothing is new, or nothing that has room. */
    void segmentArrivedAgain(int seq, int length, int span) {
        int past = seq + length;
        arrivedAgain(seq, Sequence.lessThan(past, row.rcvNxt()) ? past : row.rcvNxt());
        end.settings().acks.dataArrivedAgain(end);
        if (Sequence.atLeast(seq + span, row.rcvAcked())) {
            // nearer than the last acknowledgment: it counts as one of the quick ones
            row.set(EndRow.ACK_SCHEDULED);
        }
    }

    /** Numbers [from, to) have arrived a second time: the next acknowledgment tells it (RFC 2883). */
    void arrivedAgain(int from, int to) {
        if (end.settings().dsack && Sequence.lessThan(from, to)) {
            row.cold().twice(row.madeColdRow(), from, to);
            row.mark(EndRow.TWICE);
        }
    }

    /** What numbers [from, to) have in common with the first range held that they touch upon has arrived again. */
    private void reportOverlap(int held, int from, int to) {
        for (int range = 0; range < reassembly.count(held); range++) {
            int first = Sequence.greaterThan(reassembly.from(held, range), from) ? reassembly.from(held, range) : from;
            int past = Sequence.lessThan(reassembly.to(held, range), to) ? reassembly.to(held, range) : to;
            if (Sequence.lessThan(first, past)) {
                arrivedAgain(first, past);
                return;
            }
        }
    }

    /** Nothing follows a FIN: what would is not the peer's. */
    private boolean contradictsFin(int to, boolean hasFin) {
        int held = row.reassemblyRow();
        if (held == Reassembly.NONE) {
            return false;
        }
        boolean beyondFin = reassembly.hasFin(held) && Sequence.greaterThan(to, reassembly.finAt(held) + 1);
        int ranges = reassembly.count(held);
        return beyondFin || (hasFin && Sequence.greaterThan(reassembly.to(held, ranges - 1), to));
    }

    private void acceptOutOfOrder(int from, int to, boolean fin, int finAt) {
        int held = row.reassemblyRow();
        if (held == Reassembly.NONE) {
            held = reassembly.take();
            row.reassemblyRow(held);
        }
        reportOverlap(held, from, to);
        if (reassembly.add(held, from, to)) {
            if (fin) {
                reassembly.fin(held, finAt);
            }
        } else {
            end.count(TcpCount.REASSEMBLY_OVERFLOWS);
        }
        // RFC 5681, section 4.2: a duplicate acknowledgment at once
        row.set(EndRow.ACK_SCHEDULED | EndRow.ACK_NOW);
    }

    /** What arrived in order reaches data held: RCV.NXT goes on behind it. */
    private boolean fillGaps() {
        int held = row.reassemblyRow();
        row.rcvNxt(reassembly.absorb(held, row.rcvNxt()));
        boolean finInOrder = reassembly.hasFin(held) && Sequence.lessThan(reassembly.finAt(held), row.rcvNxt());
        if (reassembly.count(held) == 0) {
            // RFC 5681, section 4.2: an acknowledgment at once when a gap is filled
            row.set(EndRow.ACK_SCHEDULED | EndRow.ACK_NOW);
            close();
        }
        return finInOrder;
    }

    /** Forgets what arrived out of order. */
    void close() {
        int held = row.reassemblyRow();
        if (held != Reassembly.NONE) {
            reassembly.release(held);
            row.reassemblyRow(Reassembly.NONE);
        }
    }
}

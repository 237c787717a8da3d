package io.wheelhouse.tcp;

/** The receiving half of an end: puts data in order, delivers it, and sees to its acknowledgment (RFC 9293, 3.10.7.4). */
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
        if (Sequence.greaterThan(to, next + end.settings().window)) {
            to = next + end.settings().window;
            dataEnd = to;
        }
        boolean hasFin = fin && Sequence.lessThan(dataEnd, to);
        if (contradictsFin(to, hasFin)) {
            return false;
        }
        if (Sequence.greaterThan(from, next)) {
            acceptOutOfOrder(from, to, hasFin, dataEnd);
            return false;
        }
        int newData = Math.max(0, dataEnd - next);
        row.rcvNxt(to);
        boolean finInOrder = hasFin;
        int gapsData = 0;
        if (hasGaps()) {
            finInOrder |= fillGaps();
            gapsData = row.rcvNxt() - to - (finInOrder && !hasFin ? 1 : 0);
        }
        if (newData + gapsData > 0) {
            end.settings().acks.dataArrived(end, newData, pushed);
            end.tellDelivered(newData + gapsData);
            end.count(TcpCount.BYTES_DELIVERED, TcpCount.BYTES_DELIVERED_OUTSIDE, newData + gapsData);
        }
        return finInOrder;
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

package io.wheelhouse.tcp;

/**
 * Packs all that a connection is into bytes and back, without loss: its row; and of each end whose {@link Flow} has nothing
 * to send and nothing under way, that flow. A packed row says of such an end, in place
 * of the number of its flow, that the flow follows.
 *
 * <p>Thread: the bucket's owner. Cost: O(ints of what is packed).
 */
final class ConnectionPacker {
    /** In place of a number plus 1 where what it names follows. */
    private static final int FOLLOWS = -1;

    private final ConnectionLayout layout;
    private final byte[] bytes;
    private final int[] ends;
    private final int[] flows;
    private final SendRows sending;
    private final AtHand at;

    ConnectionPacker(ConnectionLayout layout, SendRows sending, AtHand at) {
        this.layout = layout;
        this.sending = sending;
        this.at = at;
        ends = new int[] {layout.localEnd, layout.remoteEnd};
        flows = new int[ends.length];
        int bytesOfEnds = ends.length * layout.flowPacker.bytesMax();
        bytes = new byte[layout.packer.bytesMax() + bytesOfEnds];
    }

    /**
     * Packs a connection, and gives back what then is in its bytes alone, if there is room for those.
     *
     * @return the handle of the packed row, or {@link PackedRows#NONE}: then all is as it was
     */
    int pack(int connection, int[] ints, int base) {
        for (int end = 0; end < ends.length; end++) {
            int flow = base + ends[end] + EndInts.SENDING;
            flows[end] = atRest(ints[flow] - 1);
            ints[flow] = flows[end] == IntRows.NONE ? ints[flow] : FOLLOWS;
        }
        int length = layout.packer.pack(ints, base, bytes, 0);
        for (int end = 0; end < ends.length; end++) {
            length = flows[end] == IntRows.NONE ? length : packFlow(flows[end], length);
        }
        int handle = at.rows.packed.add(connection, bytes, length);
        for (int end = 0; end < ends.length; end++) {
            if (flows[end] == IntRows.NONE) {
                continue;
            }
            if (handle == PackedRows.NONE) {
                ints[base + ends[end] + EndInts.SENDING] = flows[end] + 1;
            } else {
                sending.release(flows[end]);
            }
        }
        return handle;
    }

    private int atRest(int flow) {
        return flow != IntRows.NONE
                        && sending.get(flow, Flow.HEAD) == SentSegments.NONE
                        && sending.getLong(flow, Flow.UNSENT) == 0
                ? flow
                : IntRows.NONE;
    }

    private int packFlow(int flow, int to) {
        sending.forgetSegment(flow);
        return layout.flowPacker.pack(sending.piece(flow), sending.base(flow), bytes, to);
    }

    /** Unpacks the row alone, for reading. */
    void peek(int handle, int[] ints) {
        layout.packer.unpack(at.rows.packed.piece(handle), at.rows.packed.base(handle), ints, 0);
    }

    /** Unpacks a connection whose packed row goes. */
    void unpack(int handle, int[] ints, int base) {
        byte[] packed = at.rows.packed.piece(handle);
        int from = layout.packer.unpack(packed, at.rows.packed.base(handle), ints, base);
        for (int end : ends) {
            if (ints[base + end + EndInts.SENDING] == FOLLOWS) {
                int flow = sending.takeAnyhow();
                ints[base + end + EndInts.SENDING] = flow + 1;
                from = layout.flowPacker.unpack(packed, from, sending.piece(flow), sending.base(flow));
            }
        }
    }
}

package io.wheelhouse.tcp;

/**
 * Packs all that a connection is into bytes and back, without loss: its row; and of each end whose {@link Flow} has nothing
 * to send and nothing under way, that flow and what its congestion control keeps. A packed row says of such an end, in place
 * of the number of its flow, that the flow follows; the flow says so of its congestion control.
 *
 * <p>Thread: the bucket's owner. Cost: O(ints of what is packed).
 */
final class ConnectionPacker {
    /** In place of a number plus 1 where what it names follows; of a number, where that is kept. */
    private static final int FOLLOWS = -1;

    private final ConnectionLayout layout;
    private final byte[] bytes;
    private final int[] ends;
    private final int[] flows;
    private final int[] controls;
    private BucketRows rows;

    ConnectionPacker(ConnectionLayout layout, BucketRows rows) {
        this.layout = layout;
        this.rows = rows;
        ends = new int[] {layout.localEnd, layout.remoteEnd};
        flows = new int[ends.length];
        controls = new int[ends.length];
        int bytesOfEnds = ends.length * (layout.flowPacker.bytesMax() + layout.controlPacker.bytesMax());
        bytes = new byte[layout.packer.bytesMax() + bytesOfEnds];
    }

    void bind(BucketRows bucketRows) {
        rows = bucketRows;
    }

    /**
     * Packs a connection, and gives back what then is in its bytes alone, if there is room for those.
     *
     * @return the handle of the packed row, or {@link PackedRows#NONE}: then all is as it was
     */
    int pack(int connection, int[] ints, int base) {
        for (int end = 0; end < ends.length; end++) {
            int sending = base + ends[end] + EndInts.SENDING;
            flows[end] = atRest(ints[sending] - 1);
            ints[sending] = flows[end] == IntRows.NONE ? ints[sending] : FOLLOWS;
        }
        int length = layout.packer.pack(ints, base, bytes, 0);
        for (int end = 0; end < ends.length; end++) {
            length = flows[end] == IntRows.NONE ? length : packFlow(end, length);
        }
        int handle = rows.packed.add(connection, bytes, length);
        for (int end = 0; end < ends.length; end++) {
            if (flows[end] == IntRows.NONE) {
                continue;
            }
            rows.sending.set(flows[end], Flow.CONTROL, controls[end]);
            if (handle == PackedRows.NONE) {
                ints[base + ends[end] + EndInts.SENDING] = flows[end] + 1;
            } else {
                release(flows[end], controls[end]);
            }
        }
        return handle;
    }

    private int atRest(int flow) {
        return flow != IntRows.NONE
                        && rows.sending.get(flow, Flow.HEAD) == SentSegments.NONE
                        && rows.sending.getLong(flow, Flow.UNSENT) == 0
                ? flow
                : IntRows.NONE;
    }

    private int packFlow(int end, int at) {
        int flow = flows[end];
        int control = rows.sending.get(flow, Flow.CONTROL);
        controls[end] = control;
        if (control == IntRows.NONE) {
            return layout.flowPacker.pack(rows.sending.piece(flow), rows.sending.base(flow), bytes, at);
        }
        rows.sending.set(flow, Flow.CONTROL, 0);
        int behind = layout.flowPacker.pack(rows.sending.piece(flow), rows.sending.base(flow), bytes, at);
        return layout.controlPacker.pack(rows.controls.piece(control), rows.controls.base(control), bytes, behind);
    }

    private void release(int flow, int control) {
        if (control != IntRows.NONE) {
            rows.controls.release(control);
        }
        rows.sending.release(flow);
    }

    /** Unpacks the row alone, for reading. */
    void peek(int handle, int[] ints) {
        layout.packer.unpack(rows.packed.piece(handle), rows.packed.base(handle), ints, 0);
    }

    /** Unpacks a connection whose packed row goes. */
    void unpack(int handle, int[] ints, int base) {
        byte[] packed = rows.packed.piece(handle);
        int at = layout.packer.unpack(packed, rows.packed.base(handle), ints, base);
        for (int end : ends) {
            if (ints[base + end + EndInts.SENDING] == FOLLOWS) {
                int flow = rows.sending.takeAnyhow();
                ints[base + end + EndInts.SENDING] = flow + 1;
                at = unpackFlow(flow, packed, at);
            }
        }
    }

    private int unpackFlow(int flow, byte[] packed, int at) {
        int behind = layout.flowPacker.unpack(packed, at, rows.sending.piece(flow), rows.sending.base(flow));
        if (rows.sending.get(flow, Flow.CONTROL) == IntRows.NONE) {
            return behind;
        }
        int control = rows.controls.takeAnyhow();
        rows.sending.set(flow, Flow.CONTROL, control);
        return layout.controlPacker.unpack(packed, behind, rows.controls.piece(control), rows.controls.base(control));
    }
}

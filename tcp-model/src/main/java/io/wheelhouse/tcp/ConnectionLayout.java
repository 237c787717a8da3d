package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Where the parts of a connection's row lie: its own ints, the local end, the remote end, each end followed by its
 * estimator's ints. The same for all buckets.
 */
final class ConnectionLayout {
    /** Ints of a row before its ends. */
    static final int OWN_INTS = 18;

    final int localEnd = OWN_INTS;
    final int remoteEnd;

    /** Ints of a row. */
    final int ints;

    final RowPacker packer;

    /**
     * @param localEstimatorInts the most ints that an estimator of the processor's side needs
     * @param remoteEstimatorInts the most ints that one of the far end needs
     */
    ConnectionLayout(int localEstimatorInts, int remoteEstimatorInts) {
        remoteEnd = localEnd + EndRow.FIXED_INTS + localEstimatorInts;
        ints = remoteEnd + EndRow.FIXED_INTS + remoteEstimatorInts;
        int[] likely = new int[ints];
        Arrays.fill(likely, RowPacker.ZERO);
        EndRow.likely(likely, localEnd);
        EndRow.likely(likely, remoteEnd);
        EndRow.likelyOfPeer(likely, localEnd, remoteEnd);
        for (int i = 0; i < Math.min(localEstimatorInts, remoteEstimatorInts); i++) {
            // both ends measure the same round trip
            likely[remoteEnd + EndRow.FIXED_INTS + i] = localEnd + EndRow.FIXED_INTS + i;
        }
        packer = new RowPacker(likely);
    }
}

package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Where the parts of a connection's row lie: the local end, the connection's own ints, the remote end, each end followed by
 * its estimator's ints. The connection's own lie between its ends, so that what an event needs at either end is together.
 * The same for all buckets.
 */
final class ConnectionLayout {
    final int localEnd = 0;
    final int own;
    final int remoteEnd;

    /** Ints of a row. */
    final int ints;

    final RowPacker packer;
    final RowPacker flowPacker;

    /** Ints of a {@link Flow}, with what the congestion control keeps for itself. */
    final int flowInts;

    /** Where that begins. */
    final int control;

    /**
     * @param locals what ends on the processor's side may be set to
     * @param remotes what far ends may be set to
     */
    ConnectionLayout(EndSettings[] locals, EndSettings[] remotes) {
        int localEstimator = localEnd + EndRow.ESTIMATOR;
        own = localEstimator + estimatorInts(locals);
        remoteEnd = own + PathInts.OWN_INTS;
        int remoteEstimator = remoteEnd + EndRow.ESTIMATOR;
        ints = remoteEstimator + estimatorInts(remotes);
        int[] likely = zeros(ints);
        EndRow.likely(likely, localEnd);
        EndRow.likely(likely, remoteEnd);
        EndRow.likelyOfPeer(likely, localEnd, remoteEnd);
        for (int i = 0; i < Math.min(own - localEstimator, ints - remoteEstimator); i++) {
            // both ends measure the same round trip
            likely[remoteEstimator + i] = localEstimator + i;
        }
        PathInts.likely(likely, own);
        likelyOfEstimators(locals, likely, localEnd);
        likelyOfEstimators(remotes, likely, remoteEnd);
        packer = new RowPacker(likely);
        control = anyPaces(locals) || anyPaces(remotes) ? Flow.INTS_PACED : Flow.INTS_UNPACED;
        flowInts = control + Math.max(controlInts(locals), controlInts(remotes));
        flowPacker = new RowPacker(Flow.likely(flowInts));
    }

    private static int[] zeros(int count) {
        int[] likely = new int[count];
        Arrays.fill(likely, RowPacker.ZERO);
        return likely;
    }

    private static boolean anyPaces(EndSettings[] settings) {
        return Arrays.stream(settings).anyMatch(of -> of.paces);
    }

    private static int controlInts(EndSettings[] settings) {
        return Arrays.stream(settings)
                .mapToInt(of -> of.congestion.stateInts())
                .max()
                .orElseThrow();
    }

    private static int estimatorInts(EndSettings[] settings) {
        return Arrays.stream(settings)
                .mapToInt(of -> of.estimator.stateInts())
                .max()
                .orElseThrow();
    }

    private static void likelyOfEstimators(EndSettings[] settings, int[] likely, int end) {
        for (EndSettings of : settings) {
            of.estimator.likely(likely, end + EndRow.ESTIMATOR, end + EndRow.SND_NXT);
        }
    }
}

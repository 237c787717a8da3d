package io.wheelhouse.sim.metrics;

import io.wheelhouse.timer.queue.OperationCounts;

/**
 * What the timer structures of all buckets did, added up. The balance of queue entries is
 * arms + rearms = expiries + cancels + superseded + pending.
 */
public record QueueResult(
        long arms,
        long rearms,
        long cancels,
        long superseded,
        long expiries,
        long pending,
        long refiles,
        long slotVisits,
        long emptyAdvances,
        long clockRegressions) {

    /** Nothing done. */
    public static final QueueResult NONE = new QueueResult(0, 0, 0, 0, 0, 0, 0, 0, 0, 0);

    /** This and what another structure did. */
    public QueueResult plus(OperationCounts counts, long stillPending) {
        return new QueueResult(
                arms + counts.arms(),
                rearms + counts.rearms(),
                cancels + counts.cancels(),
                superseded + counts.superseded(),
                expiries + counts.expiries(),
                pending + stillPending,
                refiles + counts.refiles(),
                slotVisits + counts.slotVisits(),
                emptyAdvances + counts.emptyAdvances(),
                clockRegressions + counts.clockRegressions());
    }
}

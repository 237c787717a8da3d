package io.wheelhouse.sim.engine;

import io.wheelhouse.timer.bucket.BucketListener;
import io.wheelhouse.timer.bucket.QueueDiscipline;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.queue.TimerQueue;
import java.util.List;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets tests look inside a run, and break it: the laws are worth nothing if no run could fail them. Not for use outside
 * tests; the engine runs without one.
 *
 * @param queues wraps each bucket's timer structure
 * @param disciplines wraps each bucket's queue discipline
 * @param listener is told of everything served, from all host threads
 * @param atBarrier is called at each barrier, before the assigner
 */
record Instrumentation(
        UnaryOperator<TimerQueue> queues,
        UnaryOperator<QueueDiscipline> disciplines,
        @Nullable BucketListener listener,
        BarrierHook atBarrier) {

    /** Changes nothing. */
    static final Instrumentation NONE =
            new Instrumentation(UnaryOperator.identity(), UnaryOperator.identity(), null, (atNs, buckets) -> {});

    /** Called at a barrier, where nothing runs. */
    @FunctionalInterface
    interface BarrierHook {
        void at(long atNs, List<TimerBucket> buckets);
    }
}

package io.wheelhouse.sim.live;

import io.wheelhouse.tcp.Application;
import io.wheelhouse.timer.bucket.BucketListener;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * Lets tests look inside a live run, and put applications into it that block, throw or never return. Not for use outside
 * tests; the engine runs without.
 *
 * @param served is told of everything served, on the thread that served it
 * @param applications wraps the application of each group
 * @param endWithinNs how long threads that were told to end are waited for, all together
 */
record LiveHooks(@Nullable BucketListener served, UnaryOperator<Application> applications, long endWithinNs) {
    private static final long END_WITHIN_NS = 1_000_000_000;

    /** Changes nothing. */
    static final LiveHooks NONE = new LiveHooks(null, UnaryOperator.identity(), END_WITHIN_NS);
}

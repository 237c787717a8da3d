package io.wheelhouse.tcp;

import io.wheelhouse.timer.ServiceMeter;
import org.jspecify.annotations.Nullable;

/**
 * The TCP timers of one end: what is armed, and for when, stands in the end's row, so that TCP behaves the same however
 * its timers share the entries of a queue.
 */
abstract class EndTimers {
    private @Nullable EndContext end;

    /** Says whose timers these are. */
    final void belongTo(EndContext owner) {
        end = owner;
    }

    final EndContext end() {
        EndContext bound = end;
        if (bound == null) {
            throw new AssertionError("timers that belong to no end");
        }
        return bound;
    }

    final ServiceMeter meter() {
        ServiceMeter bound = end().meter();
        if (bound == null) {
            throw new AssertionError("the processor's side without a processor");
        }
        return bound;
    }

    /** Arms or re-arms a timer. It takes the place of another one armed in its slot, which is cancelled by that. */
    abstract void arm(TcpTimer timer, long deadlineNs);

    /** Cancels a timer, if it is armed. */
    final void cancel(TcpTimer timer) {
        if (end().row.isArmed(timer)) {
            cancelArmed(timer);
        }
    }

    /** Cancels a timer that is armed. */
    abstract void cancelArmed(TcpTimer timer);

    /** Cancels whatever is armed, and takes every entry out of the queue: the end is closed. */
    abstract void close();
}

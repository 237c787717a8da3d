package io.wheelhouse.sim.metrics;

import java.util.List;

/**
 * What an engine tells while it runs, so that it need not keep what grows with the run. Called at barriers, on one
 * thread, in order of virtual time.
 */
public interface RunListener {

    /** Listens to nothing. */
    RunListener NONE = new RunListener() {};

    /**
     * The policy has been asked.
     *
     * @param meanUtilization U
     * @param totalIndex T
     * @param rows one for each processor, in their order; valid during the call
     */
    default void assignment(long atNs, double meanUtilization, double totalIndex, List<AssignmentRow> rows) {}

    /** A bucket has been moved. */
    default void move(MoveRow move) {}

    /**
     * An output interval is over.
     *
     * @param interval valid during the call
     */
    default void outputInterval(Interval interval) {}

    /** A segment of one of the connections whose segments are saved; in order of time. */
    default void segment(CapturedSegment segment) {}

    /** How far the run is. */
    default void progress(long virtualNs, long durationNs, long events) {}

    /** Tells two listeners, this one first. */
    default RunListener and(RunListener second) {
        RunListener first = this;
        return new RunListener() {
            @Override
            public void assignment(long atNs, double meanUtilization, double totalIndex, List<AssignmentRow> rows) {
                first.assignment(atNs, meanUtilization, totalIndex, rows);
                second.assignment(atNs, meanUtilization, totalIndex, rows);
            }

            @Override
            public void move(MoveRow move) {
                first.move(move);
                second.move(move);
            }

            @Override
            public void outputInterval(Interval interval) {
                first.outputInterval(interval);
                second.outputInterval(interval);
            }

            @Override
            public void segment(CapturedSegment segment) {
                first.segment(segment);
                second.segment(segment);
            }

            @Override
            public void progress(long virtualNs, long durationNs, long events) {
                first.progress(virtualNs, durationNs, events);
                second.progress(virtualNs, durationNs, events);
            }
        };
    }
}

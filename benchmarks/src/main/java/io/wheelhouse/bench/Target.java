package io.wheelhouse.bench;

import io.wheelhouse.bench.structure.Contender;
import io.wheelhouse.bench.work.Size;
import io.wheelhouse.bench.work.Workload;
import java.util.ArrayList;
import java.util.List;

/**
 * One thing the hierarchical wheel is meant to reach.
 *
 * @param name what is measured, for people
 * @param cell where it is measured
 * @param measure how
 * @param other the structure compared with; the wheel itself where there is none
 * @param limit the least, for {@link Measure#TIMES_AS_FAST}, else the most
 */
record Target(String name, Cell cell, Measure measure, Contender other, double limit) {

    /** What is held against the limit. */
    enum Measure {
        /** How many times as long the other structure takes, of the same rounds. */
        TIMES_AS_FAST,
        /** The wheel's operation in yardsticks, of the same rounds. */
        YARDSTICKS,
        /** The wheel's operation in ns, less what the workload itself takes, which the other structure does nothing but. */
        NS_MORE,
        /** Bytes of heap a timer. */
        BYTES_OF_TIMER,
        /** Bytes of heap a timer that the other structure takes more than the wheel. */
        MORE_BYTES_OF_TIMER
    }

    /** One wheel of a million timers, where nothing else is said. */
    private static final Size MILLION = new Size(1, 1_000_000);

    private static final Size TEN_MILLION = new Size(1, 10_000_000);
    private static final Size SMALL_QUEUES = new Size(1_024, 1_000);

    /** That of the machine on which the best wheel in C++ was measured, beside it. */
    private static final double YARDSTICK_OF_CPP_NS = 24;

    /** A handle, a payload object, and a reference to it: what a caller keeps for each timer, and not {@code Timers}. */
    private static final double CALLERS_BYTES = 28;

    /** What "about" one yardstick or one ns may be. */
    private static final double ABOUT_ONE = 1.25;

    /** All, in the order of the report. */
    static List<Target> all() {
        List<Target> all = new ArrayList<>();
        all.addAll(rearm());
        all.addAll(expire());
        all.addAll(mix());
        all.add(new Target(
                "empty tick, less the workload's own",
                million(Workload.EMPTY_TICK),
                Measure.NS_MORE,
                Contender.NOTHING,
                ABOUT_ONE));
        all.addAll(memory());
        return all;
    }

    private static List<Target> rearm() {
        Cell redrawn = million(Workload.REARM_REDRAWN);
        Cell fixed = million(Workload.REARM_FIXED);
        return List.of(
                faster("re-arm", redrawn, Contender.AGRONA, 20),
                faster("re-arm", redrawn, Contender.NETTY, 10),
                faster("re-arm", redrawn, Contender.KAFKA, 22),
                faster("re-arm", redrawn, Contender.PRIORITY_QUEUE, 18),
                faster("re-arm", redrawn, Contender.PRIORITY_QUEUE_PURGED, 18),
                new Target("re-arm, about one yardstick", redrawn, Measure.YARDSTICKS, ours(), ABOUT_ONE),
                ofCpp("re-arm", redrawn, 0.45, 47),
                ofCpp("re-arm, RTO fixed", fixed, 0.30, 38));
    }

    private static List<Target> expire() {
        Cell cell = million(Workload.EXPIRE_10S);
        return List.of(
                faster("expire, over 10 s", cell, Contender.AGRONA, 1.5),
                faster("expire, over 10 s", cell, Contender.NETTY, 4),
                faster("expire, over 10 s", cell, Contender.KAFKA, 4),
                faster("expire, over 10 s", cell, Contender.PRIORITY_QUEUE, 4),
                faster("expire, over 10 s", cell, Contender.SCHEDULED_POOL, 4),
                ofCpp("expire, over 10 s", cell, 0.20, 303));
    }

    private static List<Target> mix() {
        Cell cell = million(Workload.TCP_MIX);
        List<Target> mix = new ArrayList<>();
        for (Contender other : Contender.values()) {
            if (!other.isOurs() && !other.walks() && other != Contender.NOTHING) {
                mix.add(faster("TCP mix", cell, other, 3.5));
            }
        }
        mix.add(ofCpp("TCP mix", cell, 0.40, 180));
        return mix;
    }

    private static List<Target> memory() {
        Cell million = million(Workload.REARM_REDRAWN);
        Cell tenMillion = new Cell(Workload.MEMORY, TEN_MILLION);
        Cell smallQueues = new Cell(Workload.REARM_REDRAWN, SMALL_QUEUES);
        return List.of(
                new Target("bytes a timer", million, Measure.BYTES_OF_TIMER, ours(), 16),
                new Target("bytes a timer", tenMillion, Measure.BYTES_OF_TIMER, ours(), 16),
                new Target("bytes a timer", smallQueues, Measure.BYTES_OF_TIMER, ours(), 24),
                handles(million),
                handles(tenMillion));
    }

    private static Target handles(Cell cell) {
        String name = "handles' bytes more, and 28 the caller's";
        return new Target(name, cell, Measure.MORE_BYTES_OF_TIMER, Contender.HANDLES, 12 + CALLERS_BYTES);
    }

    private static Cell million(Workload workload) {
        return new Cell(workload, MILLION);
    }

    private static Contender ours() {
        return Contender.HIERARCHICAL;
    }

    private static Target faster(String name, Cell cell, Contender other, double times) {
        return new Target(name + ": " + other.key(), cell, Measure.TIMES_AS_FAST, other, times);
    }

    /** Part of what the best wheel in C++ took, in yardsticks, as it is not measured here. */
    private static Target ofCpp(String name, Cell cell, double part, double cppNs) {
        return new Target(name + ", C++ wheel", cell, Measure.YARDSTICKS, ours(), part * cppNs / YARDSTICK_OF_CPP_NS);
    }
}

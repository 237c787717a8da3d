package io.wheelhouse.timer.queue;

import java.util.function.Supplier;

/** The structures that the shared suite runs on, each with the rule it must follow. */
@SuppressWarnings("ImmutableEnumChecker") // the lambdas and rules have no state
enum QueueCase {
    HIERARCHICAL_4MS(() -> HierarchicalWheel.byTick(4_000_000), FiringRule.onTick(4_000_000, true), false),
    HIERARCHICAL_7NS(() -> HierarchicalWheel.byTick(7), FiringRule.onTick(7, true), false),
    HIERARCHICAL_BY_DEADLINE(
            () -> HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS), FiringRule.exact(), true),
    HIERARCHICAL_BY_DEADLINE_1MS(() -> HierarchicalWheel.byDeadline(1_000_000), FiringRule.exact(), true),
    HIERARCHICAL_WATCHING_4MS(
            () -> HierarchicalWheel.watching(4_000_000, false), FiringRule.onTick(4_000_000, true), false),
    HIERARCHICAL_WATCHING_7NS(() -> HierarchicalWheel.watching(7, false), FiringRule.onTick(7, true), false),
    HIERARCHICAL_WATCHING_BY_DEADLINE(
            () -> HierarchicalWheel.watching(HierarchicalWheel.FINE_GRANULE_NS, true), FiringRule.exact(), true),
    COALESCING_250HZ(WheelShape.linux(250)),
    COALESCING_100HZ_PHASE(WheelShape.linux(100).withPhaseNs(7_654_321)),
    COALESCING_SMALL(new WheelShape(5, 1, 3, 10_007, 10_006)),
    COALESCING_ONE_LEVEL(new WheelShape(2, 1, 1, 1, 0)),
    HASHED_4MS(() -> new HashedWheel(512, 4_000_000), FiringRule.onTick(4_000_000, false), true),
    HASHED_3NS(() -> new HashedWheel(60, 3), FiringRule.onTick(3, false), true),
    HEAP(HeapQueue::new, FiringRule.exact(), true),
    SCAN(ScanQueue::new, FiringRule.exact(), true);

    private final Supplier<TimerQueue> maker;
    private final FiringRule rule;
    private final boolean byDeadline;

    QueueCase(Supplier<TimerQueue> maker, FiringRule rule, boolean byDeadline) {
        this.maker = maker;
        this.rule = rule;
        this.byDeadline = byDeadline;
    }

    QueueCase(WheelShape shape) {
        this(() -> new CoalescingWheel(shape), FiringRule.coalescing(shape), false);
    }

    TimerQueue make() {
        return maker.get();
    }

    FiringRule rule() {
        return rule;
    }

    /** Whether timers come by (deadline, number), and not only by the time from which they are handed out. */
    boolean isByDeadline() {
        return byDeadline;
    }
}

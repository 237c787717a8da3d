package io.wheelhouse.timer.queue;

import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;

/** The timer structures by name. */
public enum Structure {
    /** {@link HierarchicalWheel}: exact, whatever the delay. */
    HIERARCHICAL,
    /** {@link CoalescingWheel}: rounds up by level, as Linux does. */
    COALESCING,
    /** {@link HashedWheel}: one level. */
    HASHED,
    /** {@link HeapQueue}: a heap. */
    HEAP,
    /** {@link ScanQueue}: walks every timer on every advance, as BSD did. */
    SCAN;

    /** The name used in scenario files, for example {@code hierarchical}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The structure of that name; an unknown one is an error that lists the names. */
    public static Structure ofKey(String key) {
        for (Structure structure : values()) {
            if (structure.key().equals(key)) {
                return structure;
            }
        }
        String known = Arrays.stream(values()).map(Structure::key).collect(Collectors.joining(", "));
        throw new IllegalArgumentException("unknown timer structure '" + key + "': one of " + known);
    }

    /**
     * An empty queue of this structure.
     *
     * @param shape of the coalescing wheel; the hashed wheel takes its slots and granule; the others ignore it
     * @param tickNs the owner's tick, by which the hierarchical wheel fires; 0 for none: it fires by exact deadline
     */
    public TimerQueue create(WheelShape shape, long tickNs) {
        if (tickNs < 0) {
            throw new IllegalArgumentException("tickNs " + tickNs + " is negative");
        }
        return switch (this) {
            case HIERARCHICAL ->
                tickNs == 0
                        ? HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS)
                        : HierarchicalWheel.byTick(tickNs);
            case COALESCING -> new CoalescingWheel(shape);
            case HASHED -> new HashedWheel(shape.slots(), shape.granuleNs());
            case HEAP -> new HeapQueue();
            case SCAN -> new ScanQueue();
        };
    }
}

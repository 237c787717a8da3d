package io.wheelhouse.sim.scenario;

import io.wheelhouse.sim.scenario.TimerSpec.Entries;
import io.wheelhouse.sim.scenario.TimerSpec.Shape;
import io.wheelhouse.sim.scenario.TimerSpec.Structure;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import org.jspecify.annotations.Nullable;

/** The keys of {@code timers}. */
final class TimerTable {
    private static final int MAX_SLOTS = 65_536;
    private static final int MAX_SHIFT = 16;
    private static final int MAX_LEVELS = 16;
    private static final int MAX_GRANULE_BITS = 61;
    private static final long USUAL_GRANULE_NS = 1_000_000;

    /** Slots, shift and levels of the exact wheel, which has no others. */
    private static final int EXACT_SLOTS = 64;

    private static final int EXACT_SHIFT = 6;
    private static final int EXACT_LEVELS = 11;

    private TimerTable() {}

    private static final Key<Structure> STRUCTURE = Key.optional(
            "structure",
            Types.oneOf("a timer structure", scope -> scope.catalogs().structures(), Types::key),
            Structure.HIERARCHICAL,
            "what keeps the timers");
    private static final Key<Integer> SLOTS = Key.derived(
            "slots",
            Types.count(2, MAX_SLOTS),
            scope -> isCoalescing(scope) ? Integer.valueOf(64) : Integer.valueOf(EXACT_SLOTS),
            "slots a level");
    private static final Key<Integer> SHIFT = Key.derived(
            "shift",
            Types.count(1, MAX_SHIFT),
            scope -> isCoalescing(scope) ? Integer.valueOf(3) : Integer.valueOf(EXACT_SHIFT),
            "a level's granule is 2^shift granules of the level below");
    private static final Key<Integer> LEVELS = Key.derived(
            "levels",
            Types.count(1, MAX_LEVELS),
            scope -> isCoalescing(scope) ? Integer.valueOf(9) : Integer.valueOf(EXACT_LEVELS),
            "how many levels");
    private static final Key<Long> GRANULE = Key.derived(
            "granule",
            Types.duration(1),
            TimerTable::usualGranuleNs,
            "resolution of the lowest level; if absent the host's tick, and without a tick 1024ns (coalescing: 1ms)");
    private static final Key<Long> PHASE =
            Key.optional("phase", Types.duration(0), 0L, "how long the wheel's clock has been running at time 0");

    private static final MappingType<Shape> SHAPE_TYPE = MappingType.<Shape>of("shape")
            .key(SLOTS, Shape::slots)
            .key(SHIFT, Shape::shift)
            .key(LEVELS, Shape::levels)
            .key(GRANULE, Shape::granuleNs)
            .key(PHASE, Shape::phaseNs)
            .check(TimerTable::checkReach)
            .make(scope -> new Shape(
                    scope.get(SLOTS), scope.get(SHIFT), scope.get(LEVELS), scope.get(GRANULE), scope.get(PHASE)));

    private static final Key<Shape> SHAPE =
            Key.section("shape", SHAPE_TYPE, "the measures of the structure; each takes those that it has");
    private static final Key<Entries> ENTRIES = Key.optional(
            "entries",
            Types.oneOf("a kind of entry", Entries.class),
            Entries.AS_STACK,
            "what becomes one entry of the structure");

    static final MappingType<TimerSpec> TYPE = MappingType.<TimerSpec>of("timers")
            .key(STRUCTURE, TimerSpec::structure)
            .key(SHAPE, TimerSpec::shape)
            .key(ENTRIES, TimerSpec::entries)
            .make(scope -> new TimerSpec(scope.get(STRUCTURE), scope.get(SHAPE), scope.get(ENTRIES)));

    private static boolean isCoalescing(Scope scope) {
        return scope.find(STRUCTURE) == Structure.COALESCING;
    }

    private static @Nullable Long usualGranuleNs(Scope scope) {
        Host host = scope.find(ScenarioTable.HOST);
        if (host == null) {
            return null;
        }
        if (host.tickNs() != Host.NO_TICK) {
            return host.tickNs();
        }
        return isCoalescing(scope) ? USUAL_GRANULE_NS : HierarchicalWheel.FINE_GRANULE_NS;
    }

    /** The last level's granule must leave room for sums in 64 bits. */
    private static void checkReach(Scope scope) {
        Integer shift = scope.find(SHIFT);
        Integer levels = scope.find(LEVELS);
        Long granuleNs = scope.find(GRANULE);
        if (!isCoalescing(scope) || shift == null || levels == null || granuleNs == null) {
            return;
        }
        int bits = shift * (levels - 1);
        if (bits >= MAX_GRANULE_BITS || granuleNs > 1L << (MAX_GRANULE_BITS - bits)) {
            String message =
                    levels + " levels of shift " + shift + " reach beyond what 64 bits of nanoseconds can count";
            scope.problem(scope.at(LEVELS), message);
        }
    }
}

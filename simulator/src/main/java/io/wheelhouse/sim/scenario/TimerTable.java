package io.wheelhouse.sim.scenario;

import io.wheelhouse.sim.scenario.TimerSpec.Entries;
import io.wheelhouse.sim.scenario.TimerSpec.Shape;
import io.wheelhouse.sim.scenario.TimerSpec.Structure;
import org.jspecify.annotations.Nullable;

/** The keys of {@code timers}. */
final class TimerTable {
    private static final int MAX_SLOTS = 65_536;
    private static final int MAX_SHIFT = 16;
    private static final int MAX_LEVELS = 16;
    private static final int GRANULE_SHIFT_BITS = 62;
    private static final long USUAL_GRANULE_NS = 1_000_000;
    private static final long FINE_GRANULE_NS = 1_000;

    private TimerTable() {}

    private static final Key<Structure> STRUCTURE = Key.optional(
            "structure",
            Types.oneOf("a timer structure", scope -> scope.catalogs().structures(), Types::key),
            Structure.HIERARCHICAL,
            "what keeps the timers");
    private static final Key<Integer> SLOTS = Key.derived(
            "slots",
            Types.count(2, MAX_SLOTS),
            scope -> isCoalescing(scope) ? Integer.valueOf(64) : Integer.valueOf(256),
            "slots a level; a power of two for coalescing");
    private static final Key<Integer> SHIFT = Key.derived(
            "shift",
            Types.count(1, MAX_SHIFT),
            scope -> isCoalescing(scope) ? Integer.valueOf(3) : Integer.valueOf(8),
            "a level's granule is 2^shift granules of the level below");
    private static final Key<Integer> LEVELS = Key.derived(
            "levels",
            Types.count(1, MAX_LEVELS),
            scope -> isCoalescing(scope) ? Integer.valueOf(9) : Integer.valueOf(4),
            "how many levels");
    private static final Key<Long> GRANULE = Key.derived(
            "granule",
            Types.duration(1),
            TimerTable::usualGranuleNs,
            "resolution of the lowest level; if absent the host's tick, and without a tick 1us (coalescing: 1ms)");
    private static final Key<Long> PHASE =
            Key.optional("phase", Types.duration(0), 0L, "how far the structure's own time is ahead of the run's");

    private static final MappingType<Shape> SHAPE_TYPE = MappingType.<Shape>of("shape")
            .key(SLOTS, Shape::slots)
            .key(SHIFT, Shape::shift)
            .key(LEVELS, Shape::levels)
            .key(GRANULE, Shape::granuleNs)
            .key(PHASE, Shape::phaseNs)
            .check(TimerTable::checkCoalescing)
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
        return isCoalescing(scope) ? USUAL_GRANULE_NS : FINE_GRANULE_NS;
    }

    private static void checkCoalescing(Scope scope) {
        Integer slots = scope.find(SLOTS);
        Integer shift = scope.find(SHIFT);
        Integer levels = scope.find(LEVELS);
        Long granuleNs = scope.find(GRANULE);
        if (!isCoalescing(scope) || slots == null || shift == null || levels == null || granuleNs == null) {
            return;
        }
        if (Integer.bitCount(slots) != 1) {
            int below = Integer.highestOneBit(slots);
            scope.problem(
                    scope.at(SLOTS),
                    "slots (" + slots + ") must be a power of two for a coalescing wheel, such as " + below);
        } else if (slots < 1 << shift) {
            scope.problem(
                    scope.at(SHIFT),
                    "shift (" + shift + ") is too large for " + slots + " slots: a level would not reach the next");
        }
        int granuleBits = Long.SIZE - Long.numberOfLeadingZeros(granuleNs);
        if (granuleBits + shift * (levels - 1) + Integer.numberOfTrailingZeros(slots) > GRANULE_SHIFT_BITS) {
            scope.problem(
                    scope.at(LEVELS), levels + " levels of shift " + shift + " reach beyond what 64 bits can count");
        }
    }
}

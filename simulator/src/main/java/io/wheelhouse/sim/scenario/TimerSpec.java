package io.wheelhouse.sim.scenario;

import java.util.Objects;

/**
 * The structure that keeps the timers.
 *
 * @param entries what becomes one entry of the structure
 */
public record TimerSpec(Structure structure, Shape shape, Entries entries) {

    /** The kinds of timer structure. */
    public enum Structure {
        /** Wheels in levels, exact: fires on the very tick. */
        HIERARCHICAL,
        /** Wheels in levels without cascade: rounds up by level, as Linux does since 4.8. */
        COALESCING,
        /** One wheel, with rounds. */
        HASHED,
        /** A priority queue. */
        HEAP,
        /** No structure: every tick looks at every connection, as BSD did. */
        SCAN
    }

    /** What becomes one entry of the structure. */
    public enum Entries {
        /** Each TCP timer is an entry. */
        PER_TIMER,
        /** One entry a connection, holding the earliest of its timers. */
        PER_CONNECTION,
        /** As the profile's stack shares them. */
        AS_STACK
    }

    /**
     * The measures of a structure; each structure takes those that it has.
     *
     * @param slots slots a level
     * @param shift a level's granule is 2^shift granules of the level below
     * @param levels how many levels
     * @param granuleNs the resolution of the lowest level
     * @param phaseNs how long before time 0 a granule began, less than a granule
     */
    public record Shape(int slots, int shift, int levels, long granuleNs, long phaseNs) {
        public Shape {
            Check.that(slots > 0, "slots", slots);
            Check.that(shift > 0, "shift", shift);
            Check.that(levels > 0, "levels", levels);
            Check.that(granuleNs > 0, "granuleNs", granuleNs);
            Check.that(phaseNs >= 0 && phaseNs < granuleNs, "phaseNs", phaseNs);
        }
    }

    public TimerSpec {
        Objects.requireNonNull(structure, "structure");
        Objects.requireNonNull(shape, "shape");
        Objects.requireNonNull(entries, "entries");
    }
}

package io.wheelhouse.sim.scenario;

import java.util.Objects;

/**
 * What the output folder holds.
 *
 * @param intervalNs the time that one row of the time series stands for
 * @param segments of which connections the segments are saved
 */
public record OutputSpec(long intervalNs, Segments segments) {

    /**
     * A choice of connections, the same in each group.
     *
     * @param first so many of the first of a group
     * @param every one in so many of a group beside them; 0 for none
     */
    public record Segments(int first, int every) {
        /** No connection at all. */
        public static final Segments NONE = new Segments(0, 0);

        public Segments {
            Check.that(first >= 0, "first", first);
            Check.that(every >= 0, "every", every);
        }

        /** Whether any connection is chosen. */
        public boolean any() {
            return first > 0 || every > 0;
        }

        /** Whether a connection is chosen, by its number in its group. */
        public boolean has(int index) {
            return index < first || (every > 0 && index % every == 0);
        }
    }

    public OutputSpec {
        Check.that(intervalNs > 0, "intervalNs", intervalNs);
        Objects.requireNonNull(segments, "segments");
    }
}

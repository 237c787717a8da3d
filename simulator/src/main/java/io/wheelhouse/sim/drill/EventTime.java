package io.wheelhouse.sim.drill;

/**
 * When something is to happen.
 *
 * @param startNs after the script's start, or after the event before; 0 for {@link Kind#ANY}
 * @param endNs the end of a range; {@code startNs} for an instant
 */
record EventTime(Kind kind, long startNs, long endNs) {

    enum Kind {
        /** {@code t}: after the script's start. */
        ABSOLUTE,
        /** {@code +t}: after the event before. */
        RELATIVE,
        /** {@code t~u}. */
        ABSOLUTE_RANGE,
        /** {@code +t~+u}. */
        RELATIVE_RANGE,
        /** {@code *}: whenever. */
        ANY
    }

    boolean isRange() {
        return kind == Kind.ABSOLUTE_RANGE || kind == Kind.RELATIVE_RANGE;
    }

    boolean isRelative() {
        return kind == Kind.RELATIVE || kind == Kind.RELATIVE_RANGE;
    }
}

package io.wheelhouse.sim.scenario;

/** Argument checks of the records: what a file says wrongly is reported by the reader long before these. */
final class Check {
    private Check() {}

    static void that(boolean holds, String what, Object value) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": " + value);
        }
    }

    static void fraction(double value, String what) {
        that(value >= 0.0 && value <= 1.0, what, value);
    }
}

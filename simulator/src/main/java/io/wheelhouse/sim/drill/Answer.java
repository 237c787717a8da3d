package io.wheelhouse.sim.drill;

import org.jspecify.annotations.Nullable;

/**
 * What a system call has returned.
 *
 * @param error the name of {@code errno}; null if there is none
 * @param other what else differs from what the script expects; null if nothing does
 */
record Answer(long value, @Nullable String error, @Nullable String other) {

    static Answer of(long value) {
        return new Answer(value, null, null);
    }

    static Answer failed(String error) {
        return new Answer(-1, error, null);
    }

    static Answer differing(String other) {
        return new Answer(0, null, other);
    }

    @Override
    public String toString() {
        return error == null ? Long.toString(value) : value + " " + Errno.shown(error);
    }
}

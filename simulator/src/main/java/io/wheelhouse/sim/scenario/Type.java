package io.wheelhouse.sim.scenario;

import org.jspecify.annotations.Nullable;

/** How a value is written in a scenario: reading, and writing what reads back as an equal value. */
interface Type<V> {

    /**
     * Reads a value.
     *
     * @param scope the mapping that the value stands in
     * @return null after reporting why there is none
     */
    @Nullable
    V read(Yaml node, Scope scope);

    /** The value in canonical form. */
    Yaml write(V value);

    /** A node that is not read from anywhere. */
    static Yaml.Scalar scalar(String text) {
        return new Yaml.Scalar(NOWHERE, text, true);
    }

    /** Where a node is that is not read from anywhere. */
    Position NOWHERE = Position.whole("");
}

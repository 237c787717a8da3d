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

    /** What may stand there, in words. */
    String form(Scope scope);

    /**
     * Tells of the keys in it, where it has some.
     *
     * @param path of the value; empty for the whole file
     * @param kind which of several kinds of mapping is meant; empty where there is one
     */
    default void tellKeys(String path, String kind, KeyReference reference) {}

    /** A node that is not read from anywhere. */
    static Yaml.Scalar scalar(String text) {
        return new Yaml.Scalar(NOWHERE, text, true);
    }

    /** Where a node is that is not read from anywhere. */
    Position NOWHERE = Position.whole("");
}

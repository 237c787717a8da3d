package io.wheelhouse.sim.scenario;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A mapping while it is read: the values read so far, the mapping around it, and where to report. Keys are read in the
 * order of their table, so a key may look at those before it, here and in the mappings around.
 */
final class Scope {
    private final @Nullable Scope outer;
    private final Problems problems;
    private final Catalogs catalogs;
    private final Yaml.Mapping node;
    private final Map<Key<?>, Object> values = new HashMap<>();

    private Scope(@Nullable Scope outer, Problems problems, Catalogs catalogs, Yaml.Mapping node) {
        this.outer = outer;
        this.problems = problems;
        this.catalogs = catalogs;
        this.node = node;
    }

    /** What is around a file. */
    static Scope outermost(Problems problems, Catalogs catalogs, Position at) {
        return new Scope(null, problems, catalogs, new Yaml.Mapping(at, List.of()));
    }

    Scope inner(Yaml.Mapping mapping) {
        return new Scope(this, problems, catalogs, mapping);
    }

    Catalogs catalogs() {
        return catalogs;
    }

    <V> void put(Key<V> key, V value) {
        values.put(key, value);
    }

    /** The value of a key of this mapping or, where it has no such key, of those around it; null where it failed. */
    @SuppressWarnings("unchecked") // put() takes only values of the key's own type
    <V> @Nullable V find(Key<V> key) {
        Object value = values.get(key);
        if (value == null && outer != null) {
            return outer.find(key);
        }
        return (V) value;
    }

    /** The value of a key that has one. */
    <V> V get(Key<V> key) {
        V value = find(key);
        if (value == null) {
            throw new AssertionError("no value for " + key);
        }
        return value;
    }

    /** The node of a key's value; null where it was not given. */
    @Nullable
    Yaml node(Key<?> key) {
        Yaml.Entry entry = node.entry(key.name());
        return entry == null ? null : entry.value();
    }

    /** Where the mapping stands. */
    Position at() {
        return node.at();
    }

    /** Where a key's value stands; where it was not given, where its mapping does. */
    Position at(Key<?> key) {
        Yaml.Entry entry = node.entry(key.name());
        return entry == null ? node.at() : entry.value().at();
    }

    /** Where the first key stands or, if it was not given, the second. */
    Position at(Key<?> key, Key<?> other) {
        return node(key) == null ? at(other) : at(key);
    }

    void problem(Position at, String message) {
        problems.add(at, message);
    }

    /** Whether so much is wrong that the words of a further problem will not be shown. */
    boolean problemsAreFull() {
        return problems.found() >= Problems.LIMIT;
    }

    /** Where the problems of another text, read for this one, are reported. */
    Problems problems() {
        return problems;
    }

    int problemsFound() {
        return problems.found();
    }

    /** Reports a node that is not at all what was expected. */
    void refuse(Yaml found, String expected) {
        if (!(found instanceof Yaml.Refused)) {
            problem(found.at(), "expected " + expected + "; found " + found.kind());
        }
    }
}

package io.wheelhouse.sim.scenario;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A key of a mapping: its name, the type of its value, what stands for an absent one, and what it means. A key object is
 * its own identity: two mappings may each have a key of one name.
 */
final class Key<V> {
    private final String name;
    private final Type<V> type;
    private final String doc;
    private final Presence presence;
    private final Function<Scope, @Nullable V> absent;

    /** What it means that a key is not there. */
    enum Presence {
        /** It is missed. */
        REQUIRED,
        /** A value that is always the same stands for it. */
        OPTIONAL,
        /** What stands for it depends on others. */
        DERIVED,
        /** It is read as an empty mapping. */
        SECTION
    }

    private Key(String name, Type<V> type, String doc, Presence presence, Function<Scope, @Nullable V> absent) {
        this.name = name;
        this.type = type;
        this.doc = doc;
        this.presence = presence;
        this.absent = absent;
    }

    /** A key that must be given. */
    static <V> Key<V> required(String name, Type<V> type, String doc) {
        return new Key<>(name, type, doc, Presence.REQUIRED, scope -> null);
    }

    /** A key with a value that stands where none is given. */
    static <V> Key<V> optional(String name, Type<V> type, V absent, String doc) {
        return new Key<>(name, type, doc, Presence.OPTIONAL, scope -> absent);
    }

    /** A key whose absent value follows from others; null where those could not be read. */
    static <V> Key<V> derived(String name, Type<V> type, Function<Scope, @Nullable V> absent, String doc) {
        return new Key<>(name, type, doc, Presence.DERIVED, absent);
    }

    /** A mapping whose keys can all be absent: without it, it is read as if it were there and empty. */
    static <V> Key<V> section(String name, MappingType<V> type, String doc) {
        return new Key<>(name, type, doc, Presence.SECTION, type::absent);
    }

    String name() {
        return name;
    }

    Type<V> type() {
        return type;
    }

    String doc() {
        return doc;
    }

    Presence presence() {
        return presence;
    }

    boolean isRequired() {
        return presence == Presence.REQUIRED;
    }

    @Nullable
    V absent(Scope scope) {
        return absent.apply(scope);
    }

    @Override
    public String toString() {
        return name;
    }
}

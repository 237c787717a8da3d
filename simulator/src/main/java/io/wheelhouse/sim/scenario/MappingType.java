package io.wheelhouse.sim.scenario;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that becomes a record: a table of keys, from which follow reading, defaults, "did you mean" and writing; then
 * checks across keys.
 */
final class MappingType<R> implements Type<R> {
    private final String what;
    private final Map<String, Field<R, ?>> fields;
    private final List<Consumer<Scope>> checks;
    private final Function<Scope, R> maker;

    private record Field<R, V>(Key<V> key, Function<R, V> getter) {

        /** Reads the key's value, or takes what stands for an absent one; reports nothing for a missing key. */
        void read(Scope scope, Yaml.@Nullable Entry entry) {
            V value = entry == null ? key.absent(scope) : key.type().read(entry.value(), scope);
            if (value != null) {
                scope.put(key, value);
            }
        }

        Yaml.Entry write(R record) {
            return new Yaml.Entry(Type.scalar(key.name()), key.type().write(getter.apply(record)));
        }
    }

    private MappingType(Builder<R> builder, Function<Scope, R> maker) {
        this.what = builder.what;
        this.fields = builder.fields;
        this.checks = builder.checks;
        this.maker = maker;
    }

    /**
     * Begins a table.
     *
     * @param what the mapping, as messages call it
     */
    static <R> Builder<R> of(String what) {
        return new Builder<>(what);
    }

    /** A table being written. */
    static final class Builder<R> {
        private final String what;
        private final Map<String, Field<R, ?>> fields = new LinkedHashMap<>();
        private final List<Consumer<Scope>> checks = new ArrayList<>();

        private Builder(String what) {
            this.what = what;
        }

        /** Adds a key, and where the record has its value. */
        <V> Builder<R> key(Key<V> key, Function<R, V> getter) {
            Field<R, ?> before = fields.put(key.name(), new Field<>(key, getter));
            assert before == null : "key twice: " + key;
            return this;
        }

        /** Adds a check over several keys: it reports what is wrong, and passes over what could not be read. */
        Builder<R> check(Consumer<Scope> check) {
            checks.add(check);
            return this;
        }

        /** Ends the table with what makes the record when every key has a value and no check complained. */
        MappingType<R> make(Function<Scope, R> maker) {
            return new MappingType<>(this, maker);
        }
    }

    @Override
    public @Nullable R read(Yaml node, Scope outer) {
        return read(node, outer, Set.of());
    }

    /** The record that all the defaults make. */
    @Nullable
    R absent(Scope outer) {
        return read(new Yaml.Mapping(outer.at(), List.of()), outer);
    }

    /** Reads a mapping in which other keys, read elsewhere, may stand too. */
    @Nullable
    R read(Yaml node, Scope outer, Set<String> others) {
        if (!(node instanceof Yaml.Mapping mapping)) {
            outer.refuse(node, "the keys of " + what + " (" + String.join(", ", fields.keySet()) + ")");
            return null;
        }
        int problemsBefore = outer.problemsFound();
        Scope scope = outer.inner(mapping);
        Set<String> meant = refuseUnknownKeys(mapping, scope, others);
        boolean whole = true;
        for (Field<R, ?> field : fields.values()) {
            Key<?> key = field.key();
            Yaml.Entry entry = mapping.entry(key.name());
            if (entry == null && key.isRequired() && !meant.contains(key.name())) {
                scope.problem(mapping.at(), "missing key " + Text.quote(key.name()) + " in " + what + ": " + key.doc());
            }
            field.read(scope, entry);
            whole &= scope.find(key) != null;
        }
        checks.forEach(check -> check.accept(scope));
        return whole && scope.problemsFound() == problemsBefore ? maker.apply(scope) : null;
    }

    /** The known keys that the unknown ones were probably meant to be: those are not missed again. */
    private Set<String> refuseUnknownKeys(Yaml.Mapping mapping, Scope scope, Set<String> others) {
        Set<String> meant = new HashSet<>();
        Set<String> keys = new LinkedHashSet<>(others);
        keys.addAll(fields.keySet());
        for (Yaml.Entry entry : mapping.entries()) {
            String name = entry.key().text();
            if (keys.contains(name)) {
                continue;
            }
            if (scope.problemsAreFull()) {
                scope.problem(entry.key().at(), "unknown key");
                continue;
            }
            String nearest = Suggestions.nearest(name, keys);
            if (nearest != null) {
                meant.add(nearest);
            }
            String hint = Suggestions.didYouMean(name, "its keys are", keys);
            scope.problem(entry.key().at(), "unknown key " + Text.quote(name) + " in " + what + hint);
        }
        return meant;
    }

    @Override
    public String form(Scope scope) {
        return "a mapping, its keys below";
    }

    @Override
    public void tellKeys(String path, String kind, KeyReference reference) {
        String before = path.isEmpty() ? "" : path + ".";
        fields.values().forEach(field -> reference.add(before + field.key().name(), kind, field.key()));
        fields.values()
                .forEach(field ->
                        field.key().type().tellKeys(before + field.key().name(), "", reference));
    }

    /** All of it on a line: the keys with what may stand there. */
    String inline(Scope scope) {
        return fields.values().stream()
                .map(field -> field.key().name() + ": " + field.key().type().form(scope))
                .collect(Collectors.joining(", ", "{", "}"));
    }

    @Override
    public Yaml.Mapping write(R record) {
        return new Yaml.Mapping(
                NOWHERE,
                fields.values().stream().map(field -> field.write(record)).toList());
    }
}

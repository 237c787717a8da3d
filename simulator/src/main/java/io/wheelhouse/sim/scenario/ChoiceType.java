package io.wheelhouse.sim.scenario;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * One of several kinds of value. The kind is said in one of two ways: as the only key of a mapping that holds the value,
 * as in {@code {uniform: 2s}}; or by the key {@code kind} beside the value's own keys.
 */
final class ChoiceType<V> implements Type<V> {
    private static final String KIND = "kind";

    private final String what;
    private final boolean kindIsAKey;
    private final Map<String, Case<V, ?>> cases = new LinkedHashMap<>();
    private @Nullable Case<V, ?> plain;

    private record Case<V, C extends V>(Class<C> of, Type<C> type) {

        @Nullable
        Yaml writeIf(V value) {
            return of.isInstance(value) ? type.write(of.cast(value)) : null;
        }
    }

    private ChoiceType(String what, boolean kindIsAKey) {
        this.what = what;
        this.kindIsAKey = kindIsAKey;
    }

    /** A choice by the only key of a mapping. */
    static <V> ChoiceType<V> byOnlyKey(String what) {
        return new ChoiceType<>(what, false);
    }

    /** A choice by the key {@code kind}; every case is a mapping. */
    static <V> ChoiceType<V> byKind(String what) {
        return new ChoiceType<>(what, true);
    }

    /** Adds a kind. */
    <C extends V> ChoiceType<V> or(String kind, Class<C> of, Type<C> type) {
        assert !kindIsAKey || type instanceof MappingType : kind;
        cases.put(kind, new Case<>(of, type));
        return this;
    }

    /** Adds the kind that is written as a scalar. */
    <C extends V> ChoiceType<V> orScalar(Class<C> of, ScalarType<C> type) {
        plain = new Case<>(of, type);
        return this;
    }

    @Override
    public @Nullable V read(Yaml node, Scope scope) {
        if (plain != null && node instanceof Yaml.Scalar scalar && !scalar.isNothing()) {
            return plain.type().read(node, scope);
        }
        if (!(node instanceof Yaml.Mapping mapping)) {
            scope.refuse(node, expected());
            return null;
        }
        return kindIsAKey ? readByKind(mapping, scope) : readByOnlyKey(mapping, scope);
    }

    private @Nullable V readByOnlyKey(Yaml.Mapping mapping, Scope scope) {
        if (mapping.entries().size() != 1) {
            scope.problem(
                    mapping.at(),
                    "expected " + expected() + "; found " + mapping.entries().size() + " keys");
            return null;
        }
        Yaml.Entry entry = mapping.entries().get(0);
        Case<V, ?> chosen = choose(entry.key(), scope);
        return chosen == null ? null : chosen.type().read(entry.value(), scope);
    }

    private @Nullable V readByKind(Yaml.Mapping mapping, Scope scope) {
        Yaml.Entry kind = mapping.entry(KIND);
        if (kind == null) {
            scope.problem(mapping.at(), "missing key \"kind\"; " + Types.CHOOSE + " " + names());
            return null;
        }
        if (!(kind.value() instanceof Yaml.Scalar scalar) || scalar.isNothing()) {
            scope.refuse(kind.value(), expected());
            return null;
        }
        Case<V, ?> chosen = choose(scalar, scope);
        return chosen == null ? null : ((MappingType<? extends V>) chosen.type()).read(mapping, scope, Set.of(KIND));
    }

    private @Nullable Case<V, ?> choose(Yaml.Scalar kind, Scope scope) {
        Case<V, ?> chosen = cases.get(kind.text());
        if (chosen == null) {
            String hint = Suggestions.didYouMean(kind.text(), Types.CHOOSE, cases.keySet());
            scope.problem(kind.at(), Text.quote(kind.text()) + " is not " + what + hint);
        }
        return chosen;
    }

    private String expected() {
        String kinds = kindIsAKey ? what + " with the key kind (" + names() + ")" : what + " (" + names() + ")";
        return plain == null ? kinds : ((ScalarType<?>) plain.type()).expected() + ", or " + kinds;
    }

    private String names() {
        return String.join(", ", cases.keySet());
    }

    @Override
    public String form(Scope scope) {
        if (kindIsAKey) {
            return what + ": kind, one of " + names() + ", and its keys";
        }
        return plain == null ? String.join(" or ", kinds(scope)) : plain.type().form(scope) + ", or " + what;
    }

    /** How each kind is written. */
    List<String> kinds(Scope scope) {
        List<String> kinds = new ArrayList<>();
        cases.forEach((kind, each) -> {
            String inside = each.type() instanceof MappingType<?> mapping
                    ? mapping.inline(scope)
                    : each.type().form(scope);
            kinds.add("{" + kind + ": " + inside + "}");
        });
        return kinds;
    }

    @Override
    public void tellKeys(String path, String outerKind, KeyReference reference) {
        if (kindIsAKey) {
            cases.forEach((kind, each) -> each.type().tellKeys(path, kind, reference));
        }
    }

    @Override
    public Yaml write(V value) {
        Yaml scalar = plain == null ? null : plain.writeIf(value);
        if (scalar != null) {
            return scalar;
        }
        for (Map.Entry<String, Case<V, ?>> each : cases.entrySet()) {
            Yaml written = each.getValue().writeIf(value);
            if (written != null) {
                return write(each.getKey(), written);
            }
        }
        throw new AssertionError("no kind of " + what + " for " + value);
    }

    private Yaml write(String kind, Yaml value) {
        if (!kindIsAKey) {
            return new Yaml.Mapping(NOWHERE, List.of(new Yaml.Entry(Type.scalar(kind), value)));
        }
        Yaml.Entry first = new Yaml.Entry(Type.scalar(KIND), Type.scalar(kind));
        return new Yaml.Mapping(NOWHERE, Types.concat(List.of(first), ((Yaml.Mapping) value).entries()));
    }
}

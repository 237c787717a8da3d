package io.wheelhouse.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * All the keys of a scenario file with what they mean, told by the same tables that files are read by: what is not here is
 * refused there.
 */
public final class KeyReference {
    /** What {@link Entry#absent} says of a key that must be given. */
    public static final String REQUIRED = "required";

    /** Stands in a path for an item of a list. */
    static final String ITEM = "N";

    private final Scope scope;
    private final List<Entry> entries = new ArrayList<>();

    private KeyReference(Scope scope) {
        this.scope = scope;
    }

    /**
     * One key.
     *
     * @param path as --set takes it, but for items of lists, which are called N
     * @param kind of which kind of its mapping it is a key; empty where there are no kinds
     * @param value what may stand there
     * @param absent what holds where it is not given; empty for a mapping whose keys say it
     */
    public record Entry(String path, String kind, String value, String absent, String meaning) {
        /** The last part of the path. */
        public String name() {
            return path.substring(path.lastIndexOf('.') + 1);
        }

        /** The path of the mapping that it stands in, with its kind. */
        public String mapping() {
            int dot = path.lastIndexOf('.');
            return (dot < 0 ? "" : path.substring(0, dot)) + (kind.isEmpty() ? "" : " of kind " + kind);
        }
    }

    /** Every key, in the order of the tables; those of a mapping after those beside it. */
    public static List<Entry> of(Catalogs catalogs) {
        KeyReference reference = new KeyReference(around(catalogs));
        ScenarioTable.TYPE.tellKeys("", "", reference);
        return List.copyOf(reference.entries);
    }

    /** How a distribution of durations is written, kind by kind; one of sizes has sizes in their place. */
    public static List<String> distributions(Catalogs catalogs) {
        return DistributionTable.kinds(around(catalogs));
    }

    private static Scope around(Catalogs catalogs) {
        return Scope.outermost(new Problems(), catalogs, Type.NOWHERE);
    }

    Scope scope() {
        return scope;
    }

    <V> void add(String path, String kind, Key<V> key) {
        entries.add(new Entry(path, kind, key.type().form(scope), absent(key), key.doc()));
    }

    private <V> String absent(Key<V> key) {
        return switch (key.presence()) {
            case REQUIRED -> REQUIRED;
            case SECTION -> "";
            case OPTIONAL -> text(key.type(), key.absent(scope));
            case DERIVED -> {
                String usual = text(key.type(), key.absent(scope));
                yield usual.isEmpty() ? "depends" : "usually " + usual;
            }
        };
    }

    private static <V> String text(Type<V> type, @Nullable V value) {
        Yaml written = value == null ? null : type.write(value);
        boolean saysItself = type instanceof MappingType || type instanceof FileOrMapping;
        return written == null || saysItself ? "" : flow(written);
    }

    private static String flow(Yaml yaml) {
        if (yaml instanceof Yaml.Sequence sequence) {
            return joined(sequence.items().stream().map(KeyReference::flow), "[", "]");
        }
        if (yaml instanceof Yaml.Mapping mapping) {
            return joined(
                    mapping.entries().stream().map(entry -> entry.key().text() + ": " + flow(entry.value())), "{", "}");
        }
        return joined(Stream.of(((Yaml.Scalar) yaml).text()).filter(text -> !text.isEmpty()), "", "");
    }

    private static String joined(Stream<String> parts, String begin, String end) {
        List<String> all = parts.toList();
        return all.isEmpty() ? "nothing" : begin + String.join(", ", all) + end;
    }
}

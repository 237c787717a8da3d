package io.wheelhouse.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A list of values; where it has one item, the item may stand for the list. */
final class ListType<V> implements Type<List<V>> {
    private final String what;
    private final Type<V> item;
    private final int min;
    private final int max;

    /**
     * Makes the type.
     *
     * @param what the items, in the plural
     */
    ListType(String what, Type<V> item, int min, int max) {
        this.what = what;
        this.item = item;
        this.min = min;
        this.max = max;
    }

    @Override
    public @Nullable List<V> read(Yaml node, Scope scope) {
        List<Yaml> nodes = items(node);
        if (nodes.size() < min || nodes.size() > max) {
            String wanted = nodes.size() < min ? "at least " + min + " is needed" : "at most " + max + " can be given";
            scope.problem(node.at(), "found " + nodes.size() + " " + what + "; " + wanted);
            return null;
        }
        List<V> values = new ArrayList<>();
        for (Yaml each : nodes) {
            V value = item.read(each, scope);
            if (value != null) {
                values.add(value);
            }
        }
        return values.size() == nodes.size() ? values : null;
    }

    /** The nodes of the items. */
    static List<Yaml> items(Yaml node) {
        return node instanceof Yaml.Sequence sequence ? sequence.items() : List.of(node);
    }

    @Override
    public String form(Scope scope) {
        return item instanceof MappingType
                ? "a list of mappings, their keys below"
                : "a list; each " + item.form(scope);
    }

    @Override
    public void tellKeys(String path, String kind, KeyReference reference) {
        item.tellKeys(path + "." + KeyReference.ITEM, kind, reference);
    }

    @Override
    public Yaml write(List<V> values) {
        return new Yaml.Sequence(NOWHERE, values.stream().map(item::write).toList());
    }
}

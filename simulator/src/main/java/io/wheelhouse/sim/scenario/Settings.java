package io.wheelhouse.sim.scenario;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Puts the values of the command line into the tree of a file, before anything is checked. */
final class Settings {
    private static final int LONGEST_PATH = 16;
    private static final int LONGEST_INDEX = 6;

    private final Problems problems;

    Settings(Problems problems) {
        this.problems = problems;
    }

    /** The tree with all of them, the later over the earlier; those that fit nowhere are reported. */
    Yaml apply(Yaml root, List<Setting> settings) {
        Yaml tree = root;
        for (Setting setting : settings) {
            tree = apply(tree, setting);
        }
        return tree;
    }

    private Yaml apply(Yaml root, Setting setting) {
        Position at = setting.position();
        int equals = setting.assignment().indexOf('=');
        String path =
                equals < 0 ? "" : setting.assignment().substring(0, equals).strip();
        List<String> steps = List.of(path.split("\\.", -1));
        if (steps.contains("") || steps.size() > LONGEST_PATH) {
            problems.add(at, "expected key=value, the key such as assigner.policy or connections.phones.count");
            return root;
        }
        String text = setting.assignment().substring(equals + 1).strip();
        Yaml value = YamlParser.parseValue(at.source(), text, problems);
        return value == null ? root : put(root, steps, 0, value);
    }

    private Yaml put(Yaml node, List<String> steps, int depth, Yaml value) {
        if (depth == steps.size()) {
            return value;
        }
        if (node instanceof Yaml.Mapping mapping) {
            return putInMapping(mapping, steps, depth, value);
        }
        if (node instanceof Yaml.Sequence sequence) {
            return putInSequence(sequence, steps, depth, value);
        }
        if (node instanceof Yaml.Scalar scalar && scalar.isNothing()) {
            return putInMapping(new Yaml.Mapping(value.at(), List.of()), steps, depth, value);
        }
        if (node instanceof Yaml.Scalar) {
            String path = String.join(".", steps.subList(0, depth));
            problems.add(value.at(), path + " is " + node.kind() + " and has no keys");
        }
        return node;
    }

    private Yaml putInMapping(Yaml.Mapping mapping, List<String> steps, int depth, Yaml value) {
        String step = steps.get(depth);
        List<Yaml.Entry> entries = new ArrayList<>(mapping.entries());
        for (int i = 0; i < entries.size(); i++) {
            Yaml.Entry entry = entries.get(i);
            if (entry.key().text().equals(step)) {
                entries.set(i, new Yaml.Entry(entry.key(), put(entry.value(), steps, depth + 1, value)));
                return new Yaml.Mapping(mapping.at(), entries);
            }
        }
        Yaml.Scalar key = new Yaml.Scalar(value.at(), step, true);
        Yaml nothing = new Yaml.Scalar(value.at(), "", true);
        entries.add(new Yaml.Entry(key, put(nothing, steps, depth + 1, value)));
        return new Yaml.Mapping(mapping.at(), entries);
    }

    private Yaml putInSequence(Yaml.Sequence sequence, List<String> steps, int depth, Yaml value) {
        Integer index = index(sequence, steps, depth, value.at());
        if (index == null) {
            return sequence;
        }
        List<Yaml> items = new ArrayList<>(sequence.items());
        items.set(index, put(items.get(index), steps, depth + 1, value));
        return new Yaml.Sequence(sequence.at(), items);
    }

    private @Nullable Integer index(Yaml.Sequence sequence, List<String> steps, int depth, Position at) {
        String step = steps.get(depth);
        String list = String.join(".", steps.subList(0, depth));
        int size = sequence.items().size();
        if (step.length() <= LONGEST_INDEX && step.chars().allMatch(c -> c >= '0' && c <= '9')) {
            int index = Integer.parseInt(step);
            if (index < size) {
                return index;
            }
            problems.add(at, list + " has no item " + step + "; it has " + size + ", numbered from 0");
            return null;
        }
        List<String> names = sequence.items().stream().map(Settings::name).toList();
        int index = names.indexOf(step);
        if (index < 0) {
            String nearest = Suggestions.nearest(step, names);
            problems.add(at, list + " has no item of the name " + Text.quote(step) + Suggestions.didYouMean(nearest));
            return null;
        }
        return index;
    }

    private static String name(Yaml item) {
        Yaml.Entry name = item instanceof Yaml.Mapping mapping ? mapping.entry("name") : null;
        return name != null && name.value() instanceof Yaml.Scalar scalar ? scalar.text() : "";
    }
}

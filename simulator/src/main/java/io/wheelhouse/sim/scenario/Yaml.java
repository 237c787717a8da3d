package io.wheelhouse.sim.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** A tree of YAML with the place of every node: what a scenario may be written in, and no more. */
sealed interface Yaml {

    /** Where it begins. */
    Position at();

    /** What it is, with an article. */
    String kind();

    /**
     * A text, a number, a word.
     *
     * @param plain written without quotes
     */
    record Scalar(Position at, String text, boolean plain) implements Yaml {
        @Override
        public String kind() {
            return isNothing() ? "nothing" : "the value " + Text.quote(text);
        }

        /** Whether it stands for the absence of a value. */
        boolean isNothing() {
            return plain && (text.isEmpty() || text.equals("~") || text.equals("null"));
        }
    }

    /** A list. */
    record Sequence(Position at, List<Yaml> items) implements Yaml {
        public Sequence {
            items = List.copyOf(items);
        }

        @Override
        public String kind() {
            return "a list";
        }
    }

    /** Keys with values, in the order of the file; no key twice. */
    record Mapping(Position at, List<Entry> entries) implements Yaml {
        public Mapping {
            entries = List.copyOf(entries);
        }

        @Override
        public String kind() {
            return "a mapping";
        }

        /** The entry of that key; null if there is none. */
        @Nullable
        Entry entry(String key) {
            for (Entry entry : entries) {
                if (entry.key().text().equals(key)) {
                    return entry;
                }
            }
            return null;
        }
    }

    /** Where the value of a key of that node stands; where it has no such key, where the node does. */
    static Position valueAt(Yaml node, String key) {
        Entry entry = node instanceof Mapping mapping ? mapping.entry(key) : null;
        return entry == null ? node.at() : entry.value().at();
    }

    /** One key with its value. */
    record Entry(Scalar key, Yaml value) {}

    /** Something that has been refused and reported: nothing more is to be said about it. */
    record Refused(Position at) implements Yaml {
        @Override
        public String kind() {
            return "something refused";
        }
    }
}

package io.wheelhouse.sim.scenario;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.MappingStartEvent;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.ReaderException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * Text to tree. It takes the parser's events as they come, with a stack of its own, so that no depth of nesting can
 * overflow the thread's, and refuses on the way what a scenario may not use: anchors and aliases, tags, keys that are not
 * plain words, duplicate keys, several documents, more than {@link #MAX_DEPTH} levels. Where the structure of the rest is
 * still known, it goes on, so that one pass finds them all.
 */
final class YamlParser {
    static final int MAX_DEPTH = 64;

    private final String source;
    private final boolean hasLines;
    private final String text;
    private final Problems problems;
    private final Deque<Open> open = new ArrayDeque<>();
    private final Map<String, Position> unusedAnchors = new LinkedHashMap<>();
    private @Nullable Yaml root;
    private int documents;

    /** A collection whose end has not come yet. */
    private static final class Open {
        final Position at;
        final boolean isMapping;
        final List<Yaml> items = new ArrayList<>();
        final List<Yaml.Entry> entries = new ArrayList<>();
        final Set<String> keys = new HashSet<>();
        Yaml.@Nullable Scalar key;
        boolean dropsNextValue;

        Open(Position at, boolean isMapping) {
            this.at = at;
            this.isMapping = isMapping;
        }
    }

    /** Nothing after this can be understood; it has been reported. */
    private static final class GiveUp extends Exception {
        private static final long serialVersionUID = 1L;

        GiveUp() {
            super(null, null, false, false);
        }
    }

    private YamlParser(String source, boolean hasLines, String text, Problems problems) {
        this.source = source;
        this.hasLines = hasLines;
        this.text = text;
        this.problems = problems;
    }

    /** The tree of a file's text; null after reporting that there is none. */
    static @Nullable Yaml parseFile(String source, String text, Problems problems) {
        return new YamlParser(source, true, text, problems).parse();
    }

    /** The tree of a value on the command line, all of which is at one place; null after reporting that there is none. */
    static @Nullable Yaml parseValue(String source, String text, Problems problems) {
        return new YamlParser(source, false, text, problems).parse();
    }

    private @Nullable Yaml parse() {
        try {
            for (Event event : new Parse(LoadSettings.builder().build()).parseString(text)) {
                take(event);
            }
        } catch (GiveUp e) {
            return null;
        } catch (YamlEngineException e) {
            problems.add(position(e), "not valid YAML: " + reason(e));
            return null;
        } finally {
            unusedAnchors.values().forEach(at -> problems.add(at, "anchors are refused; write values out"));
        }
        if (hasLines && (root == null || (root instanceof Yaml.Scalar scalar && scalar.isNothing()))) {
            problems.add(position(1, 1), "the file is empty; a scenario needs at least name, duration and connections");
            return null;
        }
        return root == null ? new Yaml.Scalar(position(1, 1), "", true) : root;
    }

    private void take(Event event) throws GiveUp {
        switch (event.getEventId()) {
            case DocumentStart -> startDocument(event);
            case Scalar -> takeScalar((ScalarEvent) event);
            case Alias -> takeAlias((AliasEvent) event);
            case MappingStart, SequenceStart -> startCollection((CollectionStartEvent) event);
            case MappingEnd, SequenceEnd -> endCollection();
            case StreamStart, StreamEnd, DocumentEnd, Comment -> {}
        }
    }

    private void startDocument(Event event) throws GiveUp {
        documents++;
        if (documents > 1) {
            problems.add(position(event.getStartMark()), "a second document begins here; a file holds one scenario");
            throw new GiveUp();
        }
    }

    private void takeScalar(ScalarEvent event) throws GiveUp {
        Position at = position(event.getStartMark());
        noteAnchor(event, at);
        refuseTag(event.getTag(), at);
        add(new Yaml.Scalar(at, event.getValue(), event.isPlain()));
    }

    private void takeAlias(AliasEvent event) throws GiveUp {
        Position at = position(event.getStartMark());
        unusedAnchors.remove(event.getAlias().getValue());
        problems.add(at, "aliases are refused; write the value out");
        add(new Yaml.Refused(at));
    }

    private void startCollection(CollectionStartEvent event) throws GiveUp {
        Position at = position(event.getStartMark());
        if (open.size() == MAX_DEPTH) {
            problems.add(at, "nested deeper than " + MAX_DEPTH + " levels");
            throw new GiveUp();
        }
        noteAnchor(event, at);
        refuseTag(event.getTag(), at);
        Open parent = open.peek();
        if (parent != null && parent.isMapping && parent.key == null && !parent.dropsNextValue) {
            problems.add(at, "a key must be a word, not a collection");
            throw new GiveUp();
        }
        open.push(new Open(at, event instanceof MappingStartEvent));
    }

    private void endCollection() throws GiveUp {
        Open done = open.pop();
        add(done.isMapping ? new Yaml.Mapping(done.at, done.entries) : new Yaml.Sequence(done.at, done.items));
    }

    private void add(Yaml node) throws GiveUp {
        Open parent = open.peek();
        if (parent == null) {
            root = node;
        } else if (!parent.isMapping) {
            parent.items.add(node);
        } else if (parent.dropsNextValue) {
            parent.dropsNextValue = false;
        } else if (parent.key == null) {
            addKey(parent, node);
        } else {
            addValue(parent, parent.key, node);
        }
    }

    private void addKey(Open parent, Yaml node) {
        if (!(node instanceof Yaml.Scalar key)) {
            parent.dropsNextValue = true;
        } else if (!parent.keys.add(key.text())) {
            problems.add(key.at(), "duplicate key " + Text.quote(key.text()));
            parent.dropsNextValue = true;
        } else {
            parent.key = key;
        }
    }

    private static void addValue(Open parent, Yaml.Scalar key, Yaml value) {
        boolean isMerge = value instanceof Yaml.Refused && key.text().equals("<<");
        if (!isMerge) {
            parent.entries.add(new Yaml.Entry(key, value));
        }
        parent.key = null;
    }

    private void noteAnchor(NodeEvent event, Position at) {
        event.getAnchor().ifPresent(anchor -> unusedAnchors.put(anchor.getValue(), at));
    }

    private void refuseTag(Optional<String> tag, Position at) {
        tag.ifPresent(name -> problems.add(at, "tags are refused: " + Text.quote(name)));
    }

    private Position position(Optional<Mark> mark) {
        return mark.map(m -> position(m.getLine() + 1, m.getColumn() + 1)).orElseGet(() -> position(1, 1));
    }

    private Position position(int line, int column) {
        return hasLines ? new Position(source, line, column) : Position.whole(source);
    }

    private Position position(YamlEngineException e) {
        if (e instanceof MarkedYamlEngineException marked) {
            return position(marked.getProblemMark().or(marked::getContextMark));
        }
        if (e instanceof ReaderException unreadable) {
            return hasLines ? TextFile.position(source, text, unreadable.getPosition()) : Position.whole(source);
        }
        return position(1, 1);
    }

    private static String reason(YamlEngineException e) {
        if (e instanceof ReaderException unreadable) {
            return String.format("the character U+%04X is not allowed", unreadable.getCodePoint());
        }
        String reason = e instanceof MarkedYamlEngineException marked ? marked.getProblem() : e.getMessage();
        String line = reason == null ? "it cannot be parsed" : reason.strip().replaceAll("\\s+", " ");
        return e instanceof MarkedYamlEngineException marked ? line + context(marked) + hint(line) : line;
    }

    /** What is mostly behind the parser's commonest complaints. */
    private static String hint(String reason) {
        if (reason.contains("mapping values are not allowed")) {
            return "; check the indentation, and quote a text that holds \": \"";
        }
        boolean misplaced = reason.contains("<block end>") || reason.contains("<document start>");
        return misplaced ? "; check the indentation" : "";
    }

    private static String context(MarkedYamlEngineException e) {
        String context = e.getContext();
        Optional<Mark> from = e.getContextMark();
        if (context == null || from.isEmpty()) {
            return "";
        }
        return ", " + context.strip().replaceAll("\\s+", " ") + " from line "
                + (from.get().getLine() + 1);
    }
}

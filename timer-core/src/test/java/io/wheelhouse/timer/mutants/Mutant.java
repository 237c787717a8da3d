package io.wheelhouse.timer.mutants;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A bug that someone might make: one text of one source file of {@code io.wheelhouse.timer.queue}, and another in its
 * place. Its file, {@code src/test/mutants/<name>.txt}, reads
 *
 * <pre>
 * bug: One sentence that says what is wrong.
 * file: HeapQueue.java
 * caught by: QueueFuzzTest
 * replace:
 * the lines to replace, exactly as they stand there
 * with:
 * the lines instead, or none
 * </pre>
 *
 * <p>The text must occur exactly once, so that a mutant never becomes a no-op in silence when the source changes.
 *
 * @param bug what is wrong
 * @param file the source file's name
 * @param caughtBy the simple name of a test class that must be among those that catch it
 * @param text what is replaced, without the last line's end
 * @param replacement what takes its place
 */
record Mutant(String name, String bug, String file, String caughtBy, String text, String replacement) {
    static final String PACKAGE = "io.wheelhouse.timer.queue";

    private static final String SUFFIX = ".txt";
    private static final String REPLACE = "replace:";
    private static final String WITH = "with:";

    Mutant {
        if (text.isBlank() || text.equals(replacement)) {
            throw new IllegalArgumentException("mutant " + name + " replaces nothing");
        }
    }

    /** All mutants, by name. */
    static List<Mutant> all() {
        try (Stream<Path> files = Files.list(Path.of("src", "test", "mutants"))) {
            return files.sorted().map(Mutant::read).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Mutant read(Path file) {
        String fileName = String.valueOf(file.getFileName());
        if (!fileName.endsWith(SUFFIX)) {
            throw new IllegalArgumentException(file + " is not named <mutant>" + SUFFIX);
        }
        return parse(fileName.substring(0, fileName.length() - SUFFIX.length()), readString(file));
    }

    static Mutant parse(String name, String content) {
        List<String> lines = content.lines().toList();
        int replace = lines.indexOf(REPLACE);
        int with = lines.indexOf(WITH);
        if (replace != 3 || with <= replace) {
            throw new IllegalArgumentException("mutant " + name + ": expected the lines bug, file, caught by, "
                    + REPLACE + " and later " + WITH + ", found " + lines);
        }
        return new Mutant(
                name,
                value(name, "bug: ", lines.get(0)),
                value(name, "file: ", lines.get(1)),
                value(name, "caught by: ", lines.get(2)),
                String.join("\n", lines.subList(replace + 1, with)),
                String.join("\n", lines.subList(with + 1, lines.size())));
    }

    private static String value(String name, String key, String line) {
        if (!line.startsWith(key) || line.length() == key.length()) {
            throw new IllegalArgumentException("mutant " + name + ": expected '" + key + "...', found '" + line + "'");
        }
        return line.substring(key.length());
    }

    /** The name of the class that the source file declares. */
    String className() {
        return PACKAGE + '.' + file.replaceFirst("\\.java$", "");
    }

    /** The source file with the bug in it. */
    String mutatedSource() {
        return applyTo(readString(Path.of("src", "main", "java", PACKAGE.replace('.', '/'), file)));
    }

    String applyTo(String source) {
        int at = source.indexOf(text);
        int again = at < 0 ? at : source.indexOf(text, at + 1);
        if (at < 0 || again >= 0) {
            throw new IllegalArgumentException(
                    "mutant " + name + ": its text occurs " + (at < 0 ? "not at all" : "twice") + " in " + file
                            + ". Give it the text which has the same bug in the code as it is now (" + bug + ")");
        }
        return source.substring(0, at) + replacement + source.substring(at + text.length());
    }

    private static String readString(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}

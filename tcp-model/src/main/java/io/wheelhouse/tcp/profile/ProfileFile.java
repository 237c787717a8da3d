package io.wheelhouse.tcp.profile;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a profile: one line a constant, {@code name = value unit # source}; empty lines and lines that start with
 * {@code #} say nothing. Every constant stands there once, with its unit and its source.
 */
final class ProfileFile {
    private static final Pattern LINE = Pattern.compile("([a-z0-9-]+) *= *(\\S+) +(\\S+) +# *(\\S.*)");

    private final String name;
    private final long[] values = new long[TcpConstant.values().length];
    private final String[] sources = new String[TcpConstant.values().length];

    private ProfileFile(String name) {
        this.name = name;
    }

    /** Reads one of the profiles that come with this module. */
    static Profile resource(String name) {
        try (InputStream stream = ProfileFile.class.getResourceAsStream(name + ".profile")) {
            if (stream == null) {
                throw new IllegalStateException("profile \"" + name + "\" is missing from this module's resources");
            }
            return parse(name, new String(stream.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("profile \"" + name + "\" cannot be read", e);
        }
    }

    /**
     * Reads a profile.
     *
     * @throws IllegalArgumentException that names the profile, the line and what is wrong with it
     */
    static Profile parse(String name, String text) {
        ProfileFile file = new ProfileFile(name);
        List<String> lines = text.lines().toList();
        for (int i = 0; i < lines.size(); i++) {
            String line = lines.get(i).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                file.line(line, i + 1);
            }
        }
        return file.profile();
    }

    private void line(String line, int number) {
        Matcher matcher = LINE.matcher(line);
        if (!matcher.matches()) {
            throw bad(number, "not \"name = value unit # source\": " + line);
        }
        try {
            put(matcher.group(1), matcher.group(2), matcher.group(3), matcher.group(4), number);
        } catch (UnknownConstantException e) {
            throw new IllegalArgumentException(where(number) + e.getMessage(), e);
        }
    }

    private void put(String key, String value, String unit, String source, int number) {
        TcpConstant constant = ConstantName.of(key).constant();
        if (sources[constant.ordinal()] != null) {
            throw bad(number, "a second value for " + key);
        }
        if (!constant.kind().isUnit(unit)) {
            throw bad(number, "not a unit of " + key + ": " + unit);
        }
        try {
            values[constant.ordinal()] = constant.kind().parse(value + " " + unit);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(where(number) + key + ": " + value + ": " + e.getMessage(), e);
        }
        sources[constant.ordinal()] = source;
    }

    private Profile profile() {
        for (TcpConstant constant : TcpConstant.values()) {
            if (sources[constant.ordinal()] == null) {
                throw new IllegalArgumentException("profile " + name + " has no value for " + constant.key());
            }
        }
        return new Profile(name, values, sources);
    }

    private IllegalArgumentException bad(int number, String problem) {
        return new IllegalArgumentException(where(number) + problem);
    }

    private String where(int number) {
        return "profile " + name + ", line " + number + ": ";
    }
}

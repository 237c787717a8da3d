package io.wheelhouse.sim.sweep;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;

/**
 * A key of the scenario and the values that a sweep gives it, in order.
 *
 * @param key as {@code --set} takes it, such as {@code assigner.policy}
 * @param values YAML, at least one, all different
 */
public record Variation(String key, List<String> values) {
    private static final String OPENING = "{[\"'";
    private static final String CLOSING = "}]\"'";

    public Variation {
        Objects.requireNonNull(key, "key");
        values = List.copyOf(values);
        if (key.isBlank()) {
            throw new IllegalArgumentException("a key is missing before =");
        }
        if (values.isEmpty() || values.contains("")) {
            throw new IllegalArgumentException("a value of " + key + " is missing");
        }
        if (new LinkedHashSet<>(values).size() < values.size()) {
            throw new IllegalArgumentException("a value of " + key + " is given twice");
        }
    }

    /**
     * Reads {@code key=a,b,c}. Commas within braces, brackets and quotes belong to a value.
     *
     * @throws IllegalArgumentException saying what is wrong with the text
     */
    public static Variation parse(String text) {
        int equals = text.indexOf('=');
        if (equals < 0) {
            throw new IllegalArgumentException("expected key=value,value,... such as assigner.policy=static,lpt");
        }
        return new Variation(text.substring(0, equals).strip(), split(text.substring(equals + 1)));
    }

    private static List<String> split(String text) {
        List<String> values = new ArrayList<>();
        StringBuilder closings = new StringBuilder();
        int start = 0;
        for (int at = 0; at < text.length(); at++) {
            char letter = text.charAt(at);
            int depth = closings.length();
            char awaited = depth == 0 ? 0 : closings.charAt(depth - 1);
            if (letter == awaited) {
                closings.setLength(depth - 1);
            } else if (awaited != '"' && awaited != '\'' && OPENING.indexOf(letter) >= 0) {
                closings.append(CLOSING.charAt(OPENING.indexOf(letter)));
            } else if (letter == ',' && depth == 0) {
                values.add(text.substring(start, at).strip());
                start = at + 1;
            }
        }
        values.add(text.substring(start).strip());
        return values;
    }

    /** The setting for one of the values. */
    String assignment(int value) {
        return key + "=" + values.get(value);
    }
}

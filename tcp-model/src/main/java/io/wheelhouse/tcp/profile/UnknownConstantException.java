package io.wheelhouse.tcp.profile;

import java.util.List;

/** A name was given that no constant has. */
public final class UnknownConstantException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    private final String name;
    private final String nearest;

    UnknownConstantException(String name, List<String> valid) {
        this(name, nearest(name, valid));
    }

    private UnknownConstantException(String name, String nearest) {
        super("no TCP constant is called \"" + name + "\"; did you mean \"" + nearest + "\"?");
        this.name = name;
        this.nearest = nearest;
    }

    /** The name given. */
    public String name() {
        return name;
    }

    /** The valid name that differs least from it. */
    public String nearest() {
        return nearest;
    }

    private static String nearest(String name, List<String> valid) {
        String best = valid.get(0);
        for (String candidate : valid) {
            if (distance(name, candidate) < distance(name, best)) {
                best = candidate;
            }
        }
        return best;
    }

    /** Levenshtein's distance: insertions, deletions and replacements that turn one word into the other. */
    private static int distance(String one, String other) {
        int[] row = new int[other.length() + 1];
        for (int j = 0; j <= other.length(); j++) {
            row[j] = j;
        }
        for (int i = 1; i <= one.length(); i++) {
            int diagonal = row[0];
            row[0] = i;
            for (int j = 1; j <= other.length(); j++) {
                int replaced = diagonal + (one.charAt(i - 1) == other.charAt(j - 1) ? 0 : 1);
                diagonal = row[j];
                row[j] = Math.min(replaced, 1 + Math.min(row[j], row[j - 1]));
            }
        }
        return row[other.length()];
    }
}

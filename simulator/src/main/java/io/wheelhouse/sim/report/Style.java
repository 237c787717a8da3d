package io.wheelhouse.sim.report;

/** Emphasis on a terminal, by the escape sequences of ECMA-48 (SGR); plain text elsewhere. */
public enum Style {
    /** No escape sequences. */
    PLAIN {
        @Override
        String apply(String code, String text) {
            return text;
        }
    },
    /** With colors. */
    COLORED {
        @Override
        String apply(String code, String text) {
            return "\u001b[" + code + "m" + text + "\u001b[0m";
        }
    };

    abstract String apply(String code, String text);

    /** What stands above others. */
    public String heading(String text) {
        return apply("1", text);
    }

    /** What is as it should be. */
    public String good(String text) {
        return apply("32", text);
    }

    /** What is not. */
    public String bad(String text) {
        return apply("1;31", text);
    }
}

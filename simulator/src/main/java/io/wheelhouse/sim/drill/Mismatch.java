package io.wheelhouse.sim.drill;

/** What happened is not what the script expects. */
final class Mismatch extends Exception {
    private static final long serialVersionUID = 1L;

    private final int line;

    Mismatch(Event event, String message) {
        super(message, null, false, false);
        line = event.line();
    }

    int line() {
        return line;
    }

    String message() {
        return String.valueOf(getMessage());
    }
}

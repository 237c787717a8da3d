package io.wheelhouse.sim.scenario;

/** A scalar that is not what its place asks for; the message is the problem's. It ends where the scalar is read. */
final class BadValue extends Exception {
    private static final long serialVersionUID = 1L;

    BadValue(String message) {
        super(message, null, false, false);
    }
}

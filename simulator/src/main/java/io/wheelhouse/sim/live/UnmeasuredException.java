package io.wheelhouse.sim.live;

/** A cost that could not be told on this machine now. */
public final class UnmeasuredException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnmeasuredException(String what) {
        super("this machine was too busy to measure " + what + "; measure again when less runs beside");
    }
}

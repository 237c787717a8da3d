package io.wheelhouse.sim.live;

/** A timer thread did not end: it is in a callback that does not return, and keeps its buckets. */
public final class StuckThreadException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    StuckThreadException(String message) {
        super(message);
    }
}

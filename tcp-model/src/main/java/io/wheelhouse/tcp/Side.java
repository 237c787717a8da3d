package io.wheelhouse.tcp;

/** The two ends of a modeled connection. */
public enum Side {
    /** The modeled host: its work takes a processor's time. */
    LOCAL,
    /** The far end: a full TCP endpoint too, with exact timers, whose work costs nothing. */
    REMOTE;

    /** The other end. */
    public Side other() {
        return this == LOCAL ? REMOTE : LOCAL;
    }
}

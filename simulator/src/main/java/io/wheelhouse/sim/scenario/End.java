package io.wheelhouse.sim.scenario;

/** One of the two ends of a connection. */
public enum End {
    /** The modeled host. */
    LOCAL,
    /** The other end, whose work costs nothing and is not in the lateness figures. */
    REMOTE
}

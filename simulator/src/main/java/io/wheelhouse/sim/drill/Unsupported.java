package io.wheelhouse.sim.drill;

/**
 * A construct that is part of the language but not of the modeled subset.
 *
 * @param construct what skips are counted by, for example {@code fast open}
 */
public record Unsupported(String construct, int line, int column) {}

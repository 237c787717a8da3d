package io.wheelhouse.sim.drill;

/** A line of a script: when, and what. */
record Event(int line, int column, EventTime time, Action action) {}

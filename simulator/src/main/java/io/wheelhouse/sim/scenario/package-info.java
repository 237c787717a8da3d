/**
 * Scenario files: strict reading with positions, the immutable records they become, and writing the effective scenario
 * back. Every problem of a file is reported at once. Nothing here runs anything.
 */
@NullMarked
package io.wheelhouse.sim.scenario;

import org.jspecify.annotations.NullMarked;

/**
 * The workloads: what is done to a set of timers, and how many operations that was. They know a structure only as a
 * {@link io.wheelhouse.bench.structure.TimerAdapter}, draw from a seeded generator, and read no clock. Processes and
 * reports may not be named here.
 */
@NullMarked
package io.wheelhouse.bench.work;

import org.jspecify.annotations.NullMarked;

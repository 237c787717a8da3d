/**
 * Sweeps: a grid of settings times replications, each cell a run of its own, and what the cells say together: means,
 * confidence intervals and paired differences. Knows scenarios, results and files, and runs nothing itself: the command
 * line gives it what runs a cell. What one run finds is not looked into here; it comes by the names of metrics.
 */
@NullMarked
package io.wheelhouse.sim.sweep;

import org.jspecify.annotations.NullMarked;

/**
 * The command line: commands, options, exit codes, progress. It wires the other packages together and holds no logic of
 * theirs.
 */
@NullMarked
package io.wheelhouse.sim.cli;

import org.jspecify.annotations.NullMarked;

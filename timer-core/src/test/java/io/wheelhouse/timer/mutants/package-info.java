/**
 * Seeded bugs, and the check that the shared suite of {@code io.wheelhouse.timer.queue} catches each of them. The bugs are
 * files of {@code src/test/mutants}, each a text of one source file and what takes its place. No class of the structures is
 * copied here, and no test of a structure lives here.
 */
@NullMarked
package io.wheelhouse.timer.mutants;

import org.jspecify.annotations.NullMarked;

/**
 * What a run counts and measures: lateness by timer, cause and group, processors, balance, laws; and the names under
 * which an expectation may ask for it. Merged values are integers. Nothing here writes files.
 */
@NullMarked
package io.wheelhouse.sim.metrics;

import org.jspecify.annotations.NullMarked;

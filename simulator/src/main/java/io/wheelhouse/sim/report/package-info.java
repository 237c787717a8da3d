/**
 * Writing results: the summary on screen and the files of the output folder. A report reads a finished result and never
 * changes it. Running and parsing do not belong here.
 */
@NullMarked
package io.wheelhouse.sim.report;

import org.jspecify.annotations.NullMarked;

/**
 * The modeled TCP connection: its 4-tuple and flow hash, its two ends, its segments and its timers, as the RFCs and the
 * stacks define them. State lives in rows of primitive arrays behind flyweights. Nothing here prints, reads a clock of
 * its own, sleeps or draws unseeded random numbers; scenarios, engines and reports may not be named.
 */
@NullMarked
package io.wheelhouse.tcp;

import org.jspecify.annotations.NullMarked;

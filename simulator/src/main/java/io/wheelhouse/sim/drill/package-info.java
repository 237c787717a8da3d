/**
 * Scripts in the packetdrill language, and their runner: one modeled connection, in virtual time, held against what the
 * script expects of a kernel. Nothing here prints or reads a clock; what a script gets wrong is a message with a place.
 */
@NullMarked
package io.wheelhouse.sim.drill;

import org.jspecify.annotations.NullMarked;

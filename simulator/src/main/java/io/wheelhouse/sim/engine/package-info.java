/**
 * The virtual engine: modeled processors run from barrier to barrier on host threads; at a barrier the monitor reads, the
 * assigner plans, buckets move, laws are checked. A result may not depend on the number of host threads. Files and
 * terminals may not be named.
 */
@NullMarked
package io.wheelhouse.sim.engine;

import org.jspecify.annotations.NullMarked;

/**
 * The live engine: the scenario of the virtual engine on real threads and the real clock, with the same bucket, TCP and
 * wheel code, and buckets handed over while callbacks run. Also what measures this machine's costs. Files and terminals
 * may not be named.
 */
@NullMarked
package io.wheelhouse.sim.live;

import org.jspecify.annotations.NullMarked;

/**
 * JMH benchmarks of the engine's parts, each alone: pending events, serving a bucket, packing a connection's state, and a
 * write with all that follows from it. They say where an event's time goes; what a whole run takes, {@code
 * benchmarks/engine} says. No part of the simulator is in them, and no modeled cost.
 */
@NullMarked
package io.wheelhouse.bench.part;

import org.jspecify.annotations.NullMarked;

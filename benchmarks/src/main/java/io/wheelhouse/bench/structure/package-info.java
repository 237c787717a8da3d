/**
 * Timer structures, ours and others', behind one small interface with timers numbered by the caller and virtual time.
 * An adapter adds what its structure lacks to serve that interface, and no more; what that is, it says. No workload and
 * no clock may be named here, but for the clock that a structure cannot do without.
 */
@NullMarked
package io.wheelhouse.bench.structure;

import org.jspecify.annotations.NullMarked;

/**
 * What the applications at both ends do: when connections arrive, who writes how much and when. Everything is drawn by
 * counter from the seed, so it is the same whatever the policy, structure or tick. TCP's rules do not belong here.
 */
@NullMarked
package io.wheelhouse.sim.traffic;

import org.jspecify.annotations.NullMarked;

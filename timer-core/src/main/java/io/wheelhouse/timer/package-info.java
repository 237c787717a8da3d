/**
 * What every part of the timer subsystem shares: the costs of its operations and the meter that charges them.
 * The structures live in {@code queue}, what a processor owns in {@code bucket}, who runs it in {@code thread}, who
 * gets which bucket in {@code balance}. Nothing here knows TCP, prints, reads a clock of its own, sleeps or draws
 * unseeded random numbers.
 */
@NullMarked
package io.wheelhouse.timer;

import org.jspecify.annotations.NullMarked;

/**
 * The model held against recordings of a real kernel: reads a recording, plays it to the model, compares, and draws the
 * two beside each other.
 */
@NullMarked
package io.wheelhouse.tcp.recorded;

import org.jspecify.annotations.NullMarked;

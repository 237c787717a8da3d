/**
 * Counter-based randomness and the distributions drawn from it: a draw is a pure function of seed, connection, stream and
 * ordinal. There is no generator state, so nothing here depends on the order of calls or on the thread. Named
 * distributions live here; what is drawn from them is decided elsewhere.
 */
@NullMarked
package io.wheelhouse.tcp.random;

import org.jspecify.annotations.NullMarked;

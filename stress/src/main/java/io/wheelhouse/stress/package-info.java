/** Races of the handoff for jcstress: fire, cancel, re-arm and arm against a move, two moves, and a move back. */
@NullMarked
package io.wheelhouse.stress;

import org.jspecify.annotations.NullMarked;

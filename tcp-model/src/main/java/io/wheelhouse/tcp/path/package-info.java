/**
 * The path between the two ends of a connection: delay, loss and outages, drawn by counter from the seed. A path belongs
 * to one connection; there is no link that connections share. Nothing here knows TCP's rules.
 */
@NullMarked
package io.wheelhouse.tcp.path;

import org.jspecify.annotations.NullMarked;

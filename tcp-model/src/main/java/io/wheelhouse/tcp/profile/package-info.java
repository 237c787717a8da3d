/**
 * Stack profiles: the constants and rules by which one TCP stack differs from another, as data with a source for each.
 * Retransmission timeout estimators belong here. Connection state does not.
 */
@NullMarked
package io.wheelhouse.tcp.profile;

import org.jspecify.annotations.NullMarked;

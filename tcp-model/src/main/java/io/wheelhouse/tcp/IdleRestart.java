package io.wheelhouse.tcp;

/** What becomes of the congestion window when nothing has been sent for longer than a timeout. */
enum IdleRestart {
    /** It stays. */
    NONE,
    /** It is the initial window again (RFC 5681, section 4.1). */
    RFC5681,
    /** It is halved for each timeout that has passed, down to the initial window (RFC 2861, section 3). */
    RFC2861
}

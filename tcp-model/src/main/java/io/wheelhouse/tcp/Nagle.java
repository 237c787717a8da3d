package io.wheelhouse.tcp;

/** When a segment that is not full waits for an acknowledgment. */
enum Nagle {
    /** Never. */
    OFF,
    /** While anything is outstanding (RFC 9293, section 3.7.4). */
    RFC9293,
    /** While another segment that was not full is outstanding (Minshall; tcp_nagle_check() of Linux). */
    MINSHALL
}

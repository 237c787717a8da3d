package io.wheelhouse.tcp;

/** Where samples of the round-trip time come from. In all of them a segment sent twice gives none (Karn). */
enum RttSampling {
    /** One segment is timed at a time (RFC 6298, section 3). */
    ONE_AT_A_TIME,
    /** The echoed timestamp of each acknowledgment of new data (RFC 7323, section 4). */
    TIMESTAMPS,
    /**
     * The time of sending is kept for each segment, and the first one newly acknowledged gives the sample; where it was
     * sent twice, the echoed timestamp does, if there is one. As Linux does it: tcp_clean_rtx_queue().
     */
    EVERY_SEGMENT
}

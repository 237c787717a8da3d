package io.wheelhouse.tcp;

/** How losses are told from acknowledgments. Without SACK it is always by duplicate acknowledgments (RFC 6582). */
enum LossDetection {
    /** By how much was acknowledged selectively above a segment (RFC 6675, section 4). */
    RFC6675,
    /** By when segments were sent (RFC 8985). */
    RACK
}

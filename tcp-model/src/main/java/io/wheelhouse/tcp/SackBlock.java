package io.wheelhouse.tcp;

/**
 * Data that arrived out of order, as an acknowledgment reports it (RFC 2018, section 3).
 *
 * @param from its first sequence number
 * @param to the sequence number after its last
 */
public record SackBlock(int from, int to) {}

package io.wheelhouse.tcp;

/**
 * The numbers that the bucket carries as events and packets: two bits say what it is, the rest is a segment's row or, for
 * a packet without a segment, its place in the connection's order of arrival.
 */
final class EventCode {
    static final int SEGMENT = 0;
    /** The connection is to be opened. */
    static final int OPEN = 1;

    static final int WAKE_LOCAL = 2;
    static final int WAKE_REMOTE = 3;

    private static final int KIND_SHIFT = 30;
    private static final int PAYLOAD_MASK = (1 << KIND_SHIFT) - 1;

    private EventCode() {}

    static int segment(int row) {
        return row;
    }

    static int of(int kind, int payload) {
        return kind << KIND_SHIFT | payload;
    }

    static int kind(int code) {
        return code >>> KIND_SHIFT;
    }

    static int payload(int code) {
        return code & PAYLOAD_MASK;
    }
}

package io.wheelhouse.tcp;

/** What is found out about the acknowledgment that is being processed. One object an end, filled anew each time. */
final class Ack {
    /** The segment has data. */
    static final int DATA = 1;
    /** It changed the offered window. */
    static final int WINDOW_UPDATE = 1 << 1;
    /** SND.UNA has advanced. */
    static final int ADVANCED = 1 << 2;
    /** A whole segment of data, or a SYN, is newly acknowledged. */
    static final int DATA_ACKED = 1 << 3;

    static final int SYN_ACKED = 1 << 4;
    /** A segment is newly acknowledged selectively. */
    static final int DATA_SACKED = 1 << 5;
    /** A segment that was sent twice is newly acknowledged. */
    static final int RESENT_ACKED = 1 << 6;
    /** A segment that was sent once, before the trouble began, has been delivered. */
    static final int ORIGINAL_DELIVERED = 1 << 7;
    /** The head of the queue has been acknowledged selectively before: the peer has forgotten it. */
    static final int RENEGING = 1 << 8;
    /** The peer reports a duplicate (RFC 2883). */
    static final int DUPLICATE_REPORTED = 1 << 9;
    /** It is that of a tail loss probe. */
    static final int PROBE_DUPLICATED = 1 << 10;
    /** A retransmission has been lost. */
    static final int RESENT_LOST = 1 << 11;
    /** The timer is to be set anew. */
    static final int SET_TIMER = 1 << 12;

    static final int ACKED = DATA_ACKED | SYN_ACKED;
    static final int NOT_DUPLICATE = DATA | WINDOW_UPDATE | ACKED;

    /** What to send in the end: nothing, what is held for lost, or new data first. */
    enum Resend {
        NONE,
        LOST,
        NEW
    }

    int flags;
    int priorUna;
    /** The highest sequence number acknowledged in any way before this. */
    int priorHighest;
    /** The lowest sequence number that overtook nothing, but was overtaken. */
    int overtaken;
    /** When the first and the last of the segments newly acknowledged selectively were sent; -1 for none. */
    long firstSackedSentNs;

    long lastSackedSentNs;
    /** Delivered out of order, in the profile's unit. */
    int sackDelivered;
    /** {@link Flow#DELIVERED} when the one sent last of those newly delivered was sent. */
    int deliveredBefore;

    boolean knowsDeliveredBefore;
    long lastDeliveredSentNs;
    int lastDeliveredEnd;
    int echo;
    Resend resend = Resend.NONE;

    void begin(int una, int highest, int timestampEcho) {
        flags = 0;
        priorUna = una;
        priorHighest = highest;
        firstSackedSentNs = -1;
        lastSackedSentNs = -1;
        sackDelivered = 0;
        knowsDeliveredBefore = false;
        echo = timestampEcho;
        resend = Resend.NONE;
    }

    boolean is(int someFlags) {
        return (flags & someFlags) != 0;
    }

    void raise(int someFlags) {
        flags |= someFlags;
    }

    void drop(int someFlags) {
        flags &= ~someFlags;
    }
}

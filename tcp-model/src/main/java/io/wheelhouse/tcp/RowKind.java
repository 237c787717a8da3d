package io.wheelhouse.tcp;

/**
 * What rows of a bucket there are: first those that each event takes and gives back, so that what the {@link RowArena}
 * knows of them lies together.
 */
enum RowKind {
    // of Segments, SentSegments, SendRows
    SEGMENT,
    SENT,
    SENDING,
    // of ConnectionRows
    WIDE,
    LAST_ARRIVALS,
    LINK_RINGS,
    // of LinkQueues, ColdRows, Segments, Reassembly
    LINK_WAITING,
    COLD,
    SACK,
    REASSEMBLY;

    static final int COUNT = values().length;
}

package io.wheelhouse.tcp;

/** Takes the place of the far ends of a bucket: is handed the segments that reach them. */
@FunctionalInterface
interface FarEnd {
    void segmentArrives(int connection, ArrivedSegment segment, long atNs);
}

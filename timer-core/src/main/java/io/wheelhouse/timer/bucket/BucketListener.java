package io.wheelhouse.timer.bucket;

/** Is told of everything a bucket serves: an event log, for tests and for traces. */
public interface BucketListener {

    /** A packet has been served. */
    void packetServed(TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs);

    /** An expired timer has been served. */
    void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs);
}

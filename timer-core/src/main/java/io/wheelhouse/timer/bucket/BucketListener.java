package io.wheelhouse.timer.bucket;

/** Is told of everything a bucket serves: an event log, for tests and for traces. */
public interface BucketListener {

    /** A packet has been served. */
    void packetServed(TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs);

    /** An expired timer has been served. */
    void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs);

    /** Tells two listeners, this one first. */
    default BucketListener and(BucketListener second) {
        BucketListener first = this;
        return new BucketListener() {
            @Override
            public void packetServed(
                    TimerBucket bucket, int connection, int packet, long arrivalNs, long startNs, long endNs) {
                first.packetServed(bucket, connection, packet, arrivalNs, startNs, endNs);
                second.packetServed(bucket, connection, packet, arrivalNs, startNs, endNs);
            }

            @Override
            public void timerServed(TimerBucket bucket, int connection, int timer, Firing firing, long endNs) {
                first.timerServed(bucket, connection, timer, firing, endNs);
                second.timerServed(bucket, connection, timer, firing, endNs);
            }
        };
    }
}

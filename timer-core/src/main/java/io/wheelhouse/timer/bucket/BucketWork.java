package io.wheelhouse.timer.bucket;

import io.wheelhouse.timer.ServiceMeter;

/**
 * What a bucket's packets, timers and events mean: TCP, or synthetic timers. Called by the bucket's owner only.
 *
 * <p>Connections and timers are numbered within the bucket from 0. Packets and events are numbers that the work chose;
 * the bucket carries them and does not look inside.
 */
public interface BucketWork {

    /**
     * Something outside the processor happens: a segment reaches an end of the path, an application at the far end acts.
     * It costs the processor nothing. A packet for the processor is announced with
     * {@link TimerBucket#packetArrived}.
     *
     * @param event the number given to {@link TimerBucket#schedule}
     * @param connection the connection given with it
     * @param atNs its instant
     */
    void onEvent(TimerBucket bucket, int connection, int event, long atNs);

    /** A timer of the world outside the processor (the far end's) has expired, at its exact instant; costs nothing. */
    void onOutsideExpiry(TimerBucket bucket, int timer, long atNs);

    /** A waiting packet has the processor. */
    void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter);

    /**
     * An expired timer has the processor.
     *
     * @param firing the firing's instants; valid during the call
     */
    void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter);

    /** The connection that a timer belongs to. */
    int connectionOf(int timer);

    /**
     * Reads a word of each line of memory that an event will need, so that several wait for theirs together. Changes nothing,
     * and may be called for a connection that is gone.
     *
     * @param servedSoon whether a packet that arrives with it will be served at once; where not, {@link #touchItem} will be
     *     called for it
     * @return any number that depends on what was read
     */
    default long touchEvent(int connection, int event, boolean servedSoon) {
        return 0;
    }

    /** The same for a packet or an expired timer that waits. */
    default long touchItem(int connection) {
        return 0;
    }

    /** The same for a timer of the world outside that may expire. */
    default long touchOutside(int timer) {
        return 0;
    }
}

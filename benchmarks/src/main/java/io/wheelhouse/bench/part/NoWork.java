package io.wheelhouse.bench.part;

import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;

/** Work that does nothing, so that what is around it is measured; timers belong to connections by turns. */
class NoWork implements BucketWork {
    private final int connections;
    private long served;

    NoWork(int connections) {
        this.connections = connections;
    }

    @Override
    public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {}

    @Override
    public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {}

    @Override
    public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {
        served++;
    }

    @Override
    public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {
        served++;
    }

    @Override
    public int connectionOf(int timer) {
        return timer % connections;
    }

    /** Packets and timers that have had the processor. */
    final long served() {
        return served;
    }
}

package io.wheelhouse.tcp;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.thread.Processor;

/**
 * The processor of a {@link SoloEnd}, whose work takes no time, and its clock, which goes on when told to. Used by the
 * thread that uses the end. Cost: that of what happens.
 */
final class SoloClock {
    private final TimerBucket bucket;
    private final Processor processor;
    private final FreeMeter meter = new FreeMeter();

    /** Makes a clock at 0, and the processor that owns the bucket. */
    SoloClock(TimerBucket bucket, TickGrid grid) {
        this.bucket = bucket;
        processor = new Processor(0, grid);
        processor.adopt(bucket, 0, 0);
    }

    ServiceMeter meter() {
        return meter;
    }

    long nowNs() {
        return meter.nowNs();
    }

    /** When something will happen by itself; {@link Long#MAX_VALUE} for never. */
    long nextEventNs() {
        return processor.nextInstantNs();
    }

    /** Lets time go on to an instant, and happen what is due until then and at it. */
    void runUntil(long untilNs) {
        if (untilNs < nowNs()) {
            throw new IllegalArgumentException("time does not go back: " + untilNs + " ns after " + nowNs() + " ns");
        }
        long nextNs = processor.nextInstantNs();
        while (nextNs <= untilNs) {
            meter.idleUntil(nextNs);
            settle();
            nextNs = processor.nextInstantNs();
        }
        meter.idleUntil(untilNs);
    }

    /** Lets time go on to an instant at which what came due meanwhile happens, late. */
    void sleepUntil(long untilNs) {
        meter.idleUntil(untilNs);
        settle();
    }

    /** Lets happen all that is due at this instant: bounded, for nothing that the model does causes itself at once. */
    void settle() {
        long limitNs = meter.nowNs() + 1;
        processor.scheduleChanged(bucket);
        processor.happen(meter, limitNs);
        boolean more = true;
        while (more) {
            more = processor.step(meter, limitNs);
        }
    }

    /** A clock that work does not move. */
    private static final class FreeMeter implements ServiceMeter {
        private long nowNs;

        @Override
        public long nowNs() {
            return nowNs;
        }

        @Override
        public void charge(Cost cost, long count) {}

        @Override
        public void chargeNs(long serviceNs) {}

        void idleUntil(long atNs) {
            nowNs = Math.max(nowNs, atNs);
        }
    }
}

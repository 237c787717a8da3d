package io.wheelhouse.timer.queue;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/** When a structure should fire, worked out apart from it and without regard to speed. */
interface FiringRule {

    /** The expiry of a timer, whose deadline is not before the time of arming. */
    long expiryNs(long nowNs, long deadlineNs);

    /** The first time at which advance should hand the timer out. */
    long handOutNs(long nowNs, long deadlineNs);

    /** The rule for arming once timers of a time, the first at which they should be, have been handed out. */
    default FiringRule after(long handedOutNs) {
        return this;
    }

    /** Exact: handed out from the deadline on. */
    static FiringRule exact() {
        return new FiringRule() {
            @Override
            public long expiryNs(long nowNs, long deadlineNs) {
                return deadlineNs;
            }

            @Override
            public long handOutNs(long nowNs, long deadlineNs) {
                return deadlineNs;
            }
        };
    }

    /** Handed out from the first multiple of the tick on; the expiry is that, or the deadline where exact. */
    static FiringRule onTick(long tickNs, boolean exact) {
        return new FiringRule() {
            @Override
            public long expiryNs(long nowNs, long deadlineNs) {
                return exact ? deadlineNs : handOutNs(nowNs, deadlineNs);
            }

            @Override
            public long handOutNs(long nowNs, long deadlineNs) {
                long since = Math.floorMod(deadlineNs, tickNs);
                return since == 0 ? deadlineNs : deadlineNs - since + tickNs;
            }
        };
    }

    /** The kernel's rule, in numbers that can't overflow. */
    static FiringRule coalescing(WheelShape shape) {
        return coalescing(shape, null);
    }

    private static FiringRule coalescing(WheelShape shape, @Nullable Long handedOutNs) {
        return new FiringRule() {
            @Override
            public FiringRule after(long justNs) {
                return coalescing(shape, justNs);
            }

            @Override
            public long expiryNs(long nowNs, long deadlineNs) {
                BigInteger expires = tick(deadlineNs);
                boolean clockMovedOn = handedOutNs != null && tick(handedOutNs).equals(tick(nowNs));
                BigInteger ahead = expires.subtract(tick(nowNs)).subtract(BigInteger.valueOf(clockMovedOn ? 1 : 0));
                BigInteger reach = BigInteger.valueOf(shape.slots() - 1L);
                BigInteger granule = BigInteger.ONE;
                for (int level = 0; level < shape.levels() - 1 && ahead.compareTo(reach) >= 0; level++) {
                    reach = reach.shiftLeft(shape.shift());
                    granule = granule.shiftLeft(shape.shift());
                }
                BigInteger fires =
                        floorDivide(expires, granule).add(BigInteger.ONE).multiply(granule);
                return fires.multiply(BigInteger.valueOf(shape.granuleNs()))
                        .subtract(BigInteger.valueOf(shape.phaseNs()))
                        .longValueExact();
            }

            @Override
            public long handOutNs(long nowNs, long deadlineNs) {
                return expiryNs(nowNs, deadlineNs);
            }

            private BigInteger tick(long timeNs) {
                BigInteger shifted = BigInteger.valueOf(timeNs).add(BigInteger.valueOf(shape.phaseNs()));
                return floorDivide(shifted, BigInteger.valueOf(shape.granuleNs()));
            }

            private BigInteger floorDivide(BigInteger a, BigInteger b) {
                BigInteger[] parts = a.divideAndRemainder(b);
                return parts[1].signum() < 0 ? parts[0].subtract(BigInteger.ONE) : parts[0];
            }
        };
    }
}

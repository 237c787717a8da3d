package io.wheelhouse.timer.queue;

import java.util.random.RandomGenerator;

/** Where a test's clock starts: the places where arithmetic goes wrong. */
enum CornerClock {
    SMALLEST,
    BELOW_ZERO,
    ZERO,
    LARGE,
    LARGEST,
    RANDOM;

    long startNs(RandomGenerator random) {
        return switch (this) {
            case SMALLEST -> -TimerQueue.MAX_TIME_NS;
            case BELOW_ZERO -> -1_000_000_000L;
            case ZERO -> 0;
            case LARGE -> 1L << 60;
            case LARGEST -> TimerQueue.MAX_TIME_NS - 60_000_000_000L;
            case RANDOM -> random.nextLong(-TimerQueue.MAX_TIME_NS, TimerQueue.MAX_TIME_NS);
        };
    }
}

package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.HostClock;
import io.wheelhouse.timer.thread.TimerThread;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.agrona.concurrent.BackoffIdleStrategy;
import org.agrona.concurrent.BusySpinIdleStrategy;
import org.agrona.concurrent.IdleStrategy;
import org.agrona.concurrent.SleepingIdleStrategy;
import org.agrona.concurrent.YieldingIdleStrategy;

/** What a timer thread does while it has nothing to do, by name. */
public enum Idle {
    /** Sleeps until its next timer, packet or mail: as late as the system wakes it. */
    PARK {
        @Override
        IdleStrategy of(TimerThread thread, HostClock clock) {
            return new UntilNext(thread, clock);
        }
    },
    /** Looks again and again: never late, and never off its core. */
    BUSY_SPIN {
        @Override
        IdleStrategy of(TimerThread thread, HostClock clock) {
            return new BusySpinIdleStrategy();
        }
    },
    /** Looks again and again, and lets others have the core between. */
    YIELD {
        @Override
        IdleStrategy of(TimerThread thread, HostClock clock) {
            return new YieldingIdleStrategy();
        }
    },
    /** Spins, then yields, then sleeps longer and longer, up to a millisecond. */
    BACKOFF {
        @Override
        IdleStrategy of(TimerThread thread, HostClock clock) {
            return new BackoffIdleStrategy();
        }
    },
    /** Sleeps 100 µs at a time. */
    SLEEP {
        @Override
        IdleStrategy of(TimerThread thread, HostClock clock) {
            return new SleepingIdleStrategy(TimeUnit.MICROSECONDS.toNanos(100));
        }
    };

    /** A strategy of this name for one thread. */
    abstract IdleStrategy of(TimerThread thread, HostClock clock);

    /** The name on the command line, for example {@code busy-spin}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** Sleeps until the thread's next instant. Mail wakes it earlier; a wake-up that was lost costs 10 ms at most. */
    private record UntilNext(TimerThread thread, HostClock clock) implements IdleStrategy {
        private static final long LONGEST_SLEEP_NS = 10_000_000;

        @Override
        public void idle(int workCount) {
            if (workCount <= 0) {
                idle();
            }
        }

        @Override
        public void idle() {
            long leftNs = thread.nextInstantNs() - clock.wallNs();
            if (leftNs > 0) {
                LockSupport.parkNanos(this, Math.min(leftNs, LONGEST_SLEEP_NS));
            }
        }

        @Override
        public void reset() {
            // keeps no state
        }
    }
}

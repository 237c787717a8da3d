package io.wheelhouse.timer.queue;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the structures allocate, by the thread's own counter. */
class AllocationTest {
    private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private static final int TIMERS = 200;

    @ParameterizedTest
    @EnumSource
    void nothingInSteadyState(QueueCase queueCase) {
        TimerQueue queue = queueCase.make();
        SplittableRandom random = new SplittableRandom(5);
        ExpiryHandler rearm = (timer, deadlineNs, expiryNs) -> queue.arm(timer, expiryNs, expiryNs + 200_000_000L);
        long nowNs = work(queue, random, rearm, 0, 60_000);
        // The virtual machine itself may allocate on this thread now and then; an operation that does would each time.
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long beforeBytes = THREADS.getCurrentThreadAllocatedBytes();
            nowNs = work(queue, random, rearm, nowNs, 20_000);
            leastBytes = Math.min(leastBytes, THREADS.getCurrentThreadAllocatedBytes() - beforeBytes);
        }
        assertThat(leastBytes).isZero();
        assertThat(queue.counts().expiries()).isGreaterThan(1_000);
    }

    private static long work(
            TimerQueue queue, SplittableRandom random, ExpiryHandler handler, long startNs, int operations) {
        long nowNs = startNs;
        for (int i = 0; i < operations; i++) {
            nowNs += 2_000_000;
            int timer = random.nextInt(TIMERS);
            int kind = random.nextInt(10);
            if (kind == 0) {
                queue.cancel(timer);
            } else {
                long delayNs = kind == 1 ? 7_200_000_000_000L : 200_000_000L + random.nextLong(800_000_000L);
                queue.arm(timer, nowNs, nowNs + delayNs);
            }
            queue.advance(nowNs, 3, handler);
        }
        return nowNs;
    }

    @ParameterizedTest
    @EnumSource
    void anEmptyQueueIsSmall(QueueCase queueCase) {
        int queues = 100;
        TimerQueue[] made = new TimerQueue[queues];
        queueCase.make();
        long beforeBytes = THREADS.getCurrentThreadAllocatedBytes();
        for (int i = 0; i < queues; i++) {
            made[i] = queueCase.make();
        }
        long bytesEach = (THREADS.getCurrentThreadAllocatedBytes() - beforeBytes) / queues;
        assertThat(made).doesNotContainNull();
        assertThat(bytesEach).isBetween(1L, 500L);
    }

    @Test
    void sixteenBytesATimerInOneWheelOfAMillion() {
        int timers = 1_000_000;
        assertThat(bytesOfWheel(HierarchicalWheel.byTick(4_000_000), timers)).isLessThan(16L * timers + 8_192);
        assertThat(bytesOfWheel(HierarchicalWheel.byDeadline(1_024), timers)).isLessThan(16L * timers + 8_192);
    }

    @Test
    void twentyFourBytesATimerInAWheelOfAThousand() {
        assertThat(bytesOfWheel(HierarchicalWheel.byTick(4_000_000), 1_000)).isLessThan(24_000);
        assertThat(bytesOfWheel(HierarchicalWheel.byDeadline(1_024), 1_000)).isLessThan(24_000);
    }

    /** All that is allocated is kept, since room is reserved. */
    private static long bytesOfWheel(HierarchicalWheel wheel, int timers) {
        SplittableRandom random = new SplittableRandom(9);
        long beforeBytes = THREADS.getCurrentThreadAllocatedBytes();
        wheel.reserve(timers);
        for (int timer = 0; timer < timers; timer++) {
            wheel.arm(timer, 0, random.nextLong(7_200_000_000_000L));
        }
        return THREADS.getCurrentThreadAllocatedBytes() - beforeBytes;
    }
}

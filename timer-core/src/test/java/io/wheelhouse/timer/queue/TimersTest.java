package io.wheelhouse.timer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TimersTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private final Timers<String> timers = new Timers<>(new HeapQueue());
    private final List<String> fired = new ArrayList<>();

    @Test
    void theClassCommentWorks() {
        long nowNs = 0;
        // The lines that follow are those of the comment, word for word.
        Timers<String> timers = new Timers<>(HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS));
        long retransmit = timers.schedule(nowNs, nowNs + 200_000_000L, "retransmit");
        long keepalive = timers.schedule(nowNs, nowNs + 7_200_000_000_000L, "keepalive");
        timers.reschedule(retransmit, nowNs, nowNs + 300_000_000L);
        timers.cancel(keepalive);
        while (timers.size() > 0) {
            nowNs = timers.nextExpiryNs();
            timers.advance(nowNs, 100, (handle, payload, deadlineNs) -> fired.add(payload));
        }
        timers.cancel(retransmit);
        assertThat(fired).containsExactly("retransmit");
        assertThat(nowNs).isEqualTo(300_000_000L);
    }

    @Test
    void theClassCommentIsWhatIsTestedHere() throws IOException {
        List<String> comment = Files.readAllLines(source("main", "Timers")).stream()
                .dropWhile(line -> !line.contains("<pre>{@code"))
                .skip(1)
                .takeWhile(line -> !line.contains("}</pre>"))
                .map(line -> line.replaceFirst("^ \\* ?", "").strip())
                .toList();
        List<String> test = Files.readAllLines(source("test", "TimersTest")).stream()
                .map(String::strip)
                .toList();
        assertThat(comment).hasSize(10);
        assertThat(test).containsSequence(comment);
    }

    private static Path source(String kind, String name) {
        return Path.of("src", kind, "java", "io", "wheelhouse", "timer", "queue", name + ".java");
    }

    @Test
    void aStaleHandleTouchesNoLaterTimer() {
        long first = timers.schedule(0, SECOND_NS, "first");
        assertThat(timers.isPending(first)).isTrue();
        assertThat(timers.deadlineNs(first)).isEqualTo(SECOND_NS);
        assertThat(timers.cancel(first)).isTrue();
        assertThat(timers.cancel(first)).isFalse();
        long second = timers.schedule(0, 2 * SECOND_NS, "second");
        assertThat((int) second).as("the number is used again").isEqualTo((int) first);
        assertThat(second).isNotEqualTo(first);
        assertThat(timers.cancel(first)).isFalse();
        assertThat(timers.reschedule(first, 0, 0)).isFalse();
        assertThat(timers.isPending(first)).isFalse();
        assertThat(timers.deadlineNs(first)).isEqualTo(TimerQueue.NONE);
        assertThat(timers.deadlineNs(second)).isEqualTo(2 * SECOND_NS);
        timers.checkInvariants();
    }

    @Test
    void aHandleIsStaleInItsOwnHandler() {
        timers.schedule(0, 0, "once");
        timers.advance(0, 1, (handle, payload, deadlineNs) -> {
            assertThat(timers.isPending(handle)).isFalse();
            assertThat(timers.reschedule(handle, 0, 5)).isFalse();
            long again = timers.schedule(0, 5, "again");
            assertThat(timers.cancel(handle)).isFalse();
            assertThat(timers.isPending(again)).isTrue();
        });
        timers.advance(5, 1, (handle, payload, deadlineNs) -> fired.add(payload + deadlineNs));
        assertThat(fired).containsExactly("again5");
        timers.checkInvariants();
    }

    @Test
    void noHandleIsZeroAndWhatIsNoHandleIsHarmless() {
        assertThat(timers.schedule(0, 0, "a")).isNotZero();
        for (long none : new long[] {0, -1, 1, 77, Long.MAX_VALUE, Long.MIN_VALUE}) {
            assertThat(timers.cancel(none)).isFalse();
        }
        assertThat(timers.size()).isEqualTo(1);
    }

    @Test
    void aThrowingHandlerLosesNothing() {
        timers.schedule(0, 1, "a");
        timers.schedule(0, 2, "b");
        assertThatThrownBy(() -> timers.advance(3, 9, (handle, payload, deadlineNs) -> {
                    throw new IllegalStateException(payload);
                }))
                .hasMessage("a");
        timers.checkInvariants();
        timers.advance(3, 9, (handle, payload, deadlineNs) -> fired.add(payload));
        assertThat(fired).containsExactly("b");
    }

    @Test
    void refusesANestedAdvanceAndAQueueInUse() {
        timers.schedule(0, 1, "a");
        assertThatThrownBy(() -> timers.advance(
                        3, 9, (handle, payload, deadlineNs) -> timers.advance(4, 1, (h, p, d) -> fired.add(p))))
                .isInstanceOf(IllegalStateException.class);
        HeapQueue used = new HeapQueue();
        used.arm(0, 0, 0);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new Timers<String>(used))
                .withMessageContaining("1 timers");
    }

    @Test
    void handlesStayUniqueThroughManyOperations() {
        long seed = 31;
        SplittableRandom random = new SplittableRandom(seed);
        Map<Long, String> pending = new HashMap<>();
        List<Long> everGiven = new ArrayList<>();
        Set<Long> distinct = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            long nowNs = i * 1_000L;
            if (random.nextInt(3) > 0) {
                String payload = "p" + i;
                long handle = timers.schedule(nowNs, nowNs + random.nextLong(1_000_000), payload);
                pending.put(handle, payload);
                everGiven.add(handle);
                assertThat(distinct.add(handle)).as("seed %d", seed).isTrue();
            } else if (!everGiven.isEmpty()) {
                long handle = everGiven.get(random.nextInt(everGiven.size()));
                assertThat(timers.cancel(handle)).as("seed %d", seed).isEqualTo(pending.remove(handle) != null);
            }
            timers.advance(
                    nowNs,
                    2,
                    (handle, payload, deadlineNs) -> assertThat(pending.remove(handle))
                            .as("seed %d", seed)
                            .isEqualTo(payload));
            assertThat(timers.size()).isEqualTo(pending.size());
        }
        timers.checkInvariants();
    }

    @ParameterizedTest
    @EnumSource
    void allocatesNothingPerOperation(QueueCase queueCase) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Timers<String> wheel = new Timers<>(queueCase.make());
        Timers.Handler<String> again =
                (handle, payload, deadlineNs) -> wheel.schedule(deadlineNs, deadlineNs + 50_000_000, payload);
        for (int i = 0; i < 100; i++) {
            wheel.schedule(0, i * 1_000_000L, "payload");
        }
        long nowNs = work(wheel, again, 0);
        long leastBytes = Long.MAX_VALUE;
        for (int round = 0; round < 3; round++) {
            long beforeBytes = threads.getCurrentThreadAllocatedBytes();
            nowNs = work(wheel, again, nowNs);
            leastBytes = Math.min(leastBytes, threads.getCurrentThreadAllocatedBytes() - beforeBytes);
        }
        assertThat(leastBytes).isZero();
        assertThat(wheel.counts().expiries()).isGreaterThan(10_000);
    }

    @Test
    void withRoomReservedSchedulingAllocatesNothing() {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        Timers<String> timers = new Timers<>(HierarchicalWheel.byTick(1_000_000));
        timers.reserve(2_000);
        timers.schedule(0, 1, "the first makes the wheel's first level");
        long beforeBytes = threads.getCurrentThreadAllocatedBytes();
        for (int timer = 1; timer < 2_000; timer++) {
            timers.schedule(0, 1, "payload");
        }
        assertThat(threads.getCurrentThreadAllocatedBytes() - beforeBytes).isZero();
        timers.reserve(10);
        timers.schedule(0, 1, "one more than reserved");
        timers.checkInvariants();
        assertThat(timers.size()).isEqualTo(2_001);
    }

    private static long work(Timers<String> wheel, Timers.Handler<String> handler, long startNs) {
        long nowNs = startNs;
        for (int i = 0; i < 20_000; i++) {
            nowNs += 1_000_000;
            long handle = wheel.schedule(nowNs, nowNs + 300_000_000, "other");
            wheel.reschedule(handle, nowNs, nowNs + 400_000_000);
            wheel.cancel(handle);
            wheel.advance(nowNs, 10, handler);
        }
        return nowNs;
    }
}

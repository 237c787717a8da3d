package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Timers of far ends against a map of deadlines. */
class OutsideDeadlinesTest {

    /** With steps of 2 s most timers are too far off for an event of their own. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1L << 31})
    void eachArmingFiresAtItsDeadlineUnlessCancelledOrReplaced(long stepNs) {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            ScriptedWork work = new ScriptedWork();
            TimerBucket bucket = TestBuckets.bucket(0, work);
            Map<Integer, Long> armed = new TreeMap<>();
            List<String> expected = new ArrayList<>();
            for (long nowNs = 0; nowNs < 500 * stepNs; nowNs += stepNs) {
                while (bucket.nextInstantNs() <= nowNs) {
                    bucket.happen(nowNs, -1);
                }
                long atNs = nowNs;
                armed.forEach((timer, deadlineNs) -> {
                    if (deadlineNs == atNs) {
                        expected.add("outside " + timer + " at " + atNs);
                    }
                });
                armed.values().removeIf(deadlineNs -> deadlineNs == atNs);
                assertThat(work.log).as("seed %d at %d", seed, nowNs).isEqualTo(expected);
                int timer = random.nextInt(20);
                if (random.nextInt(4) == 0) {
                    assertThat(bucket.cancelOutside(timer))
                            .as("seed %d at %d", seed, nowNs)
                            .isEqualTo(armed.remove(timer) != null);
                } else {
                    long deadlineNs = nowNs + (1 + random.nextInt(40)) * stepNs;
                    bucket.armOutside(timer, nowNs, deadlineNs);
                    armed.put(timer, deadlineNs);
                }
            }
            assertThat(expected).as("seed %d", seed).hasSizeGreaterThan(50);
        }
    }

    @Test
    void aDeadlineThatHasPassedIsNow() {
        ScriptedWork work = new ScriptedWork();
        TimerBucket bucket = TestBuckets.bucket(0, work);
        bucket.armOutside(3, 100, 40);
        assertThat(bucket.nextInstantNs()).isEqualTo(100);
        bucket.happen(100, -1);
        assertThat(work.log).containsExactly("outside 3 at 100");
    }

    /** Re-arming for later again and again, as keepalive does, leaves one event and no more. */
    @Test
    void rearmingForLaterSchedulesNothing() {
        List<Long> events = new ArrayList<>();
        OutsideDeadlines deadlines = new OutsideDeadlines((timer, atNs) -> events.add(atNs));
        for (long deadlineNs = 1_000; deadlineNs < 2_000; deadlineNs++) {
            deadlines.arm(2, 0, deadlineNs);
        }
        assertThat(events).containsExactly(1_000L);
        assertThat(deadlines.isExpired(2, 1_000)).isFalse();
        assertThat(events).containsExactly(1_000L, 1_999L);
        assertThat(deadlines.isExpired(2, 1_999)).isTrue();
        assertThat(deadlines.isExpired(2, 1_999)).isFalse();
        assertThat(deadlines.cancel(2)).isFalse();
        assertThat(events).hasSize(2);
    }

    /** Two hours off, a thousand timers have one event between them, and each its own once that is near. */
    @Test
    void timersFarOffHaveOneEventTogether() {
        long hoursNs = 7_200_000_000_000L;
        List<Integer> events = new ArrayList<>();
        long[] lookNs = new long[1];
        OutsideDeadlines deadlines = new OutsideDeadlines((timer, atNs) -> {
            events.add(timer);
            if (timer == OutsideDeadlines.LOOK) {
                lookNs[0] = atNs;
            }
        });
        for (int timer = 0; timer < 1_000; timer++) {
            deadlines.arm(timer, timer, hoursNs);
        }
        while (lookNs[0] + OutsideDeadlines.LOOK_NS <= hoursNs) {
            assertThat(events).containsExactly(OutsideDeadlines.LOOK);
            events.clear();
            deadlines.look(lookNs[0]);
        }
        events.clear();
        deadlines.look(lookNs[0]);
        assertThat(events).hasSize(1_000).doesNotContain(OutsideDeadlines.LOOK);
        assertThat(deadlines.isExpired(999, hoursNs)).isTrue();
    }
}

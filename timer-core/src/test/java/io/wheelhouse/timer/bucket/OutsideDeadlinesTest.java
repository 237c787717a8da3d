package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Timers of far ends against a map of deadlines. */
class OutsideDeadlinesTest {

    @Test
    void eachArmingFiresAtItsDeadlineUnlessCancelledOrReplaced() {
        for (long seed = 1; seed <= 100; seed++) {
            Random random = new Random(seed);
            ScriptedWork work = new ScriptedWork();
            TimerBucket bucket = TestBuckets.bucket(0, work);
            Map<Integer, Long> armed = new TreeMap<>();
            List<String> expected = new ArrayList<>();
            for (long nowNs = 0; nowNs < 500; nowNs++) {
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
                    long deadlineNs = nowNs + 1 + random.nextInt(40);
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
        OutsideDeadlines deadlines = new OutsideDeadlines();
        assertThat(deadlines.arm(2, 1_000)).isTrue();
        for (long deadlineNs = 1_001; deadlineNs < 2_000; deadlineNs++) {
            assertThat(deadlines.arm(2, deadlineNs)).isFalse();
        }
        assertThat(deadlines.due(2, 1_000)).isEqualTo(1_999);
        assertThat(deadlines.due(2, 1_999)).isEqualTo(1_999);
        assertThat(deadlines.due(2, 1_999)).isEqualTo(OutsideDeadlines.NONE);
        assertThat(deadlines.cancel(2)).isFalse();
    }
}

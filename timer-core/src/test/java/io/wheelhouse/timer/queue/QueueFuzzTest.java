package io.wheelhouse.timer.queue;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The differential test: every structure against the sorted model, from every corner clock.
 *
 * <p>{@code -Dwheelhouse.fuzz.operations=N} sets the number of operations in all; {@code -Dwheelhouse.fuzz.seed=S} the
 * seed of the first sequence, so that the seed a failure prints repeats it at once.
 */
class QueueFuzzTest {
    private static final long OPERATIONS = Long.getLong("wheelhouse.fuzz.operations", 1_000_000);
    private static final long SEED = Long.getLong("wheelhouse.fuzz.seed", 20_260_117);
    private static final long OPERATIONS_A_SEQUENCE = 4_000;

    static List<Arguments> cases() {
        List<Arguments> cases = new ArrayList<>();
        for (QueueCase queueCase : QueueCase.values()) {
            for (CornerClock clock : CornerClock.values()) {
                cases.add(Arguments.of(queueCase, clock));
            }
        }
        return cases;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void agreesWithTheSortedModel(QueueCase queueCase, CornerClock clock) {
        long wanted = OPERATIONS / ((long) QueueCase.values().length * CornerClock.values().length) + 1;
        long done = 0;
        for (long sequence = 0; done < wanted; sequence++) {
            long seed = SEED + sequence;
            try {
                done += new QueueFuzz(queueCase, clock, seed).run(Math.min(wanted - done, OPERATIONS_A_SEQUENCE));
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        queueCase + " from " + clock + " fails with seed " + seed + "; repeat: mvn test -pl timer-core"
                                + " -Dtest=QueueFuzzTest -Dwheelhouse.fuzz.seed=" + seed,
                        e);
            }
        }
    }
}

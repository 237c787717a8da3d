package io.wheelhouse.timer.queue;

import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The differential test: every structure against the sorted model, from every corner clock.
 *
 * <p>{@code -Dwheelhouse.fuzz.operations=N} sets the number of operations in all; {@code -Dwheelhouse.fuzz.seed=S} the
 * seed of the first sequence, so that the seed a failure prints repeats it at once; a seed of {@code drawn} is another
 * one each time. The profile {@code fuzz} runs this class for long.
 */
class QueueFuzzTest {
    private static final long OPERATIONS = Long.getLong("wheelhouse.fuzz.operations", 1_000_000);
    private static final long SEED = seed(System.getProperty("wheelhouse.fuzz.seed", "20260117"));
    private static final long OPERATIONS_A_SEQUENCE = 2_000;

    /** From here on each case says that it is done, and how long it took. */
    private static final long MANY_OPERATIONS = 20_000_000;

    private static long seed(String text) {
        return text.equals("drawn") ? new SecureRandom().nextInt() : Long.parseLong(text);
    }

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
        long startNs = System.nanoTime();
        long done = 0;
        for (long sequence = 0; done < wanted; sequence++) {
            long seed = SEED + sequence;
            try {
                done += new QueueFuzz(queueCase, clock, seed).run(OPERATIONS_A_SEQUENCE);
            } catch (AssertionError | RuntimeException e) {
                throw new AssertionError(
                        queueCase + " from " + clock + " fails with seed " + seed + "; repeat: mvn test -pl timer-core"
                                + " -Dtest=QueueFuzzTest -Dwheelhouse.fuzz.seed=" + seed,
                        e);
            }
        }
        if (OPERATIONS >= MANY_OPERATIONS) {
            System.out.printf(
                    Locale.ROOT,
                    "%s from %s: %,d operations from seed %d in %.1f s%n",
                    queueCase,
                    clock,
                    done,
                    SEED,
                    (System.nanoTime() - startNs) / 1e9);
        }
    }
}

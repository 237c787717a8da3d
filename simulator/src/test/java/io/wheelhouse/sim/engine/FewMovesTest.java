package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.BalanceResult;
import io.wheelhouse.sim.metrics.RunResult;
import java.util.ArrayList;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * A policy that weighs buckets and moves few of them ends within 5 % of the evenness of an assignment from scratch ({@code
 * lpt}) at no more than 5 % of its moves, on traffic like real one: the gallery's files with the policies that they have, some
 * cut short. Both are of the time after the warm-up, and means over seeds, as which flows are heavy is chance.
 * docs/balancing.md has the figures of all policies.
 */
class FewMovesTest {
    private static final double NEAR = 1.05;
    private static final double FEW = 0.05;

    /** What a policy did, on average over seeds. */
    record Outcome(double maxToMean, double moves) {}

    /** A file of the gallery, how many seeds of it, and what makes its run short. */
    record Traffic(String scenario, int seeds, List<String> settings) {

        Outcome under(String... assigner) {
            List<BalanceResult> results = IntStream.rangeClosed(1, seeds)
                    .parallel()
                    .mapToObj(seed -> balance(seed, assigner))
                    .toList();
            return new Outcome(
                    mean(results, BalanceResult::maxToMeanAfter), mean(results, BalanceResult::movesMeasured));
        }

        private BalanceResult balance(int seed, String... assigner) {
            List<String> all = new ArrayList<>(settings);
            all.addAll(List.of(assigner));
            all.add("seed=" + seed);
            RunResult result =
                    VirtualEngine.run(Scenarios.gallery(scenario, all.toArray(String[]::new)), EngineOptions.quiet(1));
            assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
            return result.balance();
        }

        private static double mean(List<BalanceResult> results, ToDoubleFunction<BalanceResult> figure) {
            return results.stream().mapToDouble(figure).average().orElseThrow();
        }

        @Override
        public String toString() {
            return scenario;
        }
    }

    private static final Traffic WEBSEARCH = new Traffic("websearch", 3, List.of("duration=3500ms", "warmup=1s"));

    static Stream<Traffic> traffic() {
        return Stream.of(
                WEBSEARCH,
                new Traffic("datamining", 3, List.of("duration=4s", "warmup=1500ms")),
                new Traffic("campus-4g", 3, List.of("duration=1200ms")),
                new Traffic("campus-15g", 1, List.of("duration=800ms")));
    }

    private static boolean isNearWithFewMoves(Outcome few, Outcome scratch) {
        return few.maxToMean <= NEAR * scratch.maxToMean && few.moves <= FEW * scratch.moves;
    }

    @ParameterizedTest
    @MethodSource("traffic")
    void fewMovesByWeightComeNearToAnAssignmentFromScratch(Traffic traffic) {
        Outcome scratch = traffic.under("assigner.policy=lpt");
        Outcome few = traffic.under();
        assertThat(isNearWithFewMoves(few, scratch))
                .as(few + " against " + scratch)
                .isTrue();
    }

    /** The same check refuses hashing alone, which moves nothing, and counting, which hands the heavy buckets round. */
    @Test
    void neitherHashingNorCountingDoes() {
        Outcome scratch = WEBSEARCH.under("assigner.policy=lpt");
        Outcome hashing = WEBSEARCH.under("assigner.policy=static");
        Outcome counting = WEBSEARCH.under(
                "assigner={policy: proportional, interval: 100ms, index: ratio, damping: 1, set: {release: number}}");
        assertThat(isNearWithFewMoves(hashing, scratch)).isFalse();
        assertThat(isNearWithFewMoves(counting, scratch)).isFalse();
    }
}

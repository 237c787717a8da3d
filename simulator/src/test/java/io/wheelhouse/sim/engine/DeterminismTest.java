package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.MoveRow;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A result is a function of the scenario and its seed, and of nothing else. */
class DeterminismTest {

    private static RunResult run(Scenario scenario, int threads) {
        RunResult result = VirtualEngine.run(scenario, EngineOptions.quiet(threads));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        return result;
    }

    @ParameterizedTest
    @ValueSource(ints = {2, 3, 4, 8})
    void theNumberOfHostThreadsDoesNotShow(int threads) {
        Scenario scenario = Scenarios.of(Scenarios.BUSY);
        RunResult one = run(scenario, 1);
        RunResult many = run(scenario, threads);
        assertThat(many.fingerprint()).isEqualTo(one.fingerprint());
        assertThat(many.groups()).isEqualTo(one.groups());
        assertThat(many.processors()).isEqualTo(one.processors());
        assertThat(many.queue()).isEqualTo(one.queue());
        assertThat(many.balance()).isEqualTo(one.balance());
        assertThat(one.balance().moves()).isGreaterThan(10);
    }

    /**
     * The same on every JDK, collector and machine. A change of the model changes it, and then this number is changed
     * with it, on purpose.
     */
    @Test
    void theFingerprintIsThatOfTheFirstMachine() {
        assertThat(Long.toHexString(run(Scenarios.of(Scenarios.BUSY), 2).fingerprint()))
                .isEqualTo("bd29fc3dde8a526f");
    }

    @Test
    void theSeedShows() {
        assertThat(run(Scenarios.of(Scenarios.BUSY), 1).fingerprint())
                .isNotEqualTo(run(Scenarios.of(Scenarios.BUSY, "seed=4"), 1).fingerprint());
    }

    /** A barrier at which nothing moves changes nothing, so how often results are put out cannot show. */
    @Test
    void theOutputIntervalDoesNotShow() {
        String twoGroups = Scenarios.BUSY.replace("output:", """
                  - name: more
                    count: 4000
                    remote: 192.0.2.0/24
                    arrivals: {uniform: 1s}
                    traffic: {kind: push, at: [1500ms], spread: 50ms, size: 600B}
                output:""");
        long fingerprint = run(Scenarios.of(twoGroups), 1).fingerprint();
        assertThat(run(Scenarios.of(twoGroups, "output.interval=7ms"), 1).fingerprint())
                .isEqualTo(fingerprint);
        assertThat(run(Scenarios.of(twoGroups, "output.interval=1ms"), 1).fingerprint())
                .isEqualTo(fingerprint);
    }

    /** Heavy-tailed traffic under an active assigner: at least one move at each of ten intervals, on any thread count. */
    @Test
    void movesAreTheSameOnAnyNumberOfHostThreads() {
        Scenario scenario =
                Scenarios.gallery("skewed-load", "duration=3s", "warmup=1s", "host.background=[]", "expect=[]");
        List<MoveRow> one = moves(scenario, 1);
        assertThat(moves(scenario, 2)).isEqualTo(one);
        assertThat(moves(scenario, 4)).isEqualTo(one);
        TreeSet<Long> instants = new TreeSet<>();
        one.forEach(move -> instants.add(move.atNs()));
        assertThat(instants).hasSizeGreaterThanOrEqualTo(10);
    }

    private static List<MoveRow> moves(Scenario scenario, int threads) {
        List<MoveRow> moves = new ArrayList<>();
        RunListener listener = new RunListener() {
            @Override
            public void move(MoveRow move) {
                moves.add(move);
            }
        };
        RunResult result = VirtualEngine.run(scenario, new EngineOptions(threads, listener, () -> false));
        assertThat(result.laws().kept()).as(result.laws().toString()).isTrue();
        return moves;
    }
}

package io.wheelhouse.timer.balance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy must do over many barriers, with its usual parameters; the custom one of the tests included. */
class PolicySuiteTest {
    private static final int PROCESSORS = 8;
    private static final int BUCKETS = 128;
    private static final int SEEDS = 20;
    private static final int BARRIERS = 60;

    static List<String> all() {
        return Policies.names();
    }

    static List<String> moving() {
        return all().stream().filter(name -> !Policies.neverMoves(name)).toList();
    }

    /** Those that weigh buckets instead of counting them, and try all pairs. */
    static List<String> weighing() {
        return List.of("trigger-band", "weighted-move", "pull");
    }

    private static AssignerPolicy usual(String name) {
        return Policies.create(name, Policies.usual(name));
    }

    private static AssignerPolicy withoutBand(String name) {
        return Policies.create(name, Policies.usual(name).withDeadBand(0.0).withCooldown(0));
    }

    private static ConstantLoad heavyTailed(AssignerPolicy policy, double mean, long seed) {
        return new ConstantLoad(
                policy, PROCESSORS, ConstantLoad.loads(BUCKETS, PROCESSORS, mean, true, new Random(seed)));
    }

    private static int run(ConstantLoad load, int barriers) {
        int moves = 0;
        for (int barrier = 0; barrier < barriers; barrier++) {
            moves += load.barrier().moves().size();
        }
        return moves;
    }

    @ParameterizedTest
    @MethodSource("all")
    void aBalancedSystemIsLeftAlone(String name) {
        if (name.equals("single")) {
            return; // starts with everything in one place
        }
        for (double mean : new double[] {0.0, 0.1, 0.5, 1.0, 2.0}) {
            long[] loads = ConstantLoad.loads(BUCKETS, PROCESSORS, mean, false, new Random(1));
            ConstantLoad load = new ConstantLoad(withoutBand(name), PROCESSORS, loads);
            assertThat(run(load, BARRIERS)).as("mean %s", mean).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void underConstantEqualLoadMovesComeToAnEnd(String name) {
        // proportional's factor with deficit and half damping is 1/2 an interval, whatever the utilization
        long[] loads = ConstantLoad.loads(BUCKETS, PROCESSORS, 0.6, false, new Random(1));
        ConstantLoad load = new ConstantLoad(usual(name), PROCESSORS, loads);
        load.exogenousNs(0, Readings.INTERVAL_NS / 3);
        run(load, BARRIERS);
        assertThat(run(load, BARRIERS)).isZero();
    }

    @ParameterizedTest
    @MethodSource("all")
    void underConstantHeavyTailedLoadNothingMovesForEver(String name) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            ConstantLoad load = heavyTailed(usual(name), 0.5, seed);
            double before = load.maxOverMean();
            run(load, BARRIERS);
            int[] owners = load.owners();
            int late = run(load, BARRIERS);
            if (name.equals("proportional")) {
                continue; // counts buckets: see ProportionalOraclesTest for what it does and where it swings
            }
            assertThat(late).as("seed %d", seed).isZero();
            assertThat(load.owners()).as("seed %d", seed).isEqualTo(owners);
            assertThat(load.maxOverMean()).as("seed %d", seed).isLessThanOrEqualTo(before);
        }
    }

    @ParameterizedTest
    @MethodSource("weighing")
    void singleMovesEndWithinTheGreedyBound(String name) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            for (double mean : new double[] {0.2, 0.6, 1.2}) {
                ConstantLoad load = heavyTailed(withoutBand(name), mean, seed);
                run(load, 200);
                LowerBound bound = LowerBound.of(load.bucketLoads(), PROCESSORS);
                assertThat(load.maxNs() - load.bound())
                        .as("seed %d mean %s", seed, mean)
                        .isLessThanOrEqualTo(bound.greedyGapNs() + PROCESSORS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("moving")
    void theMoveBudgetIsKept(String name) {
        for (int budget : new int[] {1, 3, 10}) {
            for (long seed = 1; seed <= SEEDS; seed++) {
                AssignerPolicy policy = Policies.create(
                        name, Policies.usual(name).withDeadBand(0.0).withMoveBudget(budget));
                ConstantLoad load = heavyTailed(policy, 0.6, seed);
                int largest = 0;
                for (int barrier = 0; barrier < BARRIERS; barrier++) {
                    largest = Math.max(largest, load.barrier().moves().size());
                }
                assertThat(largest).as("seed %d", seed).isBetween(1, budget);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("moving")
    void bucketsLeaveAProcessorThatGoesOfflineAndComeBack(String name) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            boolean finds = !name.equals("proportional") && !name.equals("test-counting");
            long[] loads = ConstantLoad.loads(BUCKETS, PROCESSORS, 0.6, finds, new Random(seed));
            ConstantLoad load = new ConstantLoad(usual(name), PROCESSORS, loads);
            run(load, 10);
            load.available(3, false);
            load.barrier();
            assertThat(load.ownedBy(3)).as("seed %d", seed).isZero();
            for (int barrier = 0; barrier < 20; barrier++) {
                assertThat(load.barrier().moves()).as("seed %d", seed).noneMatch(move -> move.to() == 3);
            }
            load.available(3, true);
            run(load, 40);
            assertThat(load.ownedBy(3)).as("seed %d", seed).isPositive();
        }
    }

    @ParameterizedTest
    @MethodSource("all")
    void everyBucketHasOneOwnerWhileProcessorsComeAndGo(String name) {
        for (long seed = 1; seed <= SEEDS; seed++) {
            Random random = new Random(seed);
            ConstantLoad load = heavyTailed(usual(name), 0.2 + random.nextDouble(), seed);
            for (int barrier = 0; barrier < BARRIERS; barrier++) {
                load.available(random.nextInt(PROCESSORS), random.nextBoolean());
                load.exogenousNs(random.nextInt(PROCESSORS), random.nextInt((int) Readings.INTERVAL_NS));
                load.bucketNs(random.nextInt(BUCKETS), random.nextInt((int) Readings.INTERVAL_NS / 10));
                Assignment assignment = load.barrier();
                assertThat(assignment.moves().stream().map(Move::bucket))
                        .as("seed %d", seed)
                        .doesNotHaveDuplicates();
                int targets = 0;
                for (int processor = 0; processor < PROCESSORS; processor++) {
                    targets += assignment.target(processor);
                    assertThat(assignment.target(processor)).as("seed %d", seed).isEqualTo(load.ownedBy(processor));
                }
                assertThat(targets).as("seed %d", seed).isEqualTo(BUCKETS);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("moving")
    void aProcessorSaturatedByOtherWorkIsRelieved(String name) {
        // At 0.6, for proportional takes nothing from those that are within the dead band of the mean.
        long[] loads = ConstantLoad.loads(BUCKETS, PROCESSORS, 0.6, false, new Random(1));
        ConstantLoad load = new ConstantLoad(usual(name), PROCESSORS, loads);
        run(load, 10);
        int before = load.ownedBy(2);
        load.exogenousNs(2, Readings.INTERVAL_NS);
        run(load, BARRIERS);
        assertThat(load.ownedBy(2)).isLessThan(before / 2);
        load.exogenousNs(2, 0);
        run(load, BARRIERS);
        assertThat(load.ownedBy(2)).isGreaterThan(before / 2);
    }

    @ParameterizedTest
    @MethodSource("all")
    void allIdleAndAllSaturatedMoveNothing(String name) {
        if (name.equals("single")) {
            return;
        }
        long[] idle = new long[BUCKETS];
        assertThat(run(new ConstantLoad(usual(name), PROCESSORS, idle), 5)).isZero();
        long[] saturated = new long[BUCKETS];
        Arrays.fill(saturated, Readings.INTERVAL_NS / 4);
        assertThat(run(new ConstantLoad(usual(name), PROCESSORS, saturated), 5)).isZero();
    }

    /** Nothing can be done about the bucket; what else its owner has can go, and nobody hands the giant round. */
    @ParameterizedTest
    @MethodSource("moving")
    void oneBucketHeavierThanAProcessor(String name) {
        long[] loads = new long[BUCKETS];
        Arrays.fill(loads, Readings.INTERVAL_NS / 50);
        loads[5] = Readings.INTERVAL_NS * 3 / 2;
        ConstantLoad load = new ConstantLoad(usual(name), PROCESSORS, loads);
        run(load, BARRIERS);
        int owner = load.owner(5);
        assertThat(run(load, BARRIERS)).isZero();
        assertThat(load.owner(5)).isEqualTo(owner);
        assertThat((double) load.maxNs() / load.bound()).isLessThan(1.2);
    }

    @ParameterizedTest
    @MethodSource("all")
    void whenEveryProcessorIsOfflineNothingMoves(String name) {
        ConstantLoad load = heavyTailed(usual(name), 0.5, 1);
        for (int processor = 0; processor < PROCESSORS; processor++) {
            load.available(processor, false);
        }
        assertThat(load.barrier().moves()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("moving")
    void aProcessorThatCoolsDownTakesNothing(String name) {
        if (name.equals("proportional") || !Policies.settings(name).isEmpty()) {
            return; // has no cooldown
        }
        for (long seed = 1; seed <= SEEDS; seed++) {
            PolicyParameters parameters =
                    Policies.usual(name).withDeadBand(0.0).withMoveBudget(4).withCooldown(2);
            ConstantLoad load = heavyTailed(Policies.create(name, parameters), 0.6, seed);
            int[] last = new int[PROCESSORS];
            Arrays.fill(last, -100);
            for (int barrier = 0; barrier < BARRIERS; barrier++) {
                for (Move move : load.barrier().moves()) {
                    assertThat(barrier - last[move.to()] == 0 || barrier - last[move.to()] > 2)
                            .as("seed %d barrier %d %s", seed, barrier, move)
                            .isTrue();
                    last[move.to()] = barrier;
                }
            }
        }
    }

    @ParameterizedTest
    @MethodSource("moving")
    void reasonsAreInNumbers(String name) {
        ConstantLoad load = heavyTailed(withoutBand(name), 0.6, 1);
        List<Move> moves = load.barrier().moves();
        assertThat(moves)
                .isNotEmpty()
                .allSatisfy(move -> assertThat(move.reason())
                        .matches(".*[0-9]\\.[0-9]{3}.* to [0-9]\\.[0-9]{3}.*\\(mean [0-9]\\.[0-9]{3}\\).*"));
    }
}

package io.wheelhouse.timer.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What every policy must do, whatever its idea of balance. */
class AssignerPolicyTest {

    /** One policy with one set of parameters. */
    record Case(String policy, PolicyParameters parameters) {
        AssignerPolicy create() {
            return Policies.create(policy, parameters);
        }

        Case withDeadBand(double deadBand) {
            return new Case(policy, parameters.withDeadBand(deadBand));
        }
    }

    static List<Case> cases() {
        List<Case> cases = new ArrayList<>();
        for (String policy : Policies.names()) {
            for (ImbalanceIndex index : ImbalanceIndex.values()) {
                for (double damping : new double[] {1.0, 0.5, 0.1}) {
                    cases.add(new Case(policy, new PolicyParameters(index, damping, 0.0)));
                }
            }
        }
        return cases;
    }

    private static Reading randomReading(Random random) {
        int processors = 1 + random.nextInt(9);
        int buckets = 1 + random.nextInt(200);
        WorkloadMonitor monitor = new WorkloadMonitor(processors, buckets);
        long[] busy = new long[processors];
        boolean heavyTailed = random.nextBoolean();
        for (int bucket = 0; bucket < buckets; bucket++) {
            int owner = random.nextInt(processors);
            long load = heavyTailed
                    ? Math.min(Readings.INTERVAL_NS, (long) (100_000 / StrictMath.pow(random.nextDouble(), 1.2)))
                    : random.nextInt(4) * 1_000_000L;
            busy[owner] += load;
            monitor.bucket(bucket, owner, random.nextInt(100), load, random.nextInt(3));
        }
        for (int processor = 0; processor < processors; processor++) {
            long exogenous = random.nextInt(4) == 0 ? random.nextInt(50_000_000) : 0;
            long backlog = random.nextInt(4) == 0 ? random.nextInt(500_000_000) : 0;
            monitor.processor(processor, busy[processor], exogenous, backlog);
        }
        return monitor.read(Readings.INTERVAL_NS, Readings.INTERVAL_NS);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void everyBucketHasAnOwnerAtTheStart(Case policyCase) {
        AssignerPolicy policy = policyCase.create();
        assertThat(policy.name()).isEqualTo(policyCase.policy());
        for (int bucket = 0; bucket < 100; bucket++) {
            assertThat(policy.initialOwner(bucket, 100, 7)).isBetween(0, 6);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void movesNothingWhenLoadsAreEqual(Case policyCase) {
        AssignerPolicy policy = policyCase.create();
        for (double load : new double[] {0.0, 0.1, 1.0 / 3, 0.9, 1.0, 1.7}) {
            for (int[] counts : new int[][] {{5, 5, 5, 5}, {1, 2, 3, 10}, {5, 5, 4, 4}, {4, 4, 5, 5}}) {
                Reading reading = Readings.ofCounts(counts, load, load, load, load);
                Assignment assignment = policy.plan(reading);
                assertThat(assignment.moves()).as("load %s", load).isEmpty();
                assertThat(Readings.targets(reading, assignment)).isEqualTo(counts);
            }
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void movesEachBucketOnceAtMostAndMeetsItsTargets(Case policyCase) {
        for (long seed = 1; seed <= 200; seed++) {
            Reading reading = randomReading(new Random(seed));
            Assignment assignment = policyCase.create().plan(reading);
            Set<Integer> moved = new HashSet<>();
            for (Move move : assignment.moves()) {
                assertThat(moved.add(move.bucket()))
                        .as("seed %d %s", seed, move)
                        .isTrue();
                assertThat(move.from()).as("seed %d", seed).isEqualTo(reading.owner(move.bucket()));
                assertThat(move.to()).as("seed %d", seed).isBetween(0, reading.processors() - 1);
                assertThat(move.expectedEpoch()).as("seed %d", seed).isEqualTo(reading.epoch(move.bucket()));
                assertThat(move.reason()).as("seed %d", seed).isNotBlank();
            }
            assertThat(Readings.countsAfter(reading, assignment))
                    .as("seed %d", seed)
                    .isEqualTo(Readings.targets(reading, assignment));
            if (policyCase.policy().equals("proportional")) {
                assertNobodyGivesAndTakes(assignment, seed);
            }
        }
    }

    private static void assertNobodyGivesAndTakes(Assignment assignment, long seed) {
        Set<Integer> givers = new HashSet<>();
        Set<Integer> takers = new HashSet<>();
        for (Move move : assignment.moves()) {
            givers.add(move.from());
            takers.add(move.to());
        }
        givers.retainAll(takers);
        assertThat(givers).as("seed %d", seed).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void theSameReadingGivesTheSamePlan(Case policyCase) {
        AssignerPolicy experienced = policyCase.create();
        for (long seed = 1; seed <= 50; seed++) {
            List<Move> once = experienced.plan(randomReading(new Random(seed))).moves();
            List<Move> again =
                    policyCase.create().plan(randomReading(new Random(seed))).moves();
            assertThat(once).as("seed %d", seed).isEqualTo(again);
        }
    }

    @ParameterizedTest
    @MethodSource("cases")
    void reportsTheIndexItsTotalAndOneForEachProcessor(Case policyCase) {
        for (long seed = 1; seed <= 20; seed++) {
            Reading reading = randomReading(new Random(seed));
            Assignment assignment = policyCase.create().plan(reading);
            double total = 0.0;
            for (int processor = 0; processor < reading.processors(); processor++) {
                double expected =
                        policyCase.parameters().index().of(reading.utilization(processor), reading.meanUtilization());
                assertThat(assignment.index(processor))
                        .as("seed %d", seed)
                        .isEqualTo(expected)
                        .isNotNegative();
                total += expected;
            }
            assertThat(assignment.totalIndex()).as("seed %d", seed).isEqualTo(total);
        }
    }

    @Test
    void deficitTakesNothingFromProcessorsWithinTheDeadBand() {
        double deadBand = 0.1;
        AssignerPolicy policy =
                Policies.create("proportional", new PolicyParameters(ImbalanceIndex.DEFICIT, 1.0, deadBand));
        for (long seed = 1; seed <= 200; seed++) {
            Reading reading = randomReading(new Random(seed));
            for (Move move : policy.plan(reading).moves()) {
                assertThat(reading.utilization(move.from()) - reading.meanUtilization())
                        .as("seed %d %s", seed, move)
                        .isGreaterThan(deadBand);
            }
        }
    }

    /** One hot processor of many: the others lack less than the band each, and relieve it all the same. */
    @ParameterizedTest
    @EnumSource(ImbalanceIndex.class)
    void oneHotProcessorIsRelievedByOthersWithinTheDeadBand(ImbalanceIndex index) {
        AssignerPolicy policy = Policies.create("proportional", new PolicyParameters(index, 0.5, 0.05));
        Reading reading = Readings.ofCounts(new int[] {32, 32, 32, 32, 32, 32, 32, 32}, .5, .4, .4, .4, .4, .4, .4, .4);
        assertThat(policy.plan(reading).moves()).isNotEmpty().allMatch(move -> move.from() == 0);
    }

    @ParameterizedTest
    @MethodSource("cases")
    void movesNothingWhenAllAreWithinTheDeadBand(Case policyCase) {
        AssignerPolicy policy = policyCase.withDeadBand(0.05).create();
        Reading reading = Readings.ofCounts(new int[] {10, 10, 10, 10}, 0.54, 0.46, 0.451, 0.549);
        assertThat(policy.plan(reading).moves()).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("cases")
    void aGiantBucketIsNotHandedRoundWhileItsOwnerHasOthersToGive(Case policyCase) {
        // Bucket 0 needs more than a whole processor; the others of its owner are small.
        int[] owners = new int[64];
        long[] busyNs = new long[64];
        for (int bucket = 0; bucket < owners.length; bucket++) {
            owners[bucket] = bucket % 4;
            busyNs[bucket] = bucket == 0 ? Readings.INTERVAL_NS * 12 / 10 : Readings.INTERVAL_NS / 50;
        }
        Reading reading = Readings.ofBuckets(4, owners, busyNs);
        Assignment assignment = policyCase.create().plan(reading);
        if (assignment.target(0) > 0) {
            assertThat(assignment.moves()).noneMatch(move -> move.bucket() == 0);
        }
    }

    @Test
    void deficitEndsAtTheLowerBoundWithAGiantAlone() {
        AssignerPolicy policy =
                Policies.create("proportional", new PolicyParameters(ImbalanceIndex.DEFICIT, 1.0, 0.02));
        int[] owners = new int[64];
        long[] busyNs = new long[64];
        for (int bucket = 0; bucket < owners.length; bucket++) {
            owners[bucket] = policy.initialOwner(bucket, 64, 4);
            busyNs[bucket] = bucket == 5 ? Readings.INTERVAL_NS * 12 / 10 : Readings.INTERVAL_NS / 50;
        }
        for (int interval = 0; interval < 20; interval++) {
            Reading reading = Readings.ofBuckets(4, owners, busyNs);
            owners = Readings.ownersAfter(reading, policy.plan(reading));
        }
        Reading settled = Readings.ofBuckets(4, owners, busyNs);
        assertThat(settled.owned(1)).isEqualTo(1);
        assertThat(settled.utilization(1) * Readings.INTERVAL_NS)
                .isEqualTo(LowerBound.of(settled).loadNs());
        assertThat(policy.plan(settled).moves()).isEmpty();
    }

    @Test
    void idleMovesNothingWhenAllAreSaturated() {
        AssignerPolicy policy = Policies.create("proportional", new PolicyParameters(ImbalanceIndex.IDLE, 1.0, 0.0));
        Reading reading = Readings.equalBuckets(64, 1.0, 1.2, 3.0, 1.5);
        Assignment assignment = policy.plan(reading);
        assertThat(assignment.totalIndex()).isZero();
        assertThat(assignment.moves()).isEmpty();
    }

    @Test
    void ratioMovesNothingWhenAllAreIdle() {
        AssignerPolicy policy = Policies.create("proportional", new PolicyParameters(ImbalanceIndex.RATIO, 1.0, 0.0));
        Assignment assignment = policy.plan(Readings.equalBuckets(64, 0.0, 0.0, 0.0, 0.0));
        assertThat(assignment.totalIndex()).isZero();
        assertThat(assignment.moves()).isEmpty();
    }

    @Test
    void backgroundLoadCountsAgainstAProcessor() {
        AssignerPolicy policy = Policies.create("proportional", new PolicyParameters(ImbalanceIndex.DEFICIT, 1.0, 0.0));
        int[] owners = {0, 0, 0, 0, 1, 1, 1, 1};
        long[] busyNs = new long[8];
        Arrays.fill(busyNs, Readings.INTERVAL_NS / 20);
        Reading reading = Readings.ofBuckets(2, owners, busyNs, new long[] {Readings.INTERVAL_NS * 4 / 10, 0});
        // u = (.6, .2), U = .4: processor 0 releases round(4 * .2/.6) = 1.
        assertThat(policy.plan(reading).moves()).singleElement().satisfies(move -> {
            assertThat(move.from()).isZero();
            assertThat(move.to()).isEqualTo(1);
        });
    }

    @Test
    void dampingScalesTheChangeOfCounts() {
        Reading reading = Readings.equalBuckets(1024, 0.9, 0.5, 0.3, 0.1);
        PolicyParameters half = new PolicyParameters(ImbalanceIndex.IDLE, 0.5, 0.0);
        // Half-way from 256 each to 46.5/232.7/325.8/418.9.
        assertThat(Readings.targets(
                        reading, Policies.create("proportional", half).plan(reading)))
                .containsExactly(151, 244, 291, 338);
        PolicyParameters halfDeficit = new PolicyParameters(ImbalanceIndex.DEFICIT, 0.5, 0.0);
        // Releases 64 and round(12.8), received 3 : 7.
        assertThat(Readings.targets(
                        reading, Policies.create("proportional", halfDeficit).plan(reading)))
                .containsExactly(192, 243, 279, 310);
    }

    @Test
    void singleKeepsEverythingOnOneThreadAndStaticSpreadsByNumber() {
        PolicyParameters parameters = new PolicyParameters(ImbalanceIndex.DEFICIT, 1.0, 0.0);
        AssignerPolicy single = Policies.create("single", parameters);
        AssignerPolicy spread = Policies.create("static", parameters);
        for (int bucket = 0; bucket < 10; bucket++) {
            assertThat(single.initialOwner(bucket, 10, 4)).isZero();
            assertThat(spread.initialOwner(bucket, 10, 4)).isEqualTo(bucket % 4);
        }
    }

    @Test
    void wrongParametersAreNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.create("greedy", new PolicyParameters(ImbalanceIndex.IDLE, 1.0, 0.0)))
                .withMessageContaining("greedy")
                .withMessageContaining("proportional");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolicyParameters(ImbalanceIndex.IDLE, 0.0, 0.0))
                .withMessageContaining("0.0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolicyParameters(ImbalanceIndex.IDLE, Double.NaN, 0.0))
                .withMessageContaining("NaN");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolicyParameters(ImbalanceIndex.IDLE, 1.0, -0.5))
                .withMessageContaining("-0.5");
    }
}

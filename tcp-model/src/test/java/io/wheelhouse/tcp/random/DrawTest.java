package io.wheelhouse.tcp.random;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.function.LongUnaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DrawTest {
    private static final int SAMPLES = 1 << 18;
    private static final int CELLS = 256;
    /** Standard errors that a correlation may lie from zero. */
    private static final double ERRORS = 5;

    @Test
    void valuesAreThoseOfEarlierVersions() {
        assertThat(Draw.bits(0, 0, Stream.ARRIVAL, 0)).isEqualTo(0x871B275E2C983E04L);
        assertThat(Draw.bits(42, 1_000_000, Stream.LOSS_DOWN, 17)).isEqualTo(0x0F83FD899A358C08L);
        assertThat(Draw.bits(-1, Long.MAX_VALUE, Stream.TIMER_CANCEL, -1)).isEqualTo(0xF1BD09B209DCBBF2L);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 42, -1, Long.MIN_VALUE, 0x0123456789ABCDEFL})
    void highAndLowBitsAreUniformAlongEveryArgument(long seed) {
        assertUniform("ordinals", seed, i -> Draw.bits(seed, 7, Stream.LOSS_UP, i));
        assertUniform("connections", seed, i -> Draw.bits(seed, i, Stream.LOSS_UP, 3));
        assertUniform("seeds", seed, i -> Draw.bits(seed + i, 7, Stream.LOSS_UP, 3));
        assertUniform("every 1024th connection", seed, i -> Draw.bits(seed, i << 10, Stream.SIZE, 0));
    }

    private static void assertUniform(String what, long seed, LongUnaryOperator draw) {
        long[] high = new long[CELLS];
        long[] low = new long[CELLS];
        for (int i = 0; i < SAMPLES; i++) {
            long bits = draw.applyAsLong(i);
            high[(int) (bits >>> 56)]++;
            low[(int) (bits & 0xFF)]++;
        }
        ChiSquare.assertUniform(high, "high bits along " + what, seed);
        ChiSquare.assertUniform(low, "low bits along " + what, seed);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42, -7})
    void neighboursAreNotCorrelated(long seed) {
        assertUncorrelated(
                "ordinals",
                seed,
                i -> Draw.bits(seed, 5, Stream.THINK, i),
                i -> Draw.bits(seed, 5, Stream.THINK, i + 1));
        assertUncorrelated(
                "connections",
                seed,
                i -> Draw.bits(seed, i, Stream.THINK, 0),
                i -> Draw.bits(seed, i + 1, Stream.THINK, 0));
        assertUncorrelated(
                "seeds", seed, i -> Draw.bits(seed, i, Stream.THINK, 0), i -> Draw.bits(seed + 1, i, Stream.THINK, 0));
        assertUncorrelated(
                "streams",
                seed,
                i -> Draw.bits(seed, i, Stream.LOSS_UP, 0),
                i -> Draw.bits(seed, i, Stream.LOSS_DOWN, 0));
        assertUncorrelated(
                "connection and ordinal",
                seed,
                i -> Draw.bits(seed, i, Stream.THINK, 1),
                i -> Draw.bits(seed, i + 1, Stream.THINK, 0));
    }

    /** Correlation of the uniform values, and agreement of each of the 64 bits. */
    private static void assertUncorrelated(String what, long seed, LongUnaryOperator one, LongUnaryOperator other) {
        double sum = 0;
        long[] agreements = new long[64];
        for (int i = 0; i < SAMPLES; i++) {
            long a = one.applyAsLong(i);
            long b = other.applyAsLong(i);
            sum += ((a >>> 11) * 0x1.0p-53 - 0.5) * ((b >>> 11) * 0x1.0p-53 - 0.5);
            long same = ~(a ^ b);
            for (int bit = 0; bit < 64; bit++) {
                agreements[bit] += (same >>> bit) & 1;
            }
        }
        double correlation = 12 * sum / SAMPLES;
        assertThat(correlation)
                .as("correlation of neighbouring %s, seed %d", what, seed)
                .isCloseTo(0, within(ERRORS / Math.sqrt(SAMPLES)));
        for (int bit = 0; bit < 64; bit++) {
            assertThat(agreements[bit] / (double) SAMPLES)
                    .as("share of neighbouring %s that agree in bit %d, seed %d", what, bit, seed)
                    .isCloseTo(0.5, within(ERRORS * 0.5 / Math.sqrt(SAMPLES)));
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 42})
    void pairsOfNeighboursFillTheSquareEvenly(long seed) {
        long[] cells = new long[32 * 32];
        for (int i = 0; i < SAMPLES; i++) {
            int x = (int) (Draw.bits(seed, i, Stream.SIZE, 0) >>> 59);
            int y = (int) (Draw.bits(seed, i, Stream.SIZE, 1) >>> 59);
            cells[x * 32 + y]++;
        }
        ChiSquare.assertUniform(cells, "pairs", seed);
    }

    @Test
    void eachInputBitMovesHalfTheOutputBits() {
        int trials = 2_000;
        for (int bit = 0; bit < 64; bit++) {
            long flip = 1L << bit;
            long moved = 0;
            for (int i = 0; i < trials; i++) {
                long base = Draw.bits(i, i, Stream.SIZE, i);
                moved += Long.bitCount(base ^ Draw.bits(i ^ flip, i, Stream.SIZE, i));
                moved += Long.bitCount(base ^ Draw.bits(i, i ^ flip, Stream.SIZE, i));
                moved += Long.bitCount(base ^ Draw.bits(i, i, Stream.SIZE, i ^ flip));
            }
            assertThat(moved / (3.0 * trials))
                    .as("output bits moved by input bit %d", bit)
                    .isCloseTo(32, within(0.6));
        }
    }

    @Test
    void uniformStaysInItsInterval() {
        for (int i = 0; i < SAMPLES; i++) {
            assertThat(Draw.uniform(1, i, Stream.SIZE, 0))
                    .isGreaterThanOrEqualTo(0)
                    .isLessThan(1);
            assertThat(Draw.uniformOpen(1, i, Stream.SIZE, 0)).isGreaterThan(0).isLessThan(1);
        }
    }

    @Test
    void belowIsUniformAndBounded() {
        long[] counts = new long[10];
        for (int i = 0; i < SAMPLES; i++) {
            counts[(int) Draw.below(10, 3, i, Stream.SIZE, 0)]++;
            assertThat(Draw.below(1, 3, i, Stream.SIZE, 0)).isZero();
            assertThat(Draw.below(Long.MAX_VALUE, 3, i, Stream.SIZE, 0))
                    .isNotNegative()
                    .isLessThan(Long.MAX_VALUE);
        }
        ChiSquare.assertUniform(counts, "below 10", 3);
        assertThatThrownBy(() -> Draw.below(0, 3, 0, Stream.SIZE, 0))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("0");
    }

    @Test
    void chanceHasItsShareAndGrowsWithTheProbability() {
        int hits = 0;
        for (int i = 0; i < SAMPLES; i++) {
            assertThat(Draw.chance(0, 9, i, Stream.OUTAGE, 0)).isFalse();
            assertThat(Draw.chance(1, 9, i, Stream.OUTAGE, 0)).isTrue();
            boolean hit = Draw.chance(0.4, 9, i, Stream.OUTAGE, 0);
            if (hit) {
                hits++;
                assertThat(Draw.chance(0.5, 9, i, Stream.OUTAGE, 0)).isTrue();
            }
        }
        double error = Math.sqrt(0.4 * 0.6 / SAMPLES);
        assertThat(hits / (double) SAMPLES).as("share, seed 9").isCloseTo(0.4, within(ERRORS * error));
    }

    @Test
    void aChanceIsToldByBitsAsByTheirFraction() {
        SplittableRandom random = new SplittableRandom(31);
        double[] corners = {0, Double.MIN_VALUE, 0x1.0p-53, 0x1.8p-53, 0.01, 0.5, 1 - 0x1.0p-53, 1};
        for (int i = 0; i < 200_000; i++) {
            double probability = i < corners.length ? corners[i] : random.nextDouble();
            long uniform = random.nextLong(1L << 53);
            long near = (long) (probability * 0x1.0p53) + random.nextLong(-2, 3);
            for (long bits : new long[] {uniform, Math.max(0, Math.min((1L << 53) - 1, near)), 0, (1L << 53) - 1}) {
                assertThat(bits < Draw.chanceLimit(probability))
                        .as("seed 31, %a of %a", bits * 0x1.0p-53, probability)
                        .isEqualTo(bits * 0x1.0p-53 < probability);
            }
        }
        long root = Draw.root(9);
        assertThat(Draw.bitsOf(root, 4, Stream.LOSS_UP, 7)).isEqualTo(Draw.bits(9, 4, Stream.LOSS_UP, 7));
    }

    @Test
    void streamsHaveNumbersOfTheirOwn() {
        Set<Integer> numbers = new HashSet<>();
        Set<Long> salts = new HashSet<>();
        Arrays.stream(Stream.values()).forEach(stream -> {
            assertThat(numbers.add(stream.number()))
                    .as(stream.name().toLowerCase(Locale.ROOT))
                    .isTrue();
            assertThat(salts.add(stream.salt())).isTrue();
        });
    }
}

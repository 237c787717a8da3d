package io.wheelhouse.tcp.path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.wheelhouse.tcp.random.Distribution;
import java.util.List;
import java.util.function.LongPredicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class PathTest {
    private static final long SEED = 42;
    private static final int CONNECTIONS = 200_000;
    private static final long MS = 1_000_000;
    private static final long S = 1_000 * MS;
    private static final Distribution DELAY = Distribution.lognormal(20 * MS, 0.5);

    /** The share of the first connections (or packets) for which it holds, within five standard errors. */
    private static void assertShare(double wanted, LongPredicate predicate) {
        long hits = 0;
        for (long i = 0; i < CONNECTIONS; i++) {
            hits += predicate.test(i) ? 1 : 0;
        }
        double error = Math.sqrt(wanted * (1 - wanted) / CONNECTIONS);
        assertThat((double) hits / CONNECTIONS).as("share, seed %d", SEED).isCloseTo(wanted, within(5 * error));
    }

    @Test
    void delayIsDrawnOnceAConnectionAndIsTheSameBothWays() {
        Path path = Path.of(SEED, DELAY);
        assertShare(0.5, connection -> path.delayNs(connection) < 20 * MS);
        for (long connection = 0; connection < 1_000; connection++) {
            long delayNs = path.delayNs(connection);
            assertThat(Path.of(SEED, DELAY).delayNs(connection)).isEqualTo(delayNs);
            assertThat(path.delayNs(connection, Direction.UP)).isEqualTo(delayNs);
            assertThat(path.delayNs(connection, Direction.DOWN)).isEqualTo(delayNs);
        }
        assertThat(path.isAsymmetric()).isFalse();
        assertThat(Path.of(SEED + 1, DELAY).delayNs(0)).isNotEqualTo(path.delayNs(0));
    }

    @Test
    void theWayDownMayHaveADelayOfItsOwnDrawnApart() {
        Path path = Path.of(SEED, DELAY).withDelayDown(Distribution.lognormal(80 * MS, 0.5));
        assertThat(path.isAsymmetric()).isTrue();
        assertThat(path.delayNs(7)).isEqualTo(Path.of(SEED, DELAY).delayNs(7));
        assertShare(0.5, connection -> path.delayNs(connection, Direction.DOWN) < 80 * MS);
        assertShare(
                0.25,
                connection -> path.delayNs(connection, Direction.DOWN) < 80 * MS
                        && path.delayNs(connection, Direction.UP) < 20 * MS);
    }

    @Test
    void noDelayIsLongerThanASegmentLives() {
        Path path = Path.of(SEED, Distribution.pareto(S, 0.1)).withJitter(Distribution.pareto(S, 0.1));
        long longestNs = 0;
        for (long connection = 0; connection < 1_000; connection++) {
            longestNs = Math.max(longestNs, path.delayNs(connection));
            long arrivalNs = path.arrivalNs(connection, Direction.UP, path.delayNs(connection), 0, 0, 0);
            assertThat(arrivalNs).isBetween(S, 2 * Path.DELAY_MAX_NS);
        }
        assertThat(longestNs).isEqualTo(Path.DELAY_MAX_NS);
    }

    @ParameterizedTest
    @EnumSource(Direction.class)
    void packetsAreLostByTheirOrdinal(Direction direction) {
        Path path = Path.of(SEED, DELAY).withLoss(0.01, 0.2);
        double loss = direction == Direction.UP ? 0.01 : 0.2;
        assertShare(loss, connection -> path.lost(connection, direction, 0));
        assertShare(loss, ordinal -> path.lost(3, direction, ordinal));
        assertShare(loss * loss, i -> path.lost(i, direction, 1) && path.lost(i, direction, 2));
        for (long i = 0; i < 1_000; i++) {
            assertThat(Path.of(SEED, DELAY).withLoss(0.01, 0.2).lost(i, direction, 5))
                    .isEqualTo(path.lost(i, direction, 5));
            assertThat(path.withLoss(0, 0).lost(i, direction, 5)).isFalse();
            assertThat(path.withLoss(1, 1).lost(i, direction, 5)).isTrue();
        }
    }

    @Test
    void lossIsDrawnApartInEachDirection() {
        Path path = Path.of(SEED, DELAY).withLoss(0.2, 0.2);
        assertShare(0.04, i -> path.lost(i, Direction.UP, 0) && path.lost(i, Direction.DOWN, 0));
    }

    @Test
    void anOutageTouchesItsShareOfTheConnectionsWhileItLasts() {
        Path path = Path.of(SEED, DELAY).withOutages(List.of(Outage.both(0.4, 10 * S, 13 * S)));
        assertShare(0.4, connection -> path.out(connection, Direction.UP, 10 * S));
        for (long connection = 0; connection < 1_000; connection++) {
            boolean touched = path.touches(0, connection);
            for (Direction direction : Direction.values()) {
                assertThat(path.out(connection, direction, 10 * S - 1)).isFalse();
                assertThat(path.out(connection, direction, 10 * S)).isEqualTo(touched);
                assertThat(path.out(connection, direction, 13 * S - 1)).isEqualTo(touched);
                assertThat(path.out(connection, direction, 13 * S)).isFalse();
            }
        }
    }

    @Test
    void anOutageMayBeOfOneDirectionAndOutagesDrawApart() {
        Path path = Path.of(SEED, DELAY)
                .withOutages(List.of(new Outage(0.5, 0, 2 * S, true, false), new Outage(0.5, S, 3 * S, false, true)));
        assertShare(
                0.25, connection -> path.out(connection, Direction.UP, S) && path.out(connection, Direction.DOWN, S));
        for (long connection = 0; connection < 1_000; connection++) {
            assertThat(path.out(connection, Direction.DOWN, 0)).isFalse();
            assertThat(path.out(connection, Direction.UP, 2 * S)).isFalse();
        }
    }

    @Test
    void theCauseOfADropIsNamedOutagesFirst() {
        Path path = Path.of(SEED, DELAY).withLoss(1, 0).withOutages(List.of(Outage.both(1, 0, S)));
        assertThat(path.dropCause(0, Direction.UP, 0, 0)).isEqualTo(DropCause.OUTAGE);
        assertThat(path.dropCause(0, Direction.DOWN, 0, 0)).isEqualTo(DropCause.OUTAGE);
        assertThat(path.dropCause(0, Direction.UP, 0, S)).isEqualTo(DropCause.LOSS);
        assertThat(path.dropCause(0, Direction.DOWN, 0, S)).isNull();
        assertThat(DropCause.OUTAGE.key()).isEqualTo("outage");
    }

    @Test
    void jitterNeverReorders() {
        Path path = Path.of(SEED, Distribution.constant(20 * MS)).withJitter(Distribution.exponential(5 * MS));
        assertThat(path.hasJitter()).isTrue();
        long lastNs = -1;
        int waited = 0;
        long jitterSumNs = 0;
        int packets = 10_000;
        for (int ordinal = 0; ordinal < packets; ordinal++) {
            long sentNs = ordinal * MS;
            long freeNs = path.arrivalNs(1, Direction.UP, 20 * MS, ordinal, sentNs, -1);
            long arrivalNs = path.arrivalNs(1, Direction.UP, 20 * MS, ordinal, sentNs, lastNs);
            assertThat(freeNs).isGreaterThanOrEqualTo(sentNs + 20 * MS);
            assertThat(arrivalNs).isEqualTo(Math.max(lastNs, freeNs));
            waited += arrivalNs > freeNs ? 1 : 0;
            jitterSumNs += freeNs - sentNs - 20 * MS;
            lastNs = arrivalNs;
        }
        assertThat(waited).isGreaterThan(packets / 4);
        assertThat((double) jitterSumNs / packets)
                .as("mean jitter, seed %d", SEED)
                .isCloseTo(5.0 * MS, within(0.25 * MS));
        assertThat(Path.of(SEED, DELAY).arrivalNs(1, Direction.UP, 7, 0, 100, -1))
                .isEqualTo(107);
    }

    @Test
    void badArgumentsAreNamed() {
        assertThatThrownBy(() -> Path.of(SEED, DELAY).withLoss(1.5, 0)).hasMessageContaining("1.5");
        assertThatThrownBy(() -> Path.of(SEED, DELAY).withLoss(0, Double.NaN)).hasMessageContaining("NaN");
        assertThatThrownBy(() -> Outage.both(-0.1, 0, 1)).hasMessageContaining("-0.1");
        assertThatThrownBy(() -> Outage.both(0.1, 2, 1)).hasMessageContaining("2 ns to 1 ns");
    }
}

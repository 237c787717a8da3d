package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Distribution;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Whole connections between two ends, over paths that lose: every byte arrives once, and everything ends. */
class TransferTest {
    private static final int CONNECTIONS = 40;
    private static final long BYTES = 200_000;

    /** The opener writes a number of bytes and closes; the other end closes when it hears of it. */
    record Bulk(Side from, long bytes, List<CloseReason> reasons) implements Application {
        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {
            if (side == from) {
                connection.write(side, bytes);
                connection.close(side);
            }
        }

        @Override
        public void onDelivered(Connection connection, Side side, long delivered, long nowNs) {
            assertThat(side).isEqualTo(from.other());
            connection.word0(connection.word0() + delivered);
            assertThat(connection.word0()).isLessThanOrEqualTo(bytes);
        }

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {}

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {
            if (side != from) {
                assertThat(connection.word0()).isEqualTo(bytes);
            }
            connection.close(side);
        }

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {
            reasons.add(reason);
        }
    }

    @ParameterizedTest
    @CsvSource({
        "linux, LOCAL, 0",
        "linux, LOCAL, 0.01",
        "linux, LOCAL, 0.1",
        "linux, REMOTE, 0.01",
        "linux, REMOTE, 0.1",
        "rfc, LOCAL, 0",
        "rfc, LOCAL, 0.01",
        "rfc, LOCAL, 0.1",
        "rfc, REMOTE, 0.01",
        "rfc, REMOTE, 0.1"
    })
    void bulkArrivesOnce(String profile, Side from, double loss) {
        List<CloseReason> reasons = new ArrayList<>();
        Bench.Setup setup = new Bench.Setup();
        setup.local = Profile.named(profile);
        setup.remote = Profile.named(profile);
        setup.path = Path.of(Bench.SEED, Distribution.constant(10 * Bench.MS)).withLoss(loss, loss);
        setup.application = new Bulk(from, BYTES, reasons);
        setup.opener = from;
        setup.operationNs = 500;
        Bench bench = setup.build();
        for (int index = 0; index < CONNECTIONS; index++) {
            bench.open(index, index * Bench.MS);
        }
        bench.runUntil(2_000 * Bench.SECOND);
        bench.checkLaws();
        assertThat(bench.work.connections()).isZero();
        assertThat(bench.work.segmentsInFlight() + bench.work.segmentsQueued()).isZero();
        assertThat(reasons).hasSize(2 * CONNECTIONS).containsOnly(CloseReason.ORDERLY);
        TcpCount delivered = from == Side.LOCAL ? TcpCount.BYTES_DELIVERED_OUTSIDE : TcpCount.BYTES_DELIVERED;
        assertThat(bench.ledger.of(delivered)).isEqualTo(CONNECTIONS * BYTES);
        assertThat(bench.ledger.of(TcpCount.CONNECTIONS_CLOSED)).isEqualTo(CONNECTIONS);
        assertThat(bench.work.isAllGivenBack()).isTrue();
    }

    @Test
    void slotsAreUsedAgain() {
        Bench.Setup setup = new Bench.Setup();
        setup.application = new Bulk(Side.LOCAL, 1_000, new ArrayList<>());
        Bench bench = setup.build();
        for (int index = 0; index < 5; index++) {
            assertThat(bench.open(index, bench.nowNs())).isZero();
            bench.runUntil(bench.nowNs() + 100 * Bench.SECOND);
            assertThat(bench.work.connections()).isZero();
        }
        bench.checkLaws();
    }
}

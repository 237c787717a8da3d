package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Segments that no honest peer sends: whatever they do to a connection, no law breaks. */
class HostileTest {
    private static final int CONNECTIONS = 12;
    private static final int FORGED = 3_000;
    private static final int NEAR = 3_000;

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void noLawBreaks(long seed) {
        try {
            forge(seed);
        } catch (RuntimeException | AssertionError e) {
            throw new AssertionError("seed " + seed, e);
        }
    }

    private static void forge(long seed) {
        Random random = new Random(seed);
        Bench.Setup setup = new Bench.Setup();
        String[] profiles = {"linux", "rfc"};
        Map<String, String> keepalive = Map.of("keepalive", "on", "keepalive-time", "1s", "keepalive-interval", "1s");
        setup.local = Profile.named(profiles[random.nextInt(2)]).with(keepalive);
        setup.remote = Profile.named(profiles[random.nextInt(2)]);
        setup.path = setup.path.withLoss(0.02, 0.02);
        setup.opener = Side.values()[random.nextInt(2)];
        setup.entries = EntrySharing.values()[random.nextInt(3)];
        setup.operationNs = random.nextInt(2) * 100_000L;
        setup.application = new Chatter(5);
        Bench bench = setup.build();
        int nextIndex = 0;
        long atNs = 0;
        for (int step = 0; step < FORGED; step++) {
            atNs += random.nextInt(5_000_000);
            bench.runUntil(atNs);
            if (bench.work.connections() < CONNECTIONS) {
                bench.open(nextIndex++, atNs);
            }
            forgeOne(bench, random, atNs);
            if (step % 100 == 0) {
                bench.checkLaws();
            }
        }
        bench.runUntil(atNs + 20_000 * Bench.SECOND);
        bench.checkLaws();
        assertThat(nextIndex).isGreaterThan(CONNECTIONS);
    }

    private static void forgeOne(Bench bench, Random random, long atNs) {
        int connection = random.nextInt(bench.work.rows().limit());
        if (!bench.work.rows().isTaken(connection)) {
            return;
        }
        Side to = Side.values()[random.nextInt(2)];
        EndRow row = bench.work.rows().newEndRow();
        bench.work.rows().bind(row, connection, bench.work.rows().endInts(to));
        int seq = near(random, row.rcvNxt());
        int ack = near(random, random.nextBoolean() ? row.sndUna() : row.sndNxt());
        int flags = random.nextInt(5) == 0 ? random.nextInt(32) : Segments.ACK | random.nextInt(2);
        int length = random.nextInt(3) == 0 ? random.nextInt(3_000) : 0;
        int window = random.nextInt(4) == 0 ? random.nextInt(70_000) : 65_535;
        bench.work.wire().forge(connection, to, seq, ack, flags, length, window, Math.max(atNs, bench.nowNs()));
        bench.touched();
    }

    private static int near(Random random, int number) {
        return switch (random.nextInt(4)) {
            case 0 -> random.nextInt();
            case 1 -> number;
            default -> number + random.nextInt(2 * NEAR) - NEAR;
        };
    }

    /** RFC 5961, section 7: two ends that disagree do not answer each other for ever at full speed. */
    @Test
    void endsThatDisagreeAnswerSeldom() {
        Bench bench = Drill.rfc().run("""
                0 < S 0:0(0)
                0 > S. 0:0(0) ack 1
                0 < . 1:1(0) ack 1
                1.0 < . 1:1(0) ack 5000
                1.0 > . 1:1(0) ack 1
                1.1 < . 1:1(0) ack 5000
                1.4 < . 1:1(0) ack 5000
                1.6 < . 1:1(0) ack 5000
                1.6 > . 1:1(0) ack 1
                1.7 < S 1:1(0)
                2.2 < S 1:1(0)
                2.2 > . 1:1(0) ack 1
                """);
        assertThat(Drill.state(bench)).isEqualTo(TcpState.ESTABLISHED);
    }

    @ParameterizedTest
    @EnumSource(Side.class)
    void sequenceNumbersWrapAround(Side from) {
        int index = indexNearWrap(from);
        Bench.Setup setup = new Bench.Setup();
        setup.application = new TransferTest.Bulk(from, 300_000, new java.util.ArrayList<>());
        setup.path = setup.path.withLoss(0.03, 0.03);
        setup.opener = from;
        Bench bench = setup.build();
        bench.open(index, 0);
        bench.runUntil(300 * Bench.SECOND);
        bench.checkLaws();
        assertThat(bench.work.connections()).isZero();
        assertThat(bench.ledger.of(TcpCount.BYTES_DELIVERED) + bench.ledger.of(TcpCount.BYTES_DELIVERED_OUTSIDE))
                .isEqualTo(300_000);
    }

    /** A connection whose numbers start less than 150,000 before 2^32, so that they wrap in the middle of the transfer. */
    private static int indexNearWrap(Side from) {
        var stream = from == Side.LOCAL
                ? io.wheelhouse.tcp.random.Stream.ISS_LOCAL
                : io.wheelhouse.tcp.random.Stream.ISS_REMOTE;
        for (int index = 0; index < 10_000_000; index++) {
            int iss = (int) io.wheelhouse.tcp.random.Draw.bits(Bench.SEED, index, stream, 0);
            if (iss < 0 && iss > -150_000) {
                return index;
            }
        }
        throw new AssertionError("no initial sequence number near 2^32");
    }
}

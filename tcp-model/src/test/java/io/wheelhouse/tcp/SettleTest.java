package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Packing the rows of connections that are left alone changes nothing but memory. */
class SettleTest {
    private static final int CONNECTIONS = 80;

    private static Bench lossy(String profile) {
        Bench.Setup setup = new Bench.Setup();
        Map<String, String> keepalive = Map.of("keepalive", "on", "keepalive-time", "5s", "keepalive-interval", "2s");
        setup.local = Profile.named(profile).with(keepalive);
        setup.remote = Profile.named(profile);
        setup.path = setup.path.withLoss(0.05, 0.05);
        setup.application = new Chatter(8);
        return setup.build();
    }

    /** Runs for two minutes, settling at random instants with the given odds, and tells the segments sent. */
    private static List<String> trace(Bench bench, long seed, int settleInHundred) {
        List<String> trace = new ArrayList<>();
        bench.work.segmentListener((index, from, atNs, seq, ack, flags, length, dropped) ->
                trace.add(index + " " + from + " " + atNs + " " + seq + " " + ack + " " + flags + " " + length));
        for (int index = 0; index < CONNECTIONS; index++) {
            bench.open(index, index * 7L * Bench.MS);
        }
        SplittableRandom random = new SplittableRandom(seed);
        long nowNs = 0;
        while (nowNs < 120 * Bench.SECOND) {
            nowNs += random.nextLong(1, 400 * Bench.MS);
            bench.runUntil(nowNs);
            if (random.nextInt(100) < settleInHundred) {
                bench.work.settle();
            }
        }
        bench.checkLaws();
        return trace;
    }

    @ParameterizedTest
    @ValueSource(strings = {"linux", "rfc"})
    void aRunIsTheSameWhateverIsPacked(String profile) {
        long seed = 3;
        Bench never = lossy(profile);
        List<String> expected = trace(never, seed, 0);
        assertThat(never.work.packedConnections()).isZero();
        for (int odds : new int[] {10, 100}) {
            Bench bench = lossy(profile);
            assertThat(trace(bench, seed, odds))
                    .as("seed %d, odds %d", seed, odds)
                    .isEqualTo(expected);
            assertThat(bench.bucket.fingerprint()).isEqualTo(never.bucket.fingerprint());
            assertThat(bench.ledger.timers()).isEqualTo(never.ledger.timers());
            assertThat(bench.pendingTimers()).isEqualTo(never.pendingTimers());
        }
    }

    @Test
    void whatArrivedOutOfOrderLeavesNoRowBehind() {
        Bench.Setup setup = new Bench.Setup();
        setup.local = Profile.named("linux");
        setup.remote = Profile.named("linux");
        setup.path = setup.path.withLoss(0.05, 0.05);
        // more than there is time for: no connection ends
        setup.application = new Chatter(10_000);
        Bench bench = setup.build();
        for (int index = 0; index < CONNECTIONS; index++) {
            bench.open(index, index * 7L * Bench.MS);
        }
        int made = 0;
        int before = 0;
        for (long nowNs = 0; nowNs < 60 * Bench.SECOND; nowNs += 20 * Bench.MS) {
            bench.runUntil(nowNs);
            bench.work.settle();
            int ends = bench.work.rows().coldEnds();
            made += Math.max(0, ends - before);
            before = ends;
        }
        assertThat(made).as("often something arrived out of order").isGreaterThan(2 * CONNECTIONS);
        assertThat(before).as("ends of %d with a gap now", 2 * CONNECTIONS).isLessThan(CONNECTIONS / 4);
        bench.checkLaws();
    }

    @Test
    void onlyWhatIsLeftAloneIsPacked() {
        Bench.Setup setup = new Bench.Setup();
        setup.local = Profile.named("linux").with(Map.of("keepalive", "on", "keepalive-time", "100s"));
        Bench bench = setup.build();
        for (int index = 0; index < CONNECTIONS; index++) {
            bench.open(index, 0);
        }
        bench.runUntil(Bench.SECOND);
        bench.work.settle();
        assertThat(bench.work.packedConnections())
                .as("touched since they were made")
                .isZero();
        bench.work.settle();
        assertThat(bench.work.packedConnections()).isEqualTo(CONNECTIONS);
        assertThat(bench.pendingTimers()).as("looking unpacks nothing").containsEntry(TcpTimer.KEEPALIVE, (long)
                CONNECTIONS);
        assertThat(bench.work.packedConnections()).isEqualTo(CONNECTIONS);
        bench.runUntil(101 * Bench.SECOND);
        assertThat(bench.work.packedConnections()).as("their keepalives came").isZero();
        bench.checkLaws();
    }
}

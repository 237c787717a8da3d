package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What is expected goes a shorter way and comes to the same, in all that a connection knows. */
class HeaderPredictionTest {
    private static final int CONNECTIONS = 60;
    private static final long UNTIL_NS = 60 * Bench.SECOND;
    private static final long STEP_MAX_NS = 300 * Bench.MS;

    /** Now and then writes a full segment and says that more comes, which no application of a scenario does. */
    private static final class Foretelling implements Application {
        private static final int ONE_IN = 8;
        private final Application usual;
        private @Nullable TcpBucketWork work;

        Foretelling(Application usual) {
            this.usual = usual;
        }

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {
            if (work != null
                    && connection.state(side).mayWrite()
                    && Draw.below(ONE_IN, Bench.SEED, connection.index(), Stream.SPREAD, nowNs) == 0) {
                Endpoint endpoint = work.endpoint(side);
                endpoint.write(endpoint.context().settings().mss, true);
                // most often all has been acknowledged by then
                connection.wakeAt(side, nowNs + Bench.SECOND);
            } else {
                usual.onWake(connection, side, nowNs);
            }
        }

        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {
            usual.onEstablished(connection, side, nowNs);
        }

        @Override
        public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {
            usual.onDelivered(connection, side, bytes, nowNs);
        }

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {
            usual.onPeerClosed(connection, side, nowNs);
        }

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {
            usual.onClosed(connection, side, reason, nowNs);
        }
    }

    /** @param window of ends some of which read in pieces; 0 for one that is large enough for what is read at once */
    private static Bench bench(String profile, double loss, int window, boolean predicts) {
        Map<String, String> windows =
                window > 0 ? Map.of("receive-window", Integer.toString(window), "window-scale", "0") : Map.of();
        Bench.Setup setup = new Bench.Setup();
        setup.local = Profile.named(profile)
                .with(Map.of("keepalive", "on", "keepalive-time", "900ms", "keepalive-interval", "2s"))
                .with(windows);
        setup.remote = Profile.named(profile)
                .with(profile.equals("linux") ? Map.of("ack-rule", "rfc5681") : Map.of())
                .with(windows);
        setup.path = setup.path.withLoss(loss, loss);
        // the least windows may be filled by one segment, after which less than half of them is left
        Foretelling foretelling = new Foretelling(new Chatter(40));
        setup.application = window > 0 ? new Moody(new Chatter(40, 2L * window)) : foretelling;
        setup.entries = EntrySharing.AS_STACK;
        setup.operationNs = 700;
        Bench bench = setup.build();
        foretelling.work = bench.work;
        bench.work.endpoint(Side.LOCAL).predict(predicts);
        bench.work.endpoint(Side.REMOTE).predict(predicts);
        return bench;
    }

    /** All that is known of the connections, at random instants. */
    private static List<String> trace(Bench bench, long seed) {
        List<String> trace = new ArrayList<>();
        for (int index = 0; index < CONNECTIONS; index++) {
            bench.open(index, index * 7L * Bench.MS);
        }
        SplittableRandom random = new SplittableRandom(seed);
        for (long nowNs = 0; nowNs < UNTIL_NS; nowNs += random.nextLong(1, STEP_MAX_NS)) {
            bench.runUntil(nowNs);
            for (int connection = 0; connection < CONNECTIONS; connection++) {
                if (bench.work.rows().isTaken(connection)) {
                    trace.add(nowNs + " ns, " + connection + ": " + known(bench, connection));
                }
            }
        }
        bench.checkLaws();
        return trace;
    }

    private static String known(Bench bench, int connection) {
        ConnectionRows rows = bench.work.rows();
        EndRow local = rows.newEndRow();
        EndRow remote = rows.newEndRow();
        rows.peek(local, remote, connection);
        return of(bench, local) + " | " + of(bench, remote);
    }

    private static String of(Bench bench, EndRow row) {
        BucketState shared = bench.work.endpoint(Side.LOCAL).context().shared;
        int estimatorInts =
                bench.work.endpoint(Side.LOCAL).context().settings().estimator.stateInts();
        int[] end = Arrays.copyOfRange(row.ints(), row.base, row.estimatorBase() + estimatorInts);
        int flow = row.sendingRow();
        if (flow == IntRows.NONE) {
            return Arrays.toString(end);
        }
        int from = shared.sending.base(flow);
        int[] sending = Arrays.copyOfRange(shared.sending.piece(flow), from, from + Flow.INTS_UNPACED);
        // marks that have been taken mean nothing
        Arrays.fill(sending, Flow.FIRST_MARK + sending[Flow.MARKS], Flow.FIRST_MARK + PushMarks.MAX, 0);
        return Arrays.toString(end) + Arrays.toString(sending);
    }

    @ParameterizedTest
    @CsvSource({
        "linux, 0, 0",
        "linux, 0.05, 0",
        "linux, 0.01, 4000",
        "linux, 0.01, 500",
        "freebsd, 0.02, 0",
        "freebsd, 0.01, 4000",
        "rfc-racktlp, 0.02, 0",
        "rfc, 0.02, 4000"
    })
    void whatIsExpectedComesToTheSame(String profile, double loss, int window) {
        long seed = 5;
        Bench shorter = bench(profile, loss, window, true);
        Bench whole = bench(profile, loss, window, false);
        List<String> expected = trace(whole, seed);
        assertThat(trace(shorter, seed))
                .as("%s, loss %s, window %d, seed %d", profile, loss, window, seed)
                .isEqualTo(expected);
        assertThat(shorter.bucket.fingerprint()).isEqualTo(whole.bucket.fingerprint());
        assertThat(shorter.ledger.timers()).isEqualTo(whole.ledger.timers());
        for (TcpCount what : TcpCount.values()) {
            assertThat(shorter.ledger.of(what)).as("%s", what).isEqualTo(whole.ledger.of(what));
        }
    }
}

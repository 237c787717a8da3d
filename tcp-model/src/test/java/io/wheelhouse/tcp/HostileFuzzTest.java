package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BooleanSupplier;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * A million segments that no honest peer sends, at both ends of a few dozen kinds of connections: no exception, no law
 * broken, no timer in a state that does not have it, no room taken without bound, and none kept when all is over. In every
 * other world the initial sequence numbers of one side are so near to 2^32 that what is sent wraps round.
 *
 * <p>A failure names its seed; {@code -Dwheelhouse.fuzz.seed=N} runs that one alone.
 */
class HostileFuzzTest {
    private static final int SEGMENTS = 1_000_000;
    private static final int WORLDS = 40;
    private static final int CONNECTIONS = 10;
    private static final int SEGMENTS_WAITING_MAX = 20_000;
    private static final int NEAR = 3_000;
    private static final int BEFORE_THE_WRAP = 4_000;
    private static final long FIRST_SEED = 20_260_801;

    @Test
    void aMillionHostileSegments() {
        String only = System.getProperty("wheelhouse.fuzz.seed");
        long first = only == null ? FIRST_SEED : Long.parseLong(only);
        int worlds = only == null ? WORLDS : 1;
        long forged = 0;
        for (long seed = first; seed < first + worlds; seed++) {
            try {
                forged += new World(new Random(seed)).run(SEGMENTS / WORLDS);
            } catch (RuntimeException | AssertionError e) {
                throw new AssertionError("repeat with -Dwheelhouse.fuzz.seed=" + seed, e);
            }
        }
        assertThat(forged).isEqualTo((long) SEGMENTS / WORLDS * worlds);
    }

    /** Numbers of connections whose initial sequence number at one side is the last but so many, or fewer. */
    private static final int[] NEAR_THE_WRAP = IntStream.iterate(0, index -> index + 1)
            .filter(index -> beforeTheWrap(index, Stream.ISS_LOCAL) || beforeTheWrap(index, Stream.ISS_REMOTE))
            .limit(64)
            .toArray();

    private static boolean beforeTheWrap(int index, Stream stream) {
        int iss = (int) Draw.bits(Bench.SEED, index, stream, 0);
        return iss < 0 && iss >= -BEFORE_THE_WRAP;
    }

    /** Ends a connection when it is told to. */
    private record Ending(Application talk, BooleanSupplier over) implements Application {
        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {
            talk.onEstablished(connection, side, nowNs);
        }

        @Override
        public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {
            talk.onDelivered(connection, side, bytes, nowNs);
        }

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {
            if (over.getAsBoolean()) {
                connection.abort(side);
            } else {
                talk.onWake(connection, side, nowNs);
            }
        }

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {
            talk.onPeerClosed(connection, side, nowNs);
        }

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {
            talk.onClosed(connection, side, reason, nowNs);
        }
    }

    private static final class World {
        private final Random random;
        private final Bench bench;
        private final EndRow row;
        private boolean over;
        private final boolean nearTheWrap;
        private int opened;
        private long forged;
        private long atNs;

        World(Random random) {
            this.random = random;
            Bench.Setup setup = new Bench.Setup();
            setup.local = profile();
            setup.remote = profile();
            setup.path = setup.path.withLoss(0.02, 0.02);
            setup.opener = Side.values()[random.nextInt(2)];
            setup.entries = EntrySharing.values()[random.nextInt(3)];
            setup.operationNs = random.nextInt(2) * 1_000L;
            setup.application = new Ending(new Moody(new Chatter(1 + random.nextInt(40))), () -> over);
            nearTheWrap = random.nextBoolean();
            bench = setup.build();
            row = bench.work.rows().newEndRow();
        }

        private Profile profile() {
            List<String> names = Profile.names();
            Profile profile = Profile.named(names.get(random.nextInt(names.size())))
                    .with(Map.of(
                            "keepalive", random.nextBoolean() ? "on" : "off",
                            "keepalive-time", "300ms",
                            "keepalive-interval", "200ms",
                            "timestamps", random.nextInt(4) == 0 ? "on" : "off",
                            "time-wait", random.nextBoolean() ? "100ms" : "2s"));
            return random.nextInt(3) == 0 ? profile.with(Map.of("user-timeout", "700ms")) : profile;
        }

        /** Returns how many segments there were: as many as asked for. */
        long run(int segments) {
            for (int n = 0; forged < segments; n++) {
                if (n % 8 == 0) {
                    atNs += random.nextInt(16_000_000);
                    bench.runUntil(atNs);
                }
                if (bench.work.connections() < CONNECTIONS) {
                    bench.open(nearTheWrap ? NEAR_THE_WRAP[opened % NEAR_THE_WRAP.length] : opened, atNs);
                    opened++;
                }
                forge();
                if (n % 64 == 0) {
                    checkEnds();
                }
                if (n % 4_096 == 0) {
                    bench.checkLaws();
                }
            }
            bench.runUntil(atNs + 40_000 * Bench.SECOND);
            checkEnds();
            bench.checkLaws();
            assertThat(opened).isGreaterThanOrEqualTo(CONNECTIONS);
            endAll();
            return forged;
        }

        /** Both ends of whatever is left give it up; then all room must be free. */
        private void endAll() {
            over = true;
            long nowNs = bench.nowNs();
            for (int connection = 0; connection < bench.work.rows().limit(); connection++) {
                if (bench.work.rows().isTaken(connection)) {
                    bench.work.scheduleWake(connection, Side.LOCAL, nowNs);
                    bench.work.scheduleWake(connection, Side.REMOTE, nowNs);
                }
            }
            bench.touched();
            bench.runUntil(nowNs + 1_000 * Bench.SECOND);
            bench.checkLaws();
            assertThat(bench.work.connections()).as("connections left").isZero();
            assertThat(bench.work.isAllGivenBack()).as("all rows given back").isTrue();
            assertThat(bench.work.rows().coldEnds()).as("cold rows left").isZero();
            assertThat(bench.bucket.timers().size()).as("timers left").isZero();
        }

        /** A segment for some end, if there is one. */
        private void forge() {
            int connection = random.nextInt(bench.work.rows().limit());
            if (!bench.work.rows().isTaken(connection)) {
                return;
            }
            Side to = Side.values()[random.nextInt(2)];
            bench.work.rows().bind(row, connection, bench.work.rows().endInts(to));
            int seq = near(row.rcvNxt());
            int ack = near(random.nextBoolean() ? row.sndUna() : row.sndNxt());
            int flags = random.nextInt(6) == 0 ? random.nextInt(32) : Segments.ACK | random.nextInt(2);
            int length = random.nextInt(3) == 0 ? random.nextInt(3_000) : 0;
            int window = random.nextInt(3) == 0 ? random.nextInt(3_000) : 65_535;
            long arrivalNs = Math.max(atNs, bench.nowNs());
            if (to == Side.LOCAL && random.nextBoolean()) {
                TcpSegment segment =
                        TcpSegment.of(flags, seq, ack, length, window).with(options());
                bench.work.inject(connection, segment, arrivalNs);
            } else {
                bench.work.wire().forge(connection, to, seq, ack, flags, length, window, arrivalNs);
            }
            bench.touched();
            forged++;
        }

        private TcpSegment.Options options() {
            int from = near(row.sndUna());
            SackBlock block = new SackBlock(from, from + random.nextInt(4_000));
            return TcpSegment.Options.NONE
                    .withTimestamps(near(row.tsRecent()), random.nextInt(3) == 0 ? random.nextInt() : 0)
                    .withSackBlocks(List.of(block));
        }

        private int near(int number) {
            return switch (random.nextInt(5)) {
                case 0 -> random.nextInt();
                case 1, 2 -> number;
                default -> number + random.nextInt(2 * NEAR) - NEAR;
            };
        }

        private void checkEnds() {
            assertThat(bench.work.segmentsInFlight() + bench.work.segmentsQueued())
                    .isLessThan(SEGMENTS_WAITING_MAX);
            assertThat(bench.work.connections()).isLessThanOrEqualTo(CONNECTIONS);
            assertThat(bench.work.rows().coldEnds()).isLessThanOrEqualTo(2 * CONNECTIONS);
            for (int connection = 0; connection < bench.work.rows().limit(); connection++) {
                if (bench.work.rows().isTaken(connection)) {
                    for (Side side : Side.values()) {
                        bench.work
                                .rows()
                                .bind(row, connection, bench.work.rows().endInts(side));
                        checkEnd();
                    }
                }
            }
        }

        /** What must hold of an end between two events. */
        private void checkEnd() {
            TcpState state = row.state();
            String what = state + ", una " + row.sndUna() + ", nxt " + row.sndNxt() + ", rcv " + row.rcvNxt();
            holds(row.flight() >= 0, "in flight " + row.flight(), what);
            holds(row.unread() >= 0, "unread " + row.unread(), what);
            holds(row.isArmed(TcpTimer.TIME_WAIT) == (state == TcpState.TIME_WAIT), "TIME_WAIT armed", what);
            holds(!row.isArmed(TcpTimer.PERSIST) || row.flight() == 0, "PERSIST armed", what);
            boolean waitsForFin = row.isArmed(TcpTimer.FIN_WAIT_2) || row.isArmed(TcpTimer.ORPHAN);
            holds(!waitsForFin || state == TcpState.FIN_WAIT_2, "a wait for the FIN", what);
            if (state == TcpState.CLOSED || state == TcpState.LISTEN) {
                for (int slot = 0; slot < TimerSlot.COUNT; slot++) {
                    holds(row.armed(slot) == null, "armed in slot " + slot, what);
                }
            }
        }

        private static void holds(boolean law, String broken, String what) {
            if (!law) {
                throw new AssertionError(broken + " in " + what);
            }
        }
    }
}

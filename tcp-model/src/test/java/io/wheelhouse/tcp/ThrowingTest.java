package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.timer.bucket.Firing;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What others wrote may throw; a live thread then goes on, and no other connection may notice. */
class ThrowingTest {
    private static final long SETTLED_NS = 400 * Bench.MS;

    /** The far end of connection 0 sends its last bytes with its FIN; the end here throws at the sight of them. */
    private static final class Bad implements Application {
        private static final int LAST_BYTES = 50;
        final List<String> told = new ArrayList<>();

        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {
            if (side == Side.REMOTE) {
                connection.write(Side.REMOTE, 100);
                if (connection.index() == 0) {
                    // waits behind the small one before, until the FIN comes along
                    connection.write(Side.REMOTE, LAST_BYTES);
                    connection.shutdown(Side.REMOTE);
                }
            }
        }

        @Override
        public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {
            told.add(connection.index() + " " + side + ": " + bytes + " bytes");
            if (bytes == LAST_BYTES) {
                throw new IllegalStateException("an application of the test");
            }
        }

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {}

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {
            told.add(connection.index() + " " + side + ": peer closed");
        }

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
    }

    /** Goes on after what is thrown, as a timer thread does; returns how often that was. */
    private static int runUntil(Bench bench, long untilNs) {
        int thrown = 0;
        while (bench.nowNs() < untilNs) {
            try {
                bench.runUntil(untilNs);
            } catch (IllegalStateException e) {
                thrown++;
            }
        }
        return thrown;
    }

    @Test
    void newsThatWereNotToldAreNotToldToTheNextConnection() {
        Bad bad = new Bad();
        Bench.Setup setup = new Bench.Setup();
        setup.local = Profile.named("rfc");
        setup.remote = Profile.named("rfc");
        setup.application = bad;
        Bench bench = setup.build();
        bench.open(0, 0);
        bench.open(1, Bench.MS);
        assertThat(runUntil(bench, SETTLED_NS)).isEqualTo(1);
        assertThat(bad.told).containsExactly("0 LOCAL: 100 bytes", "0 LOCAL: 50 bytes", "1 LOCAL: 100 bytes");
        bench.checkLaws();
    }

    @ParameterizedTest
    @EnumSource(EntrySharing.class)
    void timersAreServedAfterOneThatThrew(EntrySharing entries) {
        Bench.Setup setup = new Bench.Setup();
        setup.application = new Chatter(20);
        setup.entries = entries;
        Bench bench = setup.build();
        int[] fired = new int[1];
        bench.work.observer(new TcpObserver() {
            @Override
            public TcpCounts counts() {
                return bench.ledger.counts();
            }

            @Override
            public void fired(TcpTimer timer, int group, Firing firing) {
                bench.ledger.fired(timer, group, firing);
                if (++fired[0] == 1) {
                    throw new IllegalStateException("an observer of the test");
                }
            }

            @Override
            public void endedAfterExpiry(TcpTimer timer, int group, long ageNs) {
                bench.ledger.endedAfterExpiry(timer, group, ageNs);
            }
        });
        for (int index = 0; index < 10; index++) {
            bench.open(index, index * Bench.MS);
        }
        assertThat(runUntil(bench, 10 * Bench.SECOND)).isEqualTo(1);
        assertThat(fired[0]).isGreaterThan(10);
        List<TcpTimer> lost = new ArrayList<>();
        bench.work.census(bench.nowNs(), new CensusVisitor() {
            @Override
            public void connection(int group, TcpState local, TcpState remote) {}

            @Override
            public void pending(TcpTimer timer, int group) {}

            @Override
            public void lost(TcpTimer timer, int group) {
                lost.add(timer);
            }

            @Override
            public void overdue(TcpTimer timer, int group, long ageNs) {}
        });
        assertThat(lost).isEmpty();
        bench.checkLaws();
    }
}

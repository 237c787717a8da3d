package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.QueueDiscipline;
import io.wheelhouse.timer.bucket.WorkItems;
import java.lang.management.ManagementFactory;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What the bucket and the engine see of TCP: order, fingerprint, census, memory; and what applications may not do. */
class BucketWorkTest {

    /** Serves last come first: what the law of order is there to catch. */
    private static final class LastComeFirst implements QueueDiscipline {
        private final Deque<Integer> waiting = new ArrayDeque<>();

        @Override
        public void enqueue(int item, int connection) {
            waiting.push(item);
        }

        @Override
        public int dequeue() {
            return waiting.isEmpty() ? NONE : waiting.pop();
        }

        @Override
        public void charge(int connection, long serviceNs) {}

        @Override
        public void remove(int item, int connection) {
            waiting.remove(item);
        }

        @Override
        public int size() {
            return waiting.size();
        }

        @Override
        public void forEach(ItemVisitor visitor) {
            waiting.forEach(visitor::item);
        }
    }

    @Test
    void packetsOutOfOrderAreNoticed() {
        Bench.Setup setup = chatting(EntrySharing.PER_TIMER);
        setup.operationNs = 400_000;
        setup.discipline = items -> new LastComeFirst();
        Bench bench = setup.build();
        openSome(bench);
        bench.runUntil(20 * Bench.SECOND);
        assertThat(bench.bucket.laws().packetsOutOfOrder()).isPositive();
    }

    private static Bench.Setup chatting(EntrySharing entries) {
        Bench.Setup setup = new Bench.Setup();
        setup.application = new Chatter(20);
        setup.entries = entries;
        setup.path = setup.path.withLoss(0.02, 0.02);
        return setup;
    }

    private static void openSome(Bench bench) {
        for (int index = 0; index < 30; index++) {
            bench.open(index, index * Bench.MS);
        }
    }

    private static long fingerprint(Bench.Setup setup) {
        Bench bench = setup.build();
        openSome(bench);
        bench.runUntil(30 * Bench.SECOND);
        bench.checkLaws();
        return bench.bucket.fingerprint();
    }

    @Test
    void theFingerprintFollowsTheSeedAlone() {
        long first = fingerprint(chatting(EntrySharing.AS_STACK));
        assertThat(fingerprint(chatting(EntrySharing.AS_STACK))).isEqualTo(first);
        Bench.Setup other = chatting(EntrySharing.AS_STACK);
        other.seed = Bench.SEED + 1;
        assertThat(fingerprint(other)).isNotEqualTo(first);
    }

    @Test
    void jitterKeepsTheOrderOfSegments() {
        Bench.Setup setup = chatting(EntrySharing.PER_TIMER);
        setup.path = Path.of(Bench.SEED, Distribution.constant(5 * Bench.MS))
                .withJitter(Distribution.exponential(20 * Bench.MS))
                .withDelayDown(Distribution.uniform(Bench.MS, 3e9));
        Bench bench = setup.build();
        openSome(bench);
        bench.runUntil(300 * Bench.SECOND);
        bench.checkLaws();
        assertThat(bench.work.connections()).isZero();
        assertThat(bench.ledger.of(TcpCount.FAST_RETRANSMISSIONS)).isZero();
    }

    @Test
    void theCensusFindsEveryConnectionAndTimer() {
        Bench.Setup setup = new Bench.Setup();
        setup.local = setup.local.with(java.util.Map.of("keepalive", "on"));
        Bench bench = setup.build();
        openSome(bench);
        bench.runUntil(10 * Bench.MS);
        TreeMap<String, Integer> found = new TreeMap<>();
        CensusVisitor visitor = new CensusVisitor() {
            @Override
            public void connection(int group, TcpState local, TcpState remote) {
                found.merge(local + " " + remote, 1, Integer::sum);
            }

            @Override
            public void pending(TcpTimer timer, int group) {
                found.merge(timer.key(), 1, Integer::sum);
            }

            @Override
            public void overdue(TcpTimer timer, int group, long ageNs) {
                found.merge("overdue", 1, Integer::sum);
            }
        };
        bench.work.census(bench.nowNs(), visitor);
        assertThat(found).hasToString("{CLOSED LISTEN=20, SYN_SENT LISTEN=10, syn=10}");
        assertThat(bench.work.segmentsInFlight()).isEqualTo(10);
        found.clear();
        bench.runUntil(Bench.SECOND);
        bench.work.census(bench.nowNs(), visitor);
        assertThat(found).hasToString("{ESTABLISHED ESTABLISHED=30, keepalive=30}");
        assertThat(bench.work.segmentsInFlight()).isZero();
        bench.checkLaws();
    }

    /** Boxes nothing, keeps nothing. */
    private static final class Deaf implements TcpObserver {
        private final TcpCounts counts = new TcpCounts(1);

        @Override
        public TcpCounts counts() {
            return counts;
        }

        @Override
        public void fired(TcpTimer timer, int group, Firing firing) {}

        @Override
        public void endedAfterExpiry(TcpTimer timer, int group, long ageNs) {}
    }

    @ParameterizedTest
    @EnumSource(EntrySharing.class)
    void nothingIsAllocatedInSteadyState(EntrySharing entries) {
        Bench.Setup setup = chatting(entries);
        setup.application = new Chatter(Integer.MAX_VALUE);
        Bench bench = setup.build();
        bench.work.observer(new Deaf());
        openSome(bench);
        bench.runUntil(400 * Bench.SECOND);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        long sentBefore = bench.work.segmentsSent();
        bench.runUntil(700 * Bench.SECOND);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        long sent = bench.work.segmentsSent() - sentBefore;
        assertThat(sent).isGreaterThan(10_000);
        // a queue or a pool may still grow once or twice, to its busiest moment; an object an event would be megabytes
        assertThat(allocated).as("%d segments", sent).isLessThan(100_000);
    }

    @Test
    void applicationsActForTheirOwnSideOnOpenEnds() {
        List<String> refused = new ArrayList<>();
        Bench.Setup setup = new Bench.Setup();
        setup.application = new Application() {
            @Override
            public void onEstablished(Connection connection, Side side, long nowNs) {
                refusal(refused, () -> connection.write(side.other(), 1));
                refusal(refused, () -> connection.write(side, 0));
                connection.close(side);
                refusal(refused, () -> connection.write(side, 1));
            }

            @Override
            public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {}

            @Override
            public void onWake(Connection connection, Side side, long nowNs) {}

            @Override
            public void onPeerClosed(Connection connection, Side side, long nowNs) {}

            @Override
            public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
        };
        Bench bench = setup.build();
        bench.open(0, 0);
        bench.runUntil(20 * Bench.MS + 1);
        assertThat(refused)
                .containsExactly(
                        "the application at the LOCAL side cannot act for REMOTE",
                        "bytes to write must be more than 0: 0",
                        "cannot write to an end in FIN_WAIT_1");
    }

    private static void refusal(List<String> refused, Runnable action) {
        assertThatThrownBy(action::run).satisfies(thrown -> refused.add(thrown.getMessage()));
    }

    @Test
    void workMustBeAttachedAndObserved() {
        TcpBucketWork work = new TcpBucketWork(
                new TcpConfig(1, new Bench.Setup().build().work.config().groups(), EntrySharing.PER_TIMER));
        assertThatThrownBy(() -> work.open(0, 0, 0)).hasMessageContaining("not attached");
    }

    @Test
    void lawsOfSegmentsAreChecked() {
        Bench bench = new Bench.Setup().build();
        bench.open(0, 0);
        bench.runUntil(Bench.SECOND);
        bench.work.checkInvariants();
        assertThat(bench.work.segmentsSent()).isEqualTo(bench.work.segmentsProcessed() + bench.work.segmentsDropped());
        assertThat(bench.work.segmentsSent()).isEqualTo(3);
    }

    /** The items are the discipline's business. */
    interface DisciplineFactory {
        QueueDiscipline over(WorkItems items);
    }
}

package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.queue.CoalescingWheel;
import io.wheelhouse.timer.queue.WheelShape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** However timers share entries, TCP behaves the same, and all counts balance. */
class EntrySharingTest {
    private static final int CONNECTIONS = 60;

    private static Bench.Setup lossy(String profile, EntrySharing entries) {
        Bench.Setup setup = new Bench.Setup();
        Map<String, String> keepalive = Map.of(
                "keepalive",
                "on",
                "keepalive-time",
                "700ms",
                "keepalive-interval",
                "300ms",
                "mss",
                "500B",
                "persist-min",
                "50ms");
        setup.local = Profile.named(profile).with(keepalive);
        setup.remote = Profile.named(profile).with(Map.of("receive-window", "2000B", "window-scale", "0"));
        setup.path = setup.path.withLoss(0.05, 0.05);
        setup.application = new Moody(new Chatter(8));
        setup.entries = entries;
        return setup;
    }

    private static List<String> trace(Bench bench) {
        List<String> trace = new ArrayList<>();
        bench.work.segmentListener((index, from, atNs, seq, ack, flags, length, dropped) ->
                trace.add(index + " " + from + " " + atNs + " " + seq + " " + ack + " " + flags + " " + length));
        for (int index = 0; index < CONNECTIONS; index++) {
            bench.open(index, index * 7L * Bench.MS);
        }
        bench.runUntil(600 * Bench.SECOND);
        bench.checkLaws();
        return trace;
    }

    static Stream<String> profiles() {
        return Profile.names().stream();
    }

    @ParameterizedTest
    @MethodSource("profiles")
    void tcpBehavesTheSame(String profile) {
        Bench perTimer = lossy(profile, EntrySharing.PER_TIMER).build();
        List<String> expected = trace(perTimer);
        assertThat(perTimer.ledger.of(TcpCount.RETRANSMISSIONS)).isPositive();
        assertThat(perTimer.ledger.of(TcpTimer.KEEPALIVE, TimerCount.FIRED)).isPositive();
        assertThat(perTimer.ledger.of(TcpTimer.DELAYED_ACK, TimerCount.FIRED)).isPositive();
        assertThat(perTimer.ledger.of(TcpTimer.PERSIST, TimerCount.FIRED)).isPositive();
        assertThat(perTimer.ledger.of(TcpTimer.TIME_WAIT, TimerCount.FIRED)).isPositive();
        for (EntrySharing entries : EntrySharing.values()) {
            Bench bench = lossy(profile, entries).build();
            assertThat(trace(bench)).as(entries.key()).isEqualTo(expected);
            assertThat(bench.ledger.timers()).as(entries.key()).isEqualTo(perTimer.ledger.timers());
            assertThat(bench.ledger.counted()).as(entries.key()).isEqualTo(perTimer.ledger.counted());
            if (entries != EntrySharing.PER_TIMER && !(entries == EntrySharing.AS_STACK && profile.startsWith("rfc"))) {
                assertThat(operations(bench)).as(entries.key()).isNotEqualTo(operations(perTimer));
            }
        }
    }

    /** What the timer queue had to do. */
    private static long operations(Bench bench) {
        var counts = bench.bucket.timers().counts();
        return counts.arms() + counts.rearms() + counts.cancels() + counts.expiries();
    }

    @Test
    void linuxLeavesTheEntryPendingWhereOthersCancelIt() {
        String script = """
                0.000 < S 0:0(0)
                0.000 > S. 0:0(0) ack 1
                0.100 < . 1:1(0) ack 1
                0.200 write 100
                0.200 > P. 1:101(100) ack 1
                0.300 < . 1:1(0) ack 101
                0.400 is ESTABLISHED
                """;
        Bench eager = Drill.linux().run(script);
        assertThat(eager.bucket.timers().size()).isZero();
        Bench lazy = Drill.linux().entries(EntrySharing.AS_STACK).run(script);
        assertThat(lazy.bucket.timers().size()).isOne();
        assertThat(lazy.pendingTimers()).isEmpty();
        long served = lazy.bucket.timersServed();
        lazy.runUntil(Bench.SECOND);
        assertThat(lazy.bucket.timers().size()).isZero();
        assertThat(lazy.bucket.timersServed()).isEqualTo(served + 1);
        assertThat(lazy.ledger.firings).isZero();
        lazy.checkLaws();
    }

    @Test
    void aSharedEntryHoldsTheEarliestDeadline() {
        Bench bench = Drill.of(HandshakeTest.linuxWith(Map.of("keepalive", "on")))
                .entries(EntrySharing.PER_CONNECTION)
                .run("""
                        0.000 < S 0:0(0)
                        0.000 > S. 0:0(0) ack 1
                        0.100 < . 1:1(0) ack 1
                        0.200 write 100
                        0.200 > P. 1:101(100) ack 1
                        """);
        assertThat(bench.bucket.timers().size()).isOne();
        assertThat(bench.bucket.timers().deadlineNs(0)).isEqualTo(500 * Bench.MS);
        assertThat(bench.pendingTimers()).containsOnlyKeys(TcpTimer.RTO, TcpTimer.KEEPALIVE);
    }

    /** On a coarse wheel and a busy processor, where entries come due together, late, and are overtaken by events. */
    @ParameterizedTest
    @EnumSource(EntrySharing.class)
    void countsBalanceUnderOverload(EntrySharing entries) {
        Bench.Setup setup = lossy("linux", entries);
        setup.queue = new CoalescingWheel(WheelShape.linux(250));
        setup.grid = new TickGrid(4 * Bench.MS, 0);
        setup.operationNs = 1_500_000;
        Bench bench = setup.build();
        for (int index = 0; index < CONNECTIONS; index++) {
            bench.open(index, index * 7L * Bench.MS);
        }
        for (int second = 1; second <= 60; second++) {
            bench.runUntil(second * Bench.SECOND);
            bench.checkLaws();
        }
        assertThat(bench.ledger.endedAfterExpiry).isPositive();
        assertThat(bench.ledger.firings).isPositive();
        int[] overdue = {0};
        bench.work.census(bench.nowNs(), new CensusVisitor() {
            @Override
            public void connection(int group, TcpState local, TcpState remote) {}

            @Override
            public void pending(TcpTimer timer, int group) {}

            @Override
            public void overdue(TcpTimer timer, int group, long ageNs) {
                assertThat(ageNs).isNotNegative();
                overdue[0]++;
            }
        });
        assertThat(overdue[0]).isLessThanOrEqualTo(bench.bucket.dueTimers());
    }

    @Test
    void aTimerLaterThanItsSharedEntryHasTheLatenessOfItsOwnDeadline() {
        Bench.Setup setup = lossy("linux", EntrySharing.PER_CONNECTION);
        setup.queue = new CoalescingWheel(WheelShape.linux(250));
        setup.grid = new TickGrid(4 * Bench.MS, 0);
        setup.operationNs = 20_000;
        Bench bench = setup.build();
        for (int index = 0; index < CONNECTIONS; index++) {
            bench.open(index, index * 7L * Bench.MS);
        }
        bench.runUntil(600 * Bench.SECOND);
        bench.checkLaws();
        // the ledger checks each firing: never early, and parts that add up
        assertThat(bench.ledger.firings).isGreaterThan(100);
    }
}

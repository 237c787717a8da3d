package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Every kind of timer is seen to fire and to be cancelled, in a few drills and under some loss. */
class TimerKindsTest {
    private static final String ESTABLISHED = """
            0 < S 0:0(0) win 1000
            0 > S. 0:0(0) ack 1
            0.1 < . 1:1(0) ack 1
            """;

    /** Ten segments: as many as go unpaced. */
    private static final String BURST = IntStream.range(0, 10)
            .mapToObj(n -> "1 > . %d:%d(1000) ack 1\n".formatted(1 + 1_000 * n, 1_001 + 1_000 * n))
            .collect(Collectors.joining("", "1 write 30000\n", ""));

    /** Of life and of the handshake: a profile and a script each. What losses arm is seen in the traffic below. */
    private static List<Bench> drills() {
        return List.of(
                // SYN fires, and is cancelled by the answer
                Drill.linux().run("""
                    0 open
                    0 > S 0:0(0)
                    1 > S 0:0(0)
                    1.1 < S. 0:0(0) ack 1 win 1000
                    1.1 > . 1:1(0) ack 1
                    """),
                // SYN-ACK the same
                Drill.linux().run("""
                    0 < S 0:0(0) win 1000
                    0 > S. 0:0(0) ack 1
                    1 > S. 0:0(0) ack 1
                    1.1 < . 1:1(0) ack 1
                    """),
                // the window closes for a probe, and opens
                Drill.linux().run(ESTABLISHED + """
                    1 write 2000
                    1 > . 1:501(500) ack 1
                    1 > P. 501:1001(500) ack 1
                    1.1 < . 1:1(0) ack 1001 win 0
                    1.4 > . 1000:1000(0) ack 1
                    1.41 < . 1:1(0) ack 1001 win 1000
                    1.41 > . 1001:1501(500) ack 1
                    1.41 > P. 1501:2001(500) ack 1
                    1.5 < . 1:1(0) ack 2001
                    """),
                // the user's patience is rewarded, and ends
                Drill.with("rfc", Map.of("user-timeout", "900ms")).run(ESTABLISHED + """
                    1 write 10
                    1 > P. 1:11(10) ack 1
                    1.1 < . 1:1(0) ack 11
                    2 write 10
                    2 > P. 11:21(10) ack 1
                    2.9 is CLOSED
                    """),
                // a long wait of an orphan: its two parts fire
                Drill.with("linux", Map.of("tcp_fin_timeout", "61")).run(ESTABLISHED + """
                    1 close
                    1 > F. 1:1(0) ack 1
                    1.1 < . 1:1(0) ack 2
                    2.2 is FIN_WAIT_2
                    4 is CLOSED
                    """),
                // ... or the FIN comes, in the first part and in the second
                Drill.with("linux", Map.of("tcp_fin_timeout", "90")).run(ESTABLISHED + """
                    1 close
                    1 > F. 1:1(0) ack 1
                    1.1 < . 1:1(0) ack 2
                    2 < F. 1:1(0) ack 2
                    2 > . 2:2(0) ack 2
                    62 is CLOSED
                    """),
                Drill.linux().run(ESTABLISHED + """
                    1 close
                    1 > F. 1:1(0) ack 1
                    1.1 < . 1:1(0) ack 2
                    2 < F. 1:1(0) ack 2
                    2 > . 2:2(0) ack 2
                    3 < R 2:2(0)
                    3 is CLOSED
                    """),
                // an idle peer is probed, and then the end is aborted
                Drill.with("linux", Map.of("keepalive", "on", "tcp_keepalive_time", "1"))
                        .run(ESTABLISHED + """
                            1.1 > . 0:0(0) ack 1
                            2 abort
                            2 > R. 1:1(0) ack 1
                            """),
                // a paced sender waits for its next turn, twice; and then it is reset
                Drill.with("linux", Map.of("pacing", "on", "mss", "1000B"))
                        .run(ESTABLISHED.replace("1000", "60000") + BURST + """
                            1.1 < . 1:1(0) ack 2001
                            1.1 > . 10001:11001(1000) ack 1
                            1.102083 > . 11001:12001(1000) ack 1
                            1.10625 > . 12001:13001(1000) ack 1
                            1.107 < R 1:1(0)
                            1.107 is CLOSED
                            """));
    }

    private static Bench lossyTraffic(String profile) {
        Bench.Setup setup = new Bench.Setup();
        setup.local = Profile.named(profile);
        setup.remote = Profile.named(profile);
        setup.path = setup.path.withLoss(0.05, 0.05);
        setup.application = new Chatter(8);
        Bench bench = setup.build();
        for (int index = 0; index < 60; index++) {
            bench.open(index, index * 7L * Bench.MS);
        }
        bench.runUntil(300 * Bench.SECOND);
        return bench;
    }

    @Test
    void eachKindFiresAndIsCancelled() {
        Map<TcpTimer, Long> fired = new EnumMap<>(TcpTimer.class);
        Map<TcpTimer, Long> cancelled = new EnumMap<>(TcpTimer.class);
        List<Bench> traffic =
                Profile.names().stream().map(TimerKindsTest::lossyTraffic).toList();
        for (List<Bench> benches : List.of(drills(), traffic)) {
            for (Bench bench : benches) {
                for (TcpTimer timer : TcpTimer.values()) {
                    fired.merge(timer, bench.ledger.of(timer, TimerCount.FIRED), Long::sum);
                    cancelled.merge(timer, bench.ledger.of(timer, TimerCount.CANCELLED), Long::sum);
                }
            }
        }
        assertThat(TcpTimer.values()).allSatisfy(timer -> {
            assertThat(fired.getOrDefault(timer, 0L)).as("%s fired", timer).isPositive();
            assertThat(cancelled.getOrDefault(timer, 0L))
                    .as("%s cancelled", timer)
                    .isPositive();
        });
    }
}

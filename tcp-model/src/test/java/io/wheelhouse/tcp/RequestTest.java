package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** What arrives at half-open connections: tcp_check_req(), net/ipv4/tcp_minisocks.c, and others' ways. */
class RequestTest {
    @Test
    void linuxStartsTheTimerOfARepeatedSynAgain() {
        Drill.linux().run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                0.5 < S 0:0(0)
                0.5 > S. 0:0(0) ack 1
                1.5 > S. 0:0(0) ack 1
                2.5 < S 0:0(0)
                2.5 > S. 0:0(0) ack 1
                4.5 > S. 0:0(0) ack 1
                5.0 < . 1:1(0) ack 1
                5.0 is ESTABLISHED
                """);
    }

    @Test
    void linuxAnswersRepeatedSynsTwiceASecondAtMost() {
        Drill.linux().run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                0.1 < S 0:0(0)
                0.1 > S. 0:0(0) ack 1
                0.3 < S 0:0(0)
                0.59 < S 0:0(0)
                0.61 < S 0:0(0)
                0.61 > S. 0:0(0) ack 1
                1.61 > S. 0:0(0) ack 1
                """);
    }

    /** What is answered is no timeout: only those are counted. */
    @Test
    void aRepeatedSynLeavesTheRetriesOfASynAck() {
        Drill.with("linux", Map.of("tcp_synack_retries", "1")).run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                0.5 < S 0:0(0)
                0.5 > S. 0:0(0) ack 1
                1.5 > S. 0:0(0) ack 1
                3.499 is SYN_RECEIVED
                3.5 is LISTEN
                """);
    }

    @Test
    void freebsdCountsFromARepeatedSynAnew() {
        Drill.with("freebsd", Map.of("keepalive", "off", "net.inet.tcp.syncache.rexmtlimit", "1"))
                .run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                1.0 > S. 0:0(0) ack 1
                1.5 < S 0:0(0)
                1.5 > S. 0:0(0) ack 1
                2.5 > S. 0:0(0) ack 1
                4.699 is SYN_RECEIVED
                4.7 is LISTEN
                """);
    }

    /** SYNCACHE_MAXREXMTS, sys/netinet/tcp_syncache.c: 15.6 s in all, and no other bound. */
    @Test
    void freebsdGivesARequestUpAfterThreeRetransmissions() {
        Bench bench = Drill.with("freebsd", Map.of("keepalive", "off", "connect-timeout", "5s"))
                .run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                1.0 > S. 0:0(0) ack 1
                3.2 > S. 0:0(0) ack 1
                7.4 > S. 0:0(0) ack 1
                15.599 is SYN_RECEIVED
                15.6 is LISTEN
                """);
        assertThat(bench.pendingTimers()).isEmpty();
    }

    @Test
    void byTheRfcTheTimerGoesOn() {
        Drill.rfc().run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                0.5 < S 0:0(0)
                0.5 > S. 0:0(0) ack 1
                1.0 > S. 0:0(0) ack 1
                1.5 < . 1:1(0) ack 1
                1.5 is ESTABLISHED
                """);
    }

    /** Two of them, one by a timeout, are more than one: tcp_init_transfer(), net/ipv4/tcp_input.c. */
    @Test
    void repeatedSynAcksCountForTheInitialWindow() {
        Drill.linux().run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                0.5 < S 0:0(0)
                0.5 > S. 0:0(0) ack 1
                1.5 > S. 0:0(0) ack 1
                1.6 < . 1:1(0) ack 1
                1.7 write 2920
                1.7 > . 1:1461(1460) ack 1
                """);
    }

    /** Whatever its number: the acknowledgment is looked at first. */
    @Test
    void anAcknowledgmentOfWhatWasNotSentIsReset() {
        Drill.linux().run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 9
                0.1 > R 9:9(0)
                0.2 < . 900000:900000(0) ack 9
                0.2 > R 9:9(0)
                0.2 is SYN_RECEIVED
                0.3 < . 900000:900000(0) ack 1
                0.3 > . 1:1(0) ack 1
                0.4 < . 900000:900000(0) ack 1
                0.5 < . 1:1(0) ack 1
                0.5 is ESTABLISHED
                """);
    }

    @Test
    void aResetOrASynWithinTheWindowEndsARequest() {
        Drill.linux().run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                0.1 < R 900000:900000(0)
                0.1 is SYN_RECEIVED
                0.2 < R 100:100(0)
                0.2 is LISTEN
                """);
        Drill.linux().run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                0.1 < S. 100:100(0) ack 1
                0.1 > R 1:1(0)
                0.1 is LISTEN
                """);
        Drill.rfc().run("""
                0.0 < S 0:0(0)
                0.0 > S. 0:0(0) ack 1
                0.2 < R 100:100(0)
                0.2 > . 1:1(0) ack 1
                0.2 is SYN_RECEIVED
                """);
    }

    /** tcp_send_synack(), net/ipv4/tcp_output.c: the SYN's timer goes on, and its retries are what is left. */
    @Test
    void crossedSynsOnLinux() {
        Drill.with("linux", Map.of("tcp_syn_retries", "2")).run("""
                0.0 open
                0.0 > S 0:0(0)
                0.5 < S 0:0(0)
                0.5 > S. 0:0(0) ack 1
                1.0 > S. 0:0(0) ack 1
                3.0 > S. 0:0(0) ack 1
                6.999 is SYN_RECEIVED
                7.0 is CLOSED
                """);
    }

    /** tcp_rcv_synsent_state_process(), net/ipv4/tcp_input.c: two jiffies, and only before the first timeout. */
    @Test
    void whatAnAnswerToAnOldConnectionMeetsHurriesALinuxSyn() {
        Drill.linux().run("""
                0.0 open
                0.0 > S 0:0(0)
                0.01 < . 5:5(0) ack 9
                0.01 > R 9:9(0)
                0.018 > S 0:0(0)
                0.02 < . 5:5(0) ack 9
                0.02 > R 9:9(0)
                1.018 > S 0:0(0)
                """);
    }
}

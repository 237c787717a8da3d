package io.wheelhouse.tcp;

import java.util.Map;
import org.junit.jupiter.api.Test;

/** TCP_USER_TIMEOUT on Linux: tcp_write_timeout(), tcp_clamp_rto_to_user_timeout() and the like, net/ipv4/tcp_timer.c. */
class UserTimeoutTest {
    private static Drill linux(String userTimeout, String... more) {
        Map<String, String> settings = new java.util.TreeMap<>(Map.of("user-timeout", userTimeout));
        for (int i = 0; i < more.length; i += 2) {
            settings.put(more[i], more[i + 1]);
        }
        return Drill.with("linux", settings);
    }

    @Test
    void endsAConnectOnTime() {
        linux("2500ms").run("""
                0 open
                0 > S 0:0(0)
                1 > S 0:0(0)
                2 > S 0:0(0)
                2.499 is SYN_SENT
                2.5 is CLOSED
                """);
    }

    /** The first timeout is not bounded, and is never the last. */
    @Test
    void lessThanATimeoutEndsAConnectAJiffyAfterTheFirst() {
        linux("500ms").run("""
                0 open
                0 > S 0:0(0)
                1 > S 0:0(0)
                1.003 is SYN_SENT
                1.004 is CLOSED
                """);
    }

    /** It takes the place of the time that as many doublings take, but not of the count: see linuxSynWithTwoRetries. */
    @Test
    void aLongOneLeavesTheCountOfSyns() {
        linux("60s", "tcp_syn_retries", "2").run("""
                0 open
                0 > S 0:0(0)
                1 > S 0:0(0)
                2 > S 0:0(0)
                3 > S 0:0(0)
                4 > S 0:0(0)
                5 > S 0:0(0)
                7 > S 0:0(0)
                10.999 is SYN_SENT
                11 is CLOSED
                """);
    }

    /** A request has no socket yet: reqsk_timer_handler(), net/ipv4/inet_connection_sock.c. */
    @Test
    void saysNothingOfASynAck() {
        linux("1500ms", "tcp_synack_retries", "2").run("""
                0 < S 0:0(0)
                0 > S. 0:0(0) ack 1
                1 > S. 0:0(0) ack 1
                3 > S. 0:0(0) ack 1
                6.999 is SYN_RECEIVED
                7 is LISTEN
                """);
    }

    @Test
    void boundsTheSynAckOfCrossedSyns() {
        linux("2s").run("""
                0 open
                0 > S 0:0(0)
                0.5 < S 0:0(0)
                0.5 > S. 0:0(0) ack 1
                1 > S. 0:0(0) ack 1
                1.999 is SYN_RECEIVED
                2 is CLOSED
                """);
    }

    /** It counts from the first probe, answered or not, and leaves two jiffies at least: TCP_TIMEOUT_MIN. */
    @Test
    void endsTheProbesOfAClosedWindow() {
        linux("1s").run("""
                0 < S 0:0(0) win 1000
                0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 1 win 0
                1 write 100
                1.3 > . 0:0(0) ack 1
                1.9 > . 0:0(0) ack 1
                2.297 < . 1:1(0) ack 1
                2.304 is ESTABLISHED
                2.305 is CLOSED
                """);
    }

    @Test
    void takesThePlaceOfAnOrphansRetries() {
        linux("5s", "tcp_orphan_retries", "1").run("""
                0 < S 0:0(0)
                0 > S. 0:0(0) ack 1
                0.1 < . 1:1(0) ack 1
                1 close
                1 > F. 1:1(0) ack 1
                1.3 > F. 1:1(0) ack 1
                1.9 > F. 1:1(0) ack 1
                3.1 > F. 1:1(0) ack 1
                5.5 > F. 1:1(0) ack 1
                6.299 is FIN_WAIT_1
                6.3 is CLOSED
                """);
    }
}

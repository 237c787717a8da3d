package io.wheelhouse.tcp;

import org.junit.jupiter.api.Test;

/** Opening a connection: RFC 9293, section 3.5; RFC 6298, section 5. */
class HandshakeTest {

    @Test
    void activeOpen() {
        Drill.linux().run("""
                0.000 open
                0.000 > S 0:0(0)
                0.050 < S. 0:0(0) ack 1
                0.050 > . 1:1(0) ack 1
                0.050 is ESTABLISHED
                9.000 is ESTABLISHED
                """);
    }

    @Test
    void passiveOpen() {
        Drill.linux().run("""
                0.000 < S 0:0(0)
                0.000 > S. 0:0(0) ack 1
                0.000 is SYN_RECEIVED
                0.100 < . 1:1(0) ack 1
                0.100 is ESTABLISHED
                """);
    }

    @Test
    void dataIsAcknowledgedAndAnswered() {
        Drill.linux().run("""
                0.000 < S 0:0(0)
                0.000 > S. 0:0(0) ack 1
                0.100 < . 1:1(0) ack 1
                0.200 < P. 1:101(100) ack 1
                0.200 > . 1:1(0) ack 101
                0.210 write 3000
                0.210 > . 1:1461(1460) ack 101
                0.210 > . 1461:2921(1460) ack 101
                0.210 > P. 2921:3001(80) ack 101
                0.310 < . 101:101(0) ack 3001
                1.000 is ESTABLISHED
                """);
    }
}

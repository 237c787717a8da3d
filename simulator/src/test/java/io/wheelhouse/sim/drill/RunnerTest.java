package io.wheelhouse.sim.drill;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.drill.Verdict.Outcome;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The runner's own rules: what is compared, how time goes, what calls do. */
final class RunnerTest {

    private static Verdict run(String script) {
        return Drill.on(Wheel.EXACT).run(Scripts.script(script));
    }

    private static void assertPasses(String script) {
        Verdict verdict = run(script);
        assertThat(verdict.outcome())
                .as(verdict.line() + ": " + verdict.message())
                .isEqualTo(Outcome.PASSED);
    }

    @ParameterizedTest
    @DisplayName("a packet that is not as expected fails at its line, which says what differs")
    @CsvSource(
            delimiter = '|',
            value = {
                "> P. 1:1001(1000) ack 1|passed",
                "> P. 1:1001(1000) ack 1 win 64240|passed",
                "> P. 1:1001(1000) ack 1 win 64241|differs in window",
                "> . 1:1001(1000) ack 1|differs in flags",
                "> P. 2:1002(1000) ack 1|differs in sequence number",
                "> P. 1:1001(1000) ack 2|differs in acknowledgment",
                "> P. 1:1000(999) ack 1|differs in length",
                "> P. 1:1001(1000) ack 1 <nop,nop,TS val 1 ecr 1>|differs in options",
                "> P. 1:1001(1000) ack 1 <...>|passed",
                "> P. ...(1000) ack 1|passed"
            })
    void packet(String expected, String outcome) {
        Verdict verdict = run("`sysctl -q net.ipv4.tcp_timestamps=0`\n" + Scripts.ESTABLISHED
                + "+0 write(4, ..., 1000) = 1000\n+0 " + expected + "\n");
        if (outcome.equals("passed")) {
            assertThat(verdict.outcome()).as(verdict.message()).isEqualTo(Outcome.PASSED);
        } else {
            assertThat(verdict.message()).startsWith(outcome);
            assertThat(verdict.line()).isEqualTo(10);
        }
    }

    @ParameterizedTest
    @DisplayName("a packet may come 4 ms beside its time or range, or as far as the script says")
    @CsvSource({
        "'', +.300, true",
        "'', +.304, true",
        "'', +.296, true",
        "'', +.3041, false",
        "'', +.2959, false",
        "'', +.304~+.4, true",
        "'', +.3041~+.4, false",
        "'', +.1~+.296, true",
        "'', +.1~+.2959, false",
        "'', *, true",
        "--tolerance_usecs=50000, +.35, true",
        "--tolerance_usecs=50000, +.3501, false",
        "--tolerance_percent=10, +.33, true",
        "--tolerance_percent=10, +.34, false"
    })
    void tolerance(String option, String time, boolean passes) {
        Verdict verdict = run(option + "\n`sysctl -q net.ipv4.tcp_timestamps=0 net.ipv4.tcp_early_retrans=0`\n"
                + Scripts.ESTABLISHED + "+0 write(4, ..., 1000) = 1000\n+0 > P. 1:1001(1000) ack 1\n" + time
                + " > P. 1:1001(1000) ack 1\n");
        assertThat(verdict.outcome()).as(verdict.message()).isEqualTo(passes ? Outcome.PASSED : Outcome.FAILED);
    }

    @Test
    @DisplayName("several segments may answer one packet, unless the script is strict")
    void aggregation() {
        String script = Scripts.ESTABLISHED + "+0 write(4, ..., 5000) = 5000\n+0 > P. 1:5001(5000) ack 1\n";
        assertPasses(script);
        assertThat(run("--strict_segments\n" + script).message()).startsWith("differs in flags, length");
    }

    @Test
    @DisplayName("a bare acknowledgment need not be expected if data follows that says the same, as in packetdrill")
    void absorbed() {
        String asks = Scripts.ESTABLISHED + "+0 < P. 1:101(100) ack 1 win 32792\n";
        String answers = asks + "+.01 write(4, ..., 200) = 200\n+0 > P. 1:201(200) ack 101\n";
        assertPasses(answers);
        assertThat(run("--strict_segments\n" + answers).line()).isEqualTo(11);
        // what is read makes the window larger, so that the data says more than the acknowledgment did
        assertThat(run(asks + "+0 < P. 101:201(100) ack 1 win 32792\n+.01 write(4, ..., 9) = 9\n"
                                + "+0 > P. 1:10(9) ack 201\n")
                        .message())
                .startsWith("differs in flags, length, acknowledgment");
        Verdict none =
                run(asks + "+.01 getsockopt(4, SOL_TCP, TCP_NODELAY, [0], [4]) = 0\n+0 > P. 1:201(200) ack 101\n");
        assertThat(none.line()).isEqualTo(10);
        assertThat(none.message()).contains("sent      > . 1:1(0) ack 101").endsWith("and no more");
    }

    @Test
    @DisplayName("timestamps of the script are names for real ones; an echo of one never seen cannot be sent")
    void timestamps() {
        String handshake = """
                --tcp_ts_tick_usecs=1000
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 listen(3, 1) = 0
                +0 < S 0:0(0) win 20000 <mss 1000,sackOK,TS val 100 ecr 0,nop,wscale 7>
                +0 > S. 0:0(0) ack 1 <mss 1460,sackOK,TS val 700 ecr 100,nop,wscale 10>
                +.1 < . 1:1(0) ack 1 win 257 <nop,nop,TS val 200 ecr 700>
                +0 accept(3, ..., ...) = 4
                """;
        assertPasses(handshake + "+1 write(4, ..., 10) = 10\n+0 > P. 1:11(10) ack 1 <nop,nop,TS val 1800 ecr 200>\n");
        assertThat(run(handshake + "+1 write(4, ..., 10) = 10\n+0 > P. 1:11(10) ack 1 <nop,nop,TS val 1700 ecr 200>\n")
                        .message())
                .startsWith("differs in timestamp");
        assertThat(run(handshake + "+0 < . 1:1(0) ack 1 win 257 <nop,nop,TS val 201 ecr 701>\n")
                        .message())
                .contains("echoes a timestamp");
    }

    @Test
    @DisplayName("sequence numbers are relative to what the SYNs say, and wrap")
    void initialNumbers() {
        assertPasses("""
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 listen(3, 1) = 0
                +0 < S 4294967000:4294967000(0) win 20000 <mss 1000>
                +0 > S. 77:77(0) ack 4294967001 <...>
                +.1 < . 1:1(0) ack 1 win 20000
                +0 accept(3, ..., ...) = 4
                +0 < P. 1:501(500) ack 1 win 20000
                +0 > . 1:1(0) ack 501
                +0 read(4, ..., 1000) = 500
                """);
    }

    @Test
    @DisplayName("windows count in the script's field, shifted if both ends offer it")
    void windows() {
        assertPasses("""
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 listen(3, 1) = 0
                +0 < S 0:0(0) win 1000 <mss 1000,nop,wscale 1>
                +0 > S. 0:0(0) ack 1 <mss 1460,nop,wscale 10>
                +.1 < . 1:1(0) ack 1 win 1000
                +0 accept(3, ..., ...) = 4
                +0 write(4, ..., 3000) = 3000
                +0 > . 1:1001(1000) ack 1
                +0 > P. 1001:2001(1000) ack 1
                """);
    }

    @Test
    @DisplayName("calls that block return when they can, and must then")
    void blocking() {
        assertPasses("""
                0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +.1...0.300 connect(3, ..., ...) = 0
                +0 > S 0:0(0) <...>
                +.2 < S. 0:0(0) ack 1 win 5792 <mss 1460,nop,wscale 2,nop,nop,sackOK>
                +0 > . 1:1(0) ack 1
                +0...0.500 read(3, ..., 2000) = 100
                +.5 < P. 1:101(100) ack 1 win 257
                +0 > . 1:1(0) ack 101
                """);
        assertThat(run(Scripts.ESTABLISHED + "+0 read(4, ..., 10) = 10\n").message())
                .startsWith("read blocks");
        Verdict late = run(Scripts.ESTABLISHED + "+0...0.5 read(4, ..., 10) = 10\n+1 close(4) = 0\n");
        assertThat(late.message()).contains("still blocks");
        assertThat(late.line()).isEqualTo(8);
    }

    @Test
    @DisplayName("results and errors of calls are compared")
    void results() {
        assertPasses(Scripts.ESTABLISHED + """
                +0 fcntl(4, F_GETFL) = 0x2 (flags O_RDWR)
                +0 fcntl(4, F_SETFL, O_RDWR|O_NONBLOCK) = 0
                +0 read(4, ..., 10) = -1 EAGAIN (Resource temporarily unavailable)
                +0 < P. 1:101(100) ack 1 win 257
                * > . 1:1(0) ack 101 <...>
                +0 ioctl(4, SIOCINQ, [100]) = 0
                +0 recv(4, ..., 60, MSG_PEEK) = 60
                +0 poll([{fd=4, events=POLLIN|POLLOUT, revents=POLLIN|POLLOUT}], 1, 0) = 1
                +0 read(4, ..., 60) = 60
                +0 recv(4, ..., 60, MSG_DONTWAIT) = 40
                +0 < R. 101:101(0) ack 1 win 0
                +0 getsockopt(4, SOL_SOCKET, SO_ERROR, [ECONNRESET], [4]) = 0
                +0 write(4, ..., 1) = -1 EPIPE (Broken pipe)
                +0 close(4) = 0
                +0 read(4, ..., 1) = -1 EBADF (Bad file descriptor)
                """);
        assertThat(run(Scripts.ESTABLISHED + "+0 shutdown(4, SHUT_WR) = -1 ENOTCONN (not so)\n")
                        .message())
                .startsWith("shutdown returned 0; expected -1 ENOTCONN");
    }

    @Test
    @DisplayName("an assertion that fails says what the values are, at its own line")
    void assertion() {
        Verdict verdict = run(Scripts.ESTABLISHED + "+0 %{\ncwnd = 9\nassert tcpi_snd_cwnd == cwnd + 2, 'no'\n}%\n");
        assertThat(verdict.line()).isEqualTo(10);
        assertThat(verdict.message())
                .isEqualTo("assert tcpi_snd_cwnd == cwnd + 2\n  but cwnd is 9, tcpi_snd_cwnd is 10 at 0.100000 s");
    }

    @Test
    @DisplayName("code may use Python's functions of numbers, and say what it likes when an assertion fails")
    void functions() {
        assertPasses(Scripts.ESTABLISHED + """
                +0 %{
                assert abs(tcpi_rtt - 90000) < 14000, "rtt %d" % tcpi_rtt
                assert max(tcpi_snd_cwnd, 3) == 10 and min(2, 1, tcpi_snd_cwnd) == 1, f"cwnd {tcpi_snd_cwnd}"
                assert int(7 / 2) == 3 and 2 ** 3 ** 2 == 512 and -2 ** 2 == -4, 'x'.format(tcpi_rtt)
                some = 5 if tcpi_snd_cwnd > 5 else 6
                assert some == 5 if tcpi_state == TCP_ESTABLISHED else some == 7, ('some', [some])
                }%
                """);
        assertThat(run("0 %{ assert sum(1) == 1 }%\n").construct()).isEqualTo("Python's 'sum()'");
    }

    @Test
    @DisplayName("sockstat counts the connection by its state, and by who has it open")
    void sockstat() {
        String before = """
                0 `sockstat -4 -P tcp -p 8080 -s | grep -c SYN_RCVD | grep 0`
                +0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 listen(3, 1) = 0
                +0 < S 0:0(0) win 20000 <mss 1000>
                +0 > S. 0:0(0) ack 1 <...>
                +0 `sockstat -4 -P tcp -s -p 8080 | grep -c SYN_RCVD | grep 1`
                +0 `sockstat -4 -P tcp -s | grep packetdril | grep -c SYN_RCVD | grep 0`
                +.1 < . 1:1(0) ack 1 win 20000
                +0 `sockstat -4 -P tcp -s -p 8080 | grep -c SYN_RCVD | grep 0`
                +0 accept(3, ..., ...) = 4
                +0 `sockstat -6 -P tcp -s | grep packetdril | grep -c ESTABLISHED | grep 1`
                +0 < R. 1:1(0) ack 1 win 20000
                +0 `sockstat -4 -P tcp -s | grep packetdril | grep -c CLOSED | grep 1`
                +0 close(4) = 0
                +0 `sockstat -4 -P tcp -s | grep packetdril | grep -c CLOSED | grep 0`
                """;
        assertPasses(before);
        Verdict wrong = run(before + "+0 `sockstat -4 -P tcp -s | grep packetdril | grep -c CLOSED | grep 1`\n");
        assertThat(wrong.line()).isEqualTo(16);
        assertThat(wrong.message())
                .isEqualTo(
                        "expected 1 connection in CLOSED; the connection is in CLOSED, and the script has closed it");
        assertThat(run(before.replace("SYN_RCVD | grep 1", "TIME_WAIT | grep 1"))
                        .message())
                .isEqualTo("expected 1 connection in TIME_WAIT; the connection is in SYN_RCVD");
    }

    @Test
    @DisplayName("FreeBSD rounds the receive buffer of a connection, and not that of its listener")
    void listenersBuffer() {
        assertPasses("""
                0 `sysctl -w net.inet.tcp.recvspace=65536`
                +0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 listen(3, 1) = 0
                +0 < S 0:0(0) win 32767 <mss 1460,sackOK,eol,eol>
                +0 > S. 0:0(0) ack 1 win 65535 <...>
                +0 getsockopt(3, SOL_SOCKET, SO_RCVBUF, [65536], [4]) = 0
                +.1 < . 1:1(0) ack 1 win 32767
                +0 accept(3, ..., ...) = 4
                +0 getsockopt(4, SOL_SOCKET, SO_RCVBUF, [65700], [4]) = 0
                +0 getsockopt(3, SOL_SOCKET, SO_RCVBUF, [65536], [4]) = 0
                """);
    }

    @Test
    @DisplayName("what happens is told in order")
    void timeline() {
        assertThat(run(Scripts.ESTABLISHED).timeline())
                .startsWith("0.000000  socket() = 3", "0.000000  bind() = 0", "0.000000  listen() = 0")
                .contains("0.000000  < S 0:0(0) win 32792 <mss 1000,sackOK,nop,nop>", "0.100000  accept() = 4");
    }
}

package io.wheelhouse.sim.drill;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What scripts may look like, and what is said of those that do not. */
final class ParserTest {

    @ParameterizedTest
    @DisplayName("a mistake is told with its place and what was expected")
    @CsvSource(
            delimiter = '|',
            value = {
                "0 > S 0:0(0 <...>|1:13: expected ')', found '<'",
                "0 > S 0:1000(999) <...>|1:7: expected 0:999(999), found 0:1000(999)",
                "0 > X 0:0(0)|1:5: expected flags out of F, S, R, P, U, E, W and '.', found 'X'",
                "0 < S 0:0(0) <...>|1:14: <...> stands for the options of expected packets ('>') only",
                "0 < S 0:0(0) win 70000|1:18: expected a window from 0 to 65535, found '70000'",
                "0 > S 0:0(0) <mms 1460>|1:15: unknown TCP option 'mms'; did you mean 'mss'?",
                "0 sockett(..., SOCK_STREAM, IPPROTO_TCP) = 3|1:3: unknown system call 'sockett'; did you mean 'socket'?",
                "0 close(3) = 0 ETIMEOUT|1:16: unknown error 'ETIMEOUT'; did you mean 'ETIMEDOUT'?",
                "0 close(3, 4) = 0|1:1: close takes 1 arguments, found 2",
                "0 close(3)|1:11: expected '=', found the end of the script",
                "-1 close(3) = 0|1:1: expected seconds from 0 to 100000000, found '-1'",
                "+.2~+.1 > . 1:1(0) ack 1|1:1: the range of times ends before it begins",
                "+.1~+.2 < . 1:1(0) ack 1|1:1: only expected packets ('>') may have a range of times or '*'",
                "* close(3) = 0|1:1: only expected packets ('>') may have a range of times or '*'",
                "+0 %{ assert tcpi_snd_cwn == 1 }%|1:1: unknown name 'tcpi_snd_cwn'; did you mean 'tcpi_snd_cwnd'?",
                "+0 %{ assert tcpi_rto == }%|1:25: expected a value, found the end of the statement",
                "+0 %{ asert tcpi_rto }%|1:7: expected assert, print or an assignment, found 'asert'",
                "--tolerance_usecs=x|1:1: expected a number from 1 to 1000000000, found 'x'",
                "--tolerance_usec=5|1:1: unknown option '--tolerance_usec'; did you mean '--tolerance_usecs'?",
                "0 `sysctl -q net.ipv4.tcp_retries2=many`|1:3: net.ipv4.tcp_retries2 'many':",
                "0 `sysctl -q \"net.ipv4.tcp_sack=1`|1:3: a quotation in this command never ends; expected \"",
                "0 `sysctl -q net.ipv4.tcp_retries2=x # it's so`|1:3: net.ipv4.tcp_retries2 'x':",
                "/* no end|1:1: a comment begins here and never ends; expected '*/'",
                "0 `sysctl|1:3: a command begins here and never ends; expected '`'",
                "0 $|1:3: expected a time, a packet, a call, a command or a comment, found '$'"
            })
    void mistake(String script, String message) {
        assertThat(Script.parse(script, "x.pkt").problems())
                .anySatisfy(problem -> assertThat(problem.toString()).startsWith("x.pkt:" + message));
    }

    @Test
    @DisplayName("all mistakes of a script are told, in its order")
    void all() {
        Script script = Script.parse("""
                0 sockt(..., SOCK_STREAM, IPPROTO_TCP) = 3
                +0 bind(3, ..., ...) = 0
                +0 < Q 0:0(0)
                    win 1
                +0 > S. 0:0(0) ack 1 <mss>
                """, "x.pkt");
        assertThat(script.problems())
                .extracting(problem -> problem.position().line())
                .containsExactly(1, 3, 5);
    }

    @Test
    @DisplayName("comments of all three styles, options, commands over several lines, spacing of all kinds")
    void accepted() {
        Script script = Scripts.script("""
                // one
                # two
                /* three
                   lines */
                --tolerance_usecs=10000 // why
                --ip_version=ipv4-mapped-ipv6
                --define_nothing
                """.replace("--define_nothing\n", "") + """
                `../common/defaults.sh
                 sysctl -q net.ipv4.tcp_timestamps=0 \\
                   net.ipv4.tcp_retries2=8
                /var/tmp/sysctl_restore_${PPID}.sh`
                    0 socket(..., SOCK_STREAM|SOCK_NONBLOCK, IPPROTO_TCP)=3 // note
                   +0...0.1 connect(3, {sa_family = AF_INET, sin_port = htons(80), sin_addr = inet_addr("192.0.2.1")}, ...) = 0
                  *  > S 0:0(0) <...>
                +.05 < [noecn] S. 0:0(0) ack 1 win 5792 <mss 1460,nop,nop,sackOK,nop,wscale 7>
                .1~.2 >  . 1:1(0) ack 1
                +0 getsockopt(3, SOL_SOCKET, SO_ERROR, [0], [4]) = 0
                +0 poll([{fd=3,
                          events=POLLIN|POLLOUT,
                          revents=POLLOUT}], 1, 0) = 1
                +0 writev(3, [{..., 10}, {..., 20}], 2) = 30
                +0 %{
                cwnd = 10          # a name of one's own
                assert tcpi_snd_cwnd == cwnd and not 1 <= tcpi_rto < 2, 'cwnd=%d' % tcpi_snd_cwnd
                assert tcpi_ca_state in (TCP_CA_Open, TCP_CA_Recovery); \\
                  print(tcpi_rto)
                }%
                """);
        assertThat(script.events()).hasSize(10);
        assertThat(script.options().toleranceNs()).isEqualTo(10_000_000);
    }

    @ParameterizedTest
    @DisplayName("what is not modeled is told by its name and line, and is no mistake")
    @CsvSource(
            delimiter = '|',
            value = {
                "+0 > S 0:0(0) <mss 1460,FO>|fast open",
                "+0 > S 0:0(0) <mss 1460,mp_capable a>|MPTCP",
                "+0 > SEW 0:0(0) <...>|ECN",
                "+0 > [ect0] . 1:1(0)|ECN",
                "+0 > SA 0:0(0) <...>|AccECN",
                "+0 > S 0:0(0) <ECN e1b 1>|AccECN",
                "+0 > udp (1000)|UDP",
                "+0 < icmp unreachable frag_needed mtu 1200 [1:1001(1000)]|ICMP",
                "+0 < [1:1001(1000)] icmp unreachable frag_needed mtu 1200|ICMP",
                "+0 < ipv4 1.1.1.1 > 2.2.2.2: . 1:1(0)|IP encapsulation",
                "+0 sendfile(4, 5, [0], 10) = 10|sendfile",
                "+0 epoll_create(1) = 5|epoll",
                "+0 setsockopt(4, SOL_SOCKET, SO_ZEROCOPY, [1], 4) = 0|zerocopy",
                "+0 setsockopt(4, SOL_SOCKET, SO_MARK, [1], 4) = 0|SO_MARK",
                "+0 socket(..., SOCK_DGRAM, IPPROTO_UDP) = 5|UDP",
                "+0 socket(..., SOCK_STREAM, IPPROTO_MPTCP) = 5|MPTCP",
                "+0 `tc qdisc add dev tun0 root fq`|shell command 'tc'",
                "'+0 `sockstat -4 -P tcp -s | grep -c CLOSED | grep 1`'|shell command 'sockstat'",
                "'+0 `sockstat -4 -P tcp -s | grep packetdril | grep -c LISTEN | grep 1`'|shell command 'sockstat'",
                "'+0 `sockstat -4 -P tcp -p 80 | grep -c TIME_WAIT | grep 1`'|shell command 'sockstat'",
                "+0 `sysctl -q net.ipv4.tcp_ecn=1`|sysctl net.ipv4.tcp_ecn=1",
                "+0 %{ assert tcpi_pacing_rate == 1 }%|tcpi_pacing_rate",
                "+0 %{ if tcpi_rto: pass }%|Python's 'if'"
            })
    void outside(String line, String construct) {
        Script script = Scripts.script("0 socket(..., SOCK_STREAM, IPPROTO_TCP) = 3\n" + line + "\n+0 close(3) = 0\n");
        assertThat(script.firstUnsupported()).hasValueSatisfying(unsupported -> {
            assertThat(unsupported.construct()).isEqualTo(construct);
            assertThat(unsupported.line()).isEqualTo(2);
        });
    }
}

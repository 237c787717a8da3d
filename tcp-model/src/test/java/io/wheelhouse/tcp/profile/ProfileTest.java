package io.wheelhouse.tcp.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class ProfileTest {

    static List<String> names() {
        return Profile.names();
    }

    @ParameterizedTest
    @MethodSource("names")
    void eachConstantHasASourceAndAUnit(String name) {
        Profile profile = Profile.named(name);
        for (TcpConstant constant : TcpConstant.values()) {
            assertThat(profile.source(constant)).as("source of %s", constant).hasSizeGreaterThan(8);
            String unit = profile.text(constant).replaceFirst("^\\S+ ", "");
            assertThat(constant.kind().isUnit(unit))
                    .as("unit of %s: %s", constant, unit)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void whatIsWrittenIsReadAgain(String name) {
        Profile profile = Profile.named(name);
        String text = Arrays.stream(TcpConstant.values())
                .map(c -> c.key() + " = " + profile.text(c) + " # " + profile.source(c))
                .collect(Collectors.joining("\n"));
        Profile again = Profile.parse("again", text);
        for (TcpConstant constant : TcpConstant.values()) {
            assertThat(again.text(constant)).isEqualTo(profile.text(constant));
            assertThat(again.source(constant)).isEqualTo(profile.source(constant));
        }
    }

    @Test
    void constantsAreThoseOfTheStacks() {
        Profile rfc = Profile.named("rfc");
        assertThat(rfc.ns(TcpConstant.JIFFY)).isZero();
        assertThat(rfc.ns(TcpConstant.RTO_MIN)).isEqualTo(1_000_000_000);
        assertThat(rfc.ns(TcpConstant.TIME_WAIT)).isEqualTo(240_000_000_000L);
        assertThat(rfc.ns(TcpConstant.FIN_WAIT_2_TIMEOUT)).isEqualTo(ValueKind.NONE);
        assertThat(rfc.count(TcpConstant.RETRIES2)).isEqualTo(Integer.MAX_VALUE);
        assertThat(rfc.is(TcpConstant.KEEPALIVE)).isFalse();
        assertThat(rfc.choice(TcpConstant.ESTIMATOR)).isEqualTo("rfc6298");
        Profile linux = Profile.named("linux");
        assertThat(linux.ns(TcpConstant.JIFFY)).isEqualTo(4_000_000);
        assertThat(linux.ns(TcpConstant.RTO_MIN)).isEqualTo(200_000_000);
        assertThat(linux.ns(TcpConstant.DELAYED_ACK_MIN)).isEqualTo(40_000_000);
        assertThat(linux.ns(TcpConstant.FIN_WAIT_2_TIMEOUT)).isEqualTo(60_000_000_000L);
        assertThat(linux.count(TcpConstant.RETRIES2)).isEqualTo(15);
        assertThat(linux.count(TcpConstant.MSS)).isEqualTo(1_460);
        assertThat(linux.is(TcpConstant.TIMESTAMPS)).isTrue();
        assertThat(linux.choice(TcpConstant.ESTIMATOR)).isEqualTo("linux");
    }

    @ParameterizedTest
    @CsvSource({
        "tcp_keepalive_time, 600, KEEPALIVE_TIME, 600 s",
        "tcp_keepalive_time, 90s, KEEPALIVE_TIME, 90 s",
        "tcp_keepalive_intvl, 10, KEEPALIVE_INTERVAL, 10 s",
        "tcp_fin_timeout, 30, FIN_WAIT_2_TIMEOUT, 30 s",
        "tcp_rto_min_us, 20000, RTO_MIN, 20 ms",
        "tcp_rto_max_ms, 64000, RTO_MAX, 64 s",
        "tcp_retries2, 8, RETRIES2, 8 retransmissions",
        "tcp_syn_retries, 2, SYN_RETRIES, 2 retransmissions",
        "tcp_timestamps, 0, TIMESTAMPS, off flag",
        "net.ipv4.tcp_keepalive_time, 600, KEEPALIVE_TIME, 600 s",
        "net.ipv4.tcp_retries2, 8, RETRIES2, 8 retransmissions",
        "tcp_invalid_ratelimit, 250, CHALLENGE_INTERVAL, 250 ms",
        "tcp_rfc1337, 1, IGNORE_RESET_IN_TIME_WAIT, on flag",
        "net.inet.tcp.rexmit_min, 50, RTO_MIN, 50 ms",
        "net.inet.tcp.rexmit_slop, 100, RTO_SLOP, 100 ms",
        "net.inet.tcp.keepidle, 600000, KEEPALIVE_TIME, 600 s",
        "net.inet.tcp.keepinit, 30000, CONNECT_TIMEOUT, 30 s",
        "net.inet.tcp.delacktime, 100, DELAYED_ACK_MIN, 100 ms",
        "net.inet.tcp.always_keepalive, 0, KEEPALIVE, off flag",
        "tcp_early_retrans, 3, TAIL_LOSS_PROBE, on flag",
        "tcp_early_retrans, 0, TAIL_LOSS_PROBE, off flag",
        "tcp_frto, 2, FORWARD_RTO, on flag",
        "tcp_slow_start_after_idle, 0, IDLE_RESTART, none rule",
        "tcp_slow_start_after_idle, 1, IDLE_RESTART, rfc2861 rule",
        "tcp_recovery, 1, RACK_OPTIONS, 1 bits",
        "hz, 1000, JIFFY, 1 ms",
        "hz, 250, JIFFY, 4 ms",
        "jiffy, 0, JIFFY, 0 s",
        "rto-min, 0.5ms, RTO_MIN, 500 us",
        "rto-min, 1.5 s, RTO_MIN, 1500 ms",
        "keepalive, on, KEEPALIVE, on flag",
        "keepalive, true, KEEPALIVE, on flag",
        "keepalive-time, 2h, KEEPALIVE_TIME, 7200 s",
        "time-wait, 4min, TIME_WAIT, 240 s",
        "retries2, none, RETRIES2, none retransmissions",
        "give-up-time, none, GIVE_UP_TIME, none s",
        "receive-window, 1MiB, RECEIVE_WINDOW, 1048576 B",
        "mss, 536, MSS, 536 B",
        "estimator, linux, ESTIMATOR, linux rule"
    })
    void constantsAreSetByTheirOwnNamesAndBySysctl(String name, String value, TcpConstant constant, String text) {
        Profile changed = Profile.named("rfc").with(Map.of(name, value));
        assertThat(Profile.problemWith(name, value)).isNull();
        assertThat(changed.text(constant)).isEqualTo(text);
        assertThat(changed.source(constant)).contains(name).contains(value);
        assertThat(Profile.named("rfc").text(TcpConstant.INITIAL_WINDOW))
                .isEqualTo(changed.text(TcpConstant.INITIAL_WINDOW));
    }

    @ParameterizedTest
    @CsvSource({
        "rto-min, 200, duration",
        "rto-min, 200mss, duration",
        "rto-min, -1s, duration",
        "rto-min, 500d, 31536000 s",
        "rto-min, none, duration",
        "rto-max, 0, must lie between",
        "tcp_retries2, 256, between 0 and 255",
        "tcp_retries2, -1, number of retransmissions",
        "tcp_retries2, 3 probes, number of retransmissions",
        "tcp_keepalive_time, 1e3, duration",
        "keepalive, maybe, on or off",
        "hz, 0, ticks a second",
        "hz, 4ms, ticks a second",
        "tcp_early_retrans, 5, must lie between 0 and 4",
        "tcp_frto, on, must lie between 0 and 2",
        "mss, 1460m, size",
        "mss, 10, must lie between",
        "window-scale, 15, between 0 and 14",
        "estimator, westwood, 'rfc6298, linux'"
    })
    void aBadValueIsToldInAPhrase(String name, String value, String part) {
        assertThat(Profile.problemWith(name, value)).contains(part);
        assertThatThrownBy(() -> Profile.named("linux").with(Map.of(name, value)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith(name + ": " + value + ": ")
                .hasMessageContaining(part);
    }

    @ParameterizedTest
    @CsvSource({
        "tcp_retires2, tcp_retries2",
        "tcp_keepalive_intervall, tcp_keepalive_intvl",
        "rto_min, rto-min",
        "Keepalive, keepalive",
        "tcp_syn_retry, tcp_syn_retries",
        "net.inet.tcp.keepidel, net.inet.tcp.keepidle",
        "net.inet.tcp.rexmit-min, net.inet.tcp.rexmit_min"
    })
    void anUnknownNameIsToldWithTheNearest(String name, String nearest) {
        assertThatThrownBy(() -> Profile.named("linux").with(Map.of(name, "1")))
                .asInstanceOf(InstanceOfAssertFactories.type(UnknownConstantException.class))
                .satisfies(unknown -> {
                    assertThat(unknown.name()).isEqualTo(name);
                    assertThat(unknown.nearest()).isEqualTo(nearest);
                    assertThat(unknown).hasMessageContaining(name).hasMessageContaining(nearest);
                });
    }

    @Test
    void aProfileOfOnesOwnIsCheckedLineByLine() {
        assertRefused("rto-min = 1 s", "profile mine, line 1: not \"name = value unit # source\"");
        assertRefused("\nrto-min = 1 # RFC", "line 2");
        assertRefused("rto-minn = 1 s # RFC", "line 1", "rto-min");
        assertRefused("rto-min = 1 segments # RFC", "not a unit of rto-min: segments");
        assertRefused("rto-max = 0 s # RFC", "rto-max: 0: must lie between");
        assertRefused("mss = 536 B # a\nmss = 536 B # b", "line 2", "a second value for mss");
        assertRefused("# empty", "no value for jiffy");
        assertThatThrownBy(() -> Profile.named("solaris"))
                .hasMessageContaining("solaris")
                .hasMessageContaining("linux");
    }

    private static void assertRefused(String text, String... parts) {
        assertThatThrownBy(() -> Profile.parse("mine", text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll(parts);
    }

    @Test
    void everyNameThatMayBeSetIsListed() {
        assertThat(Profile.constantNames())
                .contains("rto-min", "keepalive", "tcp_retries2", "hz")
                .doesNotHaveDuplicates()
                .hasSizeGreaterThan(TcpConstant.values().length + 35);
    }

    @Test
    void jiffiesRoundUp() {
        Profile linux = Profile.named("linux");
        assertThat(linux.ceilToJiffyNs(0)).isZero();
        assertThat(linux.ceilToJiffyNs(1)).isEqualTo(4_000_000);
        assertThat(linux.ceilToJiffyNs(4_000_000)).isEqualTo(4_000_000);
        assertThat(linux.ceilToJiffyNs(4_000_001)).isEqualTo(8_000_000);
        assertThat(Profile.named("rfc").ceilToJiffyNs(4_000_001)).isEqualTo(4_000_001);
    }
}

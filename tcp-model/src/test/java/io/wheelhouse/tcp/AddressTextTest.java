package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AddressTextTest {

    /** Left what may be written, right how we write it: RFC 5952, section 4, and its examples. */
    @ParameterizedTest
    @CsvSource({
        "0.0.0.0, 0.0.0.0",
        "255.255.255.255, 255.255.255.255",
        "2001:0db8::0001, 2001:db8::1",
        "2001:db8:0:0:0:0:2:1, 2001:db8::2:1",
        "2001:db8:0:1:1:1:1:1, 2001:db8:0:1:1:1:1:1",
        "2001:0:0:1:0:0:0:1, 2001:0:0:1::1",
        "2001:db8:0:0:1:0:0:1, 2001:db8::1:0:0:1",
        "2001:DB8::A, 2001:db8::a",
        "0:0:0:0:0:0:0:0, ::",
        "::1, ::1",
        "1::, 1::",
        "0:1:2:3:4:5:6:7, 0:1:2:3:4:5:6:7",
        "1:2:3:4:5:6:7::, 1:2:3:4:5:6:7:0",
        "::ffff:192.0.2.33, ::ffff:c000:221",
        "64:ff9b::192.0.2.33, 64:ff9b::c000:221"
    })
    void addressesAreReadAndWrittenInTheirShortForm(String text, String canonical) {
        IpAddress address = IpAddress.parse(text);
        assertThat(address).hasToString(canonical);
        assertThat(IpAddress.parse(canonical)).isEqualTo(address);
    }

    @Test
    void randomAddressesSurviveText() {
        long seed = 99;
        for (int i = 0; i < 20_000; i++) {
            long holes = Draw.bits(seed, i, Stream.SIZE, 2);
            IpAddress v6 = IpAddress.v6(
                    Draw.bits(seed, i, Stream.SIZE, 0) & holes(holes),
                    Draw.bits(seed, i, Stream.SIZE, 1) & holes(holes >>> 8));
            assertThat(IpAddress.parse(v6.toString())).as("seed %d", seed).isEqualTo(v6);
            IpAddress v4 = IpAddress.v4((int) holes);
            assertThat(IpAddress.parse(v4.toString())).as("seed %d", seed).isEqualTo(v4);
        }
    }

    private static long holes(long bits) {
        long mask = 0;
        for (int group = 0; group < 4; group++) {
            mask |= (bits >>> group & 1) * (0xFFFFL << (16 * group));
        }
        return mask;
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "1.2.3",
                "1.2.3.4.5",
                "1.2.3.256",
                "1.2.3.-1",
                "01.2.3.4",
                "1.2.3.0x1",
                "a.b.c.d",
                "localhost",
                ":",
                ":::",
                "1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:8:9",
                "1::2::3",
                "12345::",
                "g::",
                "1:2:3:4:5:6:7:8::",
                "::1.2.3",
                ":1:2:3:4:5:6:7",
                "1:2:3:4:5:6:7:",
                "::1%eth0",
                "1.2.3.4::",
                "+1::",
                "١.2.3.4"
            })
    void whatIsNoAddressIsRefused(String text) {
        assertThatThrownBy(() -> IpAddress.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("\"" + text + "\"");
    }

    @Test
    void blocks() {
        Prefix block = Prefix.parse("100.64.0.0/10");
        assertThat(block).hasToString("100.64.0.0/10");
        assertThat(block.hostBits()).isEqualTo(22);
        assertThat(block.contains(IpAddress.parse("100.127.255.255"))).isTrue();
        assertThat(block.contains(IpAddress.parse("100.128.0.0"))).isFalse();
        assertThat(block.contains(IpAddress.parse("::6440:0"))).isFalse();
        assertThat(Prefix.parse("0.0.0.0/0").contains(IpAddress.parse("255.1.2.3")))
                .isTrue();
        assertThat(Prefix.parse("10.0.0.1")).isEqualTo(Prefix.parse("10.0.0.1/32"));
        assertThat(Prefix.parse("2001:db8::/32").contains(IpAddress.parse("2001:db8:ffff::1")))
                .isTrue();
        assertThat(Prefix.parse("2001:db8::/65").contains(IpAddress.parse("2001:db8::8000:0:0:1")))
                .isFalse();
        assertThat(Prefix.parse("2001:db8::/64").overlaps(Prefix.parse("2001:db8::7/128")))
                .isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "100.64.0.1/10, 100.64.0.0/10",
        "2001:db8::1/64, 2001:db8::/64",
        "10.0.0.0/33, 33",
        "10.0.0.0/, 10.0.0.0/",
        "10.0.0.0/-1, -1",
        "10.0.0.0/8/8, 8/8"
    })
    void whatIsNoBlockIsRefused(String text, String part) {
        assertThatThrownBy(() -> Prefix.parse(text))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining(part);
    }

    @Test
    void addressesWithPorts() {
        assertThat(HostPort.parse("10.0.0.1:443")).hasToString("10.0.0.1:443");
        assertThat(HostPort.parse("[2001:db8::1]:65535")).hasToString("[2001:db8::1]:65535");
        assertThat(FourTuple.of(HostPort.parse("10.0.0.1:443"), HostPort.parse("100.64.3.7:51234")))
                .hasToString("10.0.0.1:443 - 100.64.3.7:51234");
        assertThat(FourTuple.of(HostPort.parse("[::1]:1"), HostPort.parse("[::2]:2"))
                        .reversed())
                .hasToString("[::2]:2 - [::1]:1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "10.0.0.1",
                "10.0.0.1:",
                "10.0.0.1:x",
                "10.0.0.1:65536",
                "::1:443",
                "[10.0.0.1]:443",
                "[::1]",
                ":80"
            })
    void whatIsNoAddressWithPortIsRefused(String text) {
        assertThatThrownBy(() -> HostPort.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}

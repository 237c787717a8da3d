package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TupleSpaceTest {
    private static final HostPort SERVER = HostPort.parse("10.0.0.1:443");

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24, 1000, 1255",
        "192.0.2.0/25, 65535, 65535",
        "192.0.2.4/31, 0, 999",
        "192.0.2.4/32, 1024, 65535",
        "198.51.0.0/17, 7, 7"
    })
    void indexToTupleIsABijection(String block, int firstPort, int lastPort) {
        for (long seed : new long[] {0, 1, -1, 0x123456789L}) {
            Prefix remote = Prefix.parse(block);
            TupleSpace space = new TupleSpace(SERVER, remote, firstPort, lastPort, seed);
            assertThat(space.size()).isEqualTo((1L << remote.hostBits()) * (lastPort - firstPort + 1));
            Set<FourTuple> seen = new HashSet<>();
            for (long i = 0; i < space.size(); i++) {
                FourTuple tuple = space.tuple(i);
                assertThat(tuple.local()).isEqualTo(SERVER);
                assertThat(remote.contains(tuple.remoteAddress())).isTrue();
                assertThat(tuple.remotePort()).isBetween(firstPort, lastPort);
                assertThat(seen.add(tuple))
                        .as("%s again at index %d, seed %d", tuple, i, seed)
                        .isTrue();
            }
        }
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.1:443, 100.64.0.0/16", "[2001:db8::1]:443, 2001:db8:0:1::/112"})
    void everyAddressIsUsedOnceBeforeAnyIsUsedTwice(String local, String block) {
        TupleSpace space = new TupleSpace(HostPort.parse(local), Prefix.parse(block), 5);
        Set<IpAddress> first = new HashSet<>();
        Set<IpAddress> second = new HashSet<>();
        int addresses = 1 << 16;
        for (int i = 0; i < addresses; i++) {
            first.add(space.tuple(i).remoteAddress());
            second.add(space.tuple(addresses + i).remoteAddress());
        }
        assertThat(first).hasSize(addresses);
        assertThat(second).hasSize(addresses);
    }

    @Test
    void wideBlocksKeepTheIndexALong() {
        TupleSpace all = new TupleSpace(HostPort.parse("[::1]:1"), Prefix.parse("::/0"), 0, 65535, 3);
        assertThat(all.size()).isEqualTo(1L << 62);
        assertThat(all.tuple(all.size() - 1).remoteAddress().low() >>> 46).isZero();
        TupleSpace v4 = new TupleSpace(SERVER, Prefix.parse("0.0.0.0/0"), 3);
        assertThat(v4.tuple(v4.size() - 1)).isNotEqualTo(v4.tuple(0));
    }

    @Test
    void theSeedScattersAnew() {
        Prefix block = Prefix.parse("100.64.0.0/10");
        TupleSpace one = new TupleSpace(SERVER, block, 1);
        TupleSpace two = new TupleSpace(SERVER, block, 2);
        int same = 0;
        for (int i = 0; i < 1_000; i++) {
            assertThat(one.tuple(i)).isEqualTo(new TupleSpace(SERVER, block, 1).tuple(i));
            same += one.tuple(i).remoteAddress().equals(two.tuple(i).remoteAddress()) ? 1 : 0;
        }
        assertThat(same).isLessThan(5);
    }

    @Test
    void overlapsOnlyWhereLocalEndAddressesAndPortsMeet() {
        TupleSpace space = new TupleSpace(SERVER, Prefix.parse("100.64.0.0/10"), 1024, 2047, 0);
        assertThat(space.overlaps(new TupleSpace(SERVER, Prefix.parse("100.64.7.0/24"), 2047, 3000, 1)))
                .isTrue();
        assertThat(space.overlaps(new TupleSpace(SERVER, Prefix.parse("100.64.7.0/24"), 2048, 3000, 0)))
                .isFalse();
        assertThat(space.overlaps(new TupleSpace(SERVER, Prefix.parse("100.0.0.0/10"), 1024, 2047, 0)))
                .isFalse();
        HostPort other = HostPort.parse("10.0.0.1:444");
        assertThat(space.overlaps(new TupleSpace(other, Prefix.parse("100.64.0.0/10"), 1024, 2047, 0)))
                .isFalse();
    }

    @Test
    void badArgumentsAreNamed() {
        Prefix block = Prefix.parse("192.0.2.0/24");
        assertThatThrownBy(() -> new TupleSpace(SERVER, block, 9, 8, 0)).hasMessageContaining("9 is greater than");
        assertThatThrownBy(() -> new TupleSpace(SERVER, block, 9, 65536, 0)).hasMessageContaining("65536");
        assertThatThrownBy(() -> new TupleSpace(SERVER, Prefix.parse("::/0"), 0))
                .hasMessageContaining("IPv6");
        TupleSpace space = new TupleSpace(SERVER, block, 8, 8, 0);
        assertThatThrownBy(() -> space.tuple(256)).hasMessageContaining("256").hasMessageContaining("255");
        assertThatThrownBy(() -> space.tuple(-1)).hasMessageContaining("-1");
    }
}

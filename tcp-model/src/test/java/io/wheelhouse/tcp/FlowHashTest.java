package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.tcp.random.ChiSquare;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class FlowHashTest {
    private static final int TUPLES = 200_000;
    private static final int BUCKETS = 1_024;

    static List<FlowHash> hashes() {
        return List.of(ToeplitzHash.microsoft(), MixHash.instance());
    }

    @ParameterizedTest
    @CsvFileSource(resources = "/toeplitz-vectors.csv", numLinesToSkip = 2)
    void microsoftsVerificationVectors(
            String destination,
            int destinationPort,
            String source,
            int sourcePort,
            String addresses,
            String withPorts) {
        IpAddress local = IpAddress.parse(destination);
        IpAddress remote = IpAddress.parse(source);
        int hashOfAddresses = ToeplitzHash.microsoft().hashAddresses(remote, local);
        assertThat(hashOfAddresses).isEqualTo(Integer.parseUnsignedInt(addresses, 16));
        FourTuple tuple = new FourTuple(local, destinationPort, remote, sourcePort);
        assertThat(ToeplitzHash.microsoft().hash(tuple)).isEqualTo(Long.parseLong(withPorts, 16));
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void bothDirectionsMeetInOneBucket(boolean v6) {
        long seed = 20_260_401;
        Orientation byBlock = new Orientation(List.of(Prefix.parse("10.0.0.0/8"), Prefix.parse("2001:db8::/32")));
        Orientation byOrder = new Orientation(List.of());
        for (int i = 0; i < TUPLES; i++) {
            FourTuple tuple = randomTuple(seed, i, v6);
            for (FlowHash hash : hashes()) {
                assertMeet(byBlock, tuple, hash, seed);
                assertMeet(byOrder, tuple, hash, seed);
            }
        }
    }

    private static void assertMeet(Orientation orientation, FourTuple tuple, FlowHash hash, long seed) {
        FourTuple out = orientation.orient(tuple.local(), tuple.remote());
        FourTuple in = orientation.orient(tuple.remote(), tuple.local());
        assertThat(in).as("%s, seed %d", tuple, seed).isEqualTo(out);
        assertThat(hash.bucketOf(in, BUCKETS))
                .isEqualTo(hash.bucketOf(out, BUCKETS))
                .isBetween(0, BUCKETS - 1);
    }

    @Test
    void theEndInALocalBlockIsLocal() {
        Orientation orientation = new Orientation(List.of(Prefix.parse("10.0.0.0/8")));
        HostPort server = HostPort.parse("10.0.0.1:443");
        HostPort phone = HostPort.parse("9.64.0.1:5000");
        assertThat(orientation.isOutgoing(server, phone)).isTrue();
        assertThat(orientation.isOutgoing(phone, server)).isFalse();
        assertThat(orientation.orient(phone, server)).isEqualTo(FourTuple.of(server, phone));
        assertThat(new Orientation(List.of()).orient(server, phone)).isEqualTo(FourTuple.of(phone, server));
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void randomTuplesFillBucketsAsEvenlyAsChance(FlowHash hash) {
        long seed = 7;
        for (int buckets : new int[] {BUCKETS, 1_000, 17}) {
            assertEven(hash, buckets, i -> randomTuple(seed, i, false), "random IPv4 into " + buckets, seed);
            assertEven(hash, buckets, i -> randomTuple(seed, i, true), "random IPv6 into " + buckets, seed);
        }
    }

    @ParameterizedTest
    @MethodSource("hashes")
    void generatedTuplesFillBucketsAsEvenlyAsChance(FlowHash hash) {
        long seed = 11;
        for (String block : List.of("100.64.0.0/10", "192.0.2.0/24", "2001:db8:1::/48", "2001:db8::7/128")) {
            Prefix remote = Prefix.parse(block);
            String local = remote.first().isV6() ? "[2001:db8::1]:443" : "10.0.0.1:443";
            TupleSpace space = new TupleSpace(HostPort.parse(local), remote, seed);
            int tuples = (int) Math.min(space.size() / 4, TUPLES);
            assertEven(hash, 64, tuples, space::tuple, "tuples of " + space, seed);
        }
    }

    private static void assertEven(FlowHash hash, int buckets, Tuples tuples, String what, long seed) {
        assertEven(hash, buckets, TUPLES, tuples, what, seed);
    }

    private static void assertEven(FlowHash hash, int buckets, int count, Tuples tuples, String what, long seed) {
        long[] counts = new long[buckets];
        for (int i = 0; i < count; i++) {
            counts[hash.bucketOf(tuples.at(i), buckets)]++;
        }
        ChiSquare.assertUniform(counts, hash.getClass().getSimpleName() + " of " + what, seed);
    }

    @Test
    void bucketCountIsChecked() {
        FourTuple tuple = randomTuple(1, 1, false);
        assertThatThrownBy(() -> MixHash.instance().bucketOf(tuple, 0)).hasMessageContaining("0");
        assertThat(MixHash.instance().bucketOf(tuple, 1)).isZero();
    }

    private interface Tuples {
        FourTuple at(long index);
    }

    /** Local addresses in 10/8 and 2001:db8::/32, remote ones anywhere. */
    private static FourTuple randomTuple(long seed, long index, boolean v6) {
        long ports = Draw.bits(seed, index, Stream.SIZE, 0);
        long high = Draw.bits(seed, index, Stream.SIZE, 1);
        long low = Draw.bits(seed, index, Stream.SIZE, 2);
        long other = Draw.bits(seed, index, Stream.SIZE, 3);
        IpAddress local = v6
                ? IpAddress.v6(0x20010db8_00000000L | high >>> 32, low)
                : IpAddress.v4(0x0A000000 + ((int) high & 0xFFFFFF));
        IpAddress remote = v6 ? IpAddress.v6(other, high ^ low) : IpAddress.v4((int) low);
        return new FourTuple(local, (int) ports & 0xFFFF, remote, (int) (ports >>> 16) & 0xFFFF);
    }
}

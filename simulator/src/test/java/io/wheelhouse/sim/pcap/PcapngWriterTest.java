package io.wheelhouse.sim.pcap;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.tcp.HostPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Random;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bytes of capture files, read by hand. */
final class PcapngWriterTest {

    private static ByteBuffer write(long atNs, String from, String to, PcapSegment segment) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (PcapngWriter writer = new PcapngWriter(out)) {
            writer.write(atNs, HostPort.parse(from), HostPort.parse(to), segment);
        }
        return ByteBuffer.wrap(out.toByteArray()).order(ByteOrder.LITTLE_ENDIAN);
    }

    /** Moves to the packet's bytes and checks what frames them. */
    private static ByteBuffer packet(ByteBuffer file, long atNs) {
        assertThat(file.getInt(0)).isEqualTo(0x0A0D0D0A);
        assertThat(file.getInt(8)).isEqualTo(0x1A2B3C4D);
        int at = file.getInt(4);
        assertThat(file.getInt(at - 4)).as("the section's length, again").isEqualTo(at);
        assertThat(file.getInt(at)).isEqualTo(1);
        int description = file.getInt(at + 4);
        assertThat(file.getShort(at + 8)).as("raw IP").isEqualTo((short) 101);
        at += description;
        assertThat(file.getInt(at)).isEqualTo(6);
        assertThat(at + file.getInt(at + 4)).isEqualTo(file.capacity());
        assertThat(((file.getInt(at + 12) & 0xFFFFFFFFL) << 32) | (file.getInt(at + 16) & 0xFFFFFFFFL))
                .isEqualTo(atNs);
        byte[] bytes = new byte[file.getInt(at + 20)];
        assertThat(file.getInt(at + 24)).isEqualTo(bytes.length);
        file.get(at + 28, bytes);
        return ByteBuffer.wrap(bytes);
    }

    /** RFC 1071: with its checksum in place, the sum of all is all ones. */
    private static int sum(ByteBuffer bytes, int from, int to) {
        long sum = 0;
        for (int i = from; i < to; i += 2) {
            sum += ((bytes.get(i) & 0xFF) << 8) | (i + 1 < to ? bytes.get(i + 1) & 0xFF : 0);
        }
        return (int) (sum % 0xFFFF);
    }

    @ParameterizedTest
    @DisplayName("IPv4 and IPv6, any length of data: lengths, ports and checksums are right")
    @CsvSource({
        "192.0.2.1:80, 198.51.100.2:40000, 20, 12",
        "[2001:db8::1]:80, [2001:db8:ffff::2]:40000, 40, 8",
        "255.255.255.255:65535, 255.255.255.255:65535, 20, 12"
    })
    void packets(String from, String to, int ipHeader, int addresses) throws IOException {
        Random random = new Random(7);
        for (int length = 0; length < 1_460; length += 1 + length / 10) {
            PcapSegment segment = new PcapSegment(
                    24,
                    random.nextInt(),
                    random.nextInt(),
                    length,
                    random.nextInt(65_536),
                    new OptionBytes().nop().nop().timestamps(9, 7));
            long atNs = random.nextLong() >>> 2;
            ByteBuffer packet = packet(write(atNs, from, to, segment), atNs);
            int tcp = 20 + 12 + length;
            assertThat(packet.capacity()).isEqualTo(ipHeader + tcp);
            assertThat((int) packet.getShort(ipHeader == 20 ? 2 : 4)).isEqualTo(ipHeader == 20 ? 20 + tcp : tcp);
            if (ipHeader == 20) {
                assertThat(sum(packet, 0, 20)).isZero();
            }
            int pseudo = sum(packet, addresses, ipHeader) + 6 + tcp;
            assertThat((pseudo + sum(packet, ipHeader, ipHeader + tcp)) % 0xFFFF)
                    .isZero();
            assertThat(packet.getInt(ipHeader + 4)).isEqualTo(segment.seq());
            assertThat((packet.get(ipHeader + 12) >> 4) & 15).isEqualTo(8);
            assertThat(packet.getShort(ipHeader + 14) & 0xFFFF).isEqualTo(segment.window());
        }
    }

    @Test
    @DisplayName("a checksum of zero is written as it comes, and all sums are folded")
    void sums() throws IOException {
        for (int seq = 0; seq < 70_000; seq += 7) {
            PcapSegment segment = new PcapSegment(16, seq, -1, 1, 65_535, new OptionBytes());
            ByteBuffer packet = packet(write(1, "1.2.3.4:5", "6.7.8.9:10", segment), 1);
            assertThat((sum(packet, 12, 20) + 6 + 21 + sum(packet, 20, 41)) % 0xFFFF)
                    .isZero();
        }
    }

    @Test
    @DisplayName("options: kinds, lengths, words")
    void options() {
        assertThat(new OptionBytes()
                        .mss(1460)
                        .sackPermitted()
                        .timestamps(1, 2)
                        .nop()
                        .windowScale(7)
                        .toBytes())
                .containsExactly(2, 4, 5, 0xB4, 4, 2, 8, 10, 0, 0, 0, 1, 0, 0, 0, 2, 1, 3, 3, 7);
        assertThat(new OptionBytes().nop().nop().sack(1).block(1, -1).toBytes())
                .containsExactly(1, 1, 5, 10, 0, 0, 0, 1, 0xFF, 0xFF, 0xFF, 0xFF);
        assertThat(new OptionBytes().nop().end().toBytes()).containsExactly(1, 0, 0, 0);
        assertThatThrownBy(() -> new OptionBytes()
                        .sack(4)
                        .block(1, 2)
                        .block(1, 2)
                        .block(1, 2)
                        .block(1, 2)
                        .timestamps(1, 2))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("40 bytes");
        assertThatThrownBy(() -> new PcapSegment(0, 0, 0, 0, 65_536, new OptionBytes()))
                .hasMessageContaining("65536");
    }
}

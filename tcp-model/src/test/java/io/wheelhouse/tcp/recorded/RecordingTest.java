package io.wheelhouse.tcp.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.tcp.TcpSegment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Reading a recording. */
class RecordingTest {
    private static final String CASE = "zero_window_hold_40s";

    static Stream<String> names() {
        return RecordedCase.folders().keySet().stream();
    }

    private static Path folder(String name) {
        return RecordedCase.folder(name);
    }

    private static Json truth(String name, String what, String instead) throws IOException {
        String text = Files.readString(folder(name).resolve("truth.json"), StandardCharsets.UTF_8);
        assertThat(text).contains(what);
        return Json.parse(text.replace(what, instead));
    }

    @ParameterizedTest
    @MethodSource("names")
    void theCaptureFileSaysTheSameOfThePackets(String name) throws IOException {
        Json truth = Json.read(folder(name).resolve("truth.json"));
        List<Recording.Packet> captured = CaptureFile.read(folder(name).resolve(name + ".pcap"), "10.77.0.1");
        List<Recording.Packet> listed = truth.get("packets").list().stream()
                .map(Recording.Packets::listed)
                .toList();
        assertThat(captured.stream().filter(packet -> !packet.has(TcpSegment.SYN)))
                .usingElementComparator((one, other) -> isAlike(one, other) ? 0 : 1)
                .containsExactlyElementsOf(listed.stream()
                        .filter(packet -> !packet.has(TcpSegment.SYN))
                        .toList());
    }

    /** Times in {@code truth.json} are whole microseconds. */
    private static boolean isAlike(Recording.Packet one, Recording.Packet other) {
        return one.fromA() == other.fromA()
                && Math.abs(one.atNs() - other.atNs()) <= 1_000
                && one.segment().equals(other.segment());
    }

    @ParameterizedTest
    @MethodSource("names")
    void withoutACaptureFileTheLaboratorysOptionsAreKnown(String name) throws IOException {
        Recording alone = Recording.of(Json.read(folder(name).resolve("truth.json")), List.of());
        assertThat(alone.packets()).isEqualTo(Recording.load(folder(name)).packets());
    }

    @Test
    void packetsBeyondThoseListedComeFromTheCaptureFile() throws IOException {
        Json truth = truth(CASE, "\"packets_total\": 60", "\"packets_total\": 61");
        assertThatThrownBy(() -> Recording.of(truth, List.of()))
                .hasMessage(CASE + ": packets_total 61.0, packets listed 60, no capture file");
        List<Recording.Packet> captured = CaptureFile.read(folder(CASE).resolve(CASE + ".pcap"), "10.77.0.1");
        List<Recording.Packet> more = new ArrayList<>(captured);
        more.add(captured.get(59));
        assertThat(Recording.of(truth, more).packets()).hasSize(61);
        assertThat(Recording.of(truth, more).packets().get(60).segment())
                .isEqualTo(Recording.of(truth, more).packets().get(59).segment());
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            "hold": 40              | "hold": 40, "TCP_CORK": 1    | params TCP_CORK = 1.0
            "hold": 40              | "hold": 40, "mode": "both"   | params mode = both
            "tcp_dsack": "1"        | "tcp_dsack": "2"             | sysctl tcp_dsack = 2
            "tcp_dsack": "1"        | "tcp_plb_enabled": "1"       | sysctl tcp_plb_enabled = 1
            "tcp_comp_sack_nr": "44" | "tcp_comp_sack_nr": "3"     | sysctl tcp_comp_sack_nr = 3
            "reader drains"         | "A moves house"              | event A moves house
            """)
    void whatIsNotUnderstoodIsNamed(String what, String instead, String named) throws IOException {
        assertThat(Recording.of(truth(CASE, what, instead), List.of()).unknownWords())
                .containsExactly(named);
    }

    @Test
    void ticksASecondAreTheRecordings() throws IOException {
        Recording fast = Recording.of(truth(CASE, "\"HZ\": 250", "\"HZ\": 1000"), List.of());
        assertThat(fast.jiffyNs()).isEqualTo(1_000_000);
        assertThat(RecordedSettings.of(fast)).containsEntry("hz", "1000");
    }
}

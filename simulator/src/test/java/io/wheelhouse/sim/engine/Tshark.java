package io.wheelhouse.sim.engine;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Assumptions;

/** What tshark says of a capture file; tests are skipped, with a message, where there is none. */
final class Tshark {
    private static final String[] FIELDS = {
        "tcp.stream",
        "tcp.srcport",
        "tcp.nxtseq",
        "tcp.ack",
        "tcp.analysis.retransmission",
        "tcp.analysis.fast_retransmission",
        "tcp.analysis.spurious_retransmission",
        "tcp.analysis.out_of_order",
        "tcp.analysis.keep_alive",
        "tcp.analysis.zero_window_probe",
        "tcp.analysis.duplicate_ack",
        "tcp.checksum.status",
        "ip.checksum.status"
    };
    private static final int STREAM = 0;
    private static final int PORT = 1;
    private static final int NEXT = 2;
    private static final int ACK = 3;
    private static final int RETRANSMISSION = 4;
    private static final int OUT_OF_ORDER = 7;
    private static final int KEEP_ALIVE = 8;
    private static final int ZERO_WINDOW_PROBE = 9;
    private static final int DUPLICATE_ACK = 10;
    private static final int TCP_CHECKSUM = 11;
    private static final int IP_CHECKSUM = 12;
    private static final String GOOD = "1";

    /** Segments of the modeled host, and of the far ends. */
    final int sent;

    final int received;
    /** Segments of the modeled host that repeat others. */
    final int retransmissions;

    final int keepAlives;
    final int zeroWindowProbes;
    /** Acknowledgments of the far ends that repeat others; of those, with data of the host's in flight. */
    final int duplicateAcks;

    final int duplicateAcksInFlight;
    final int badChecksums;

    private Tshark(List<String[]> frames, String localPort) {
        Map<String, Long> highest = new HashMap<>();
        int[] counts = new int[8];
        for (String[] frame : frames) {
            counts[7] += frame[TCP_CHECKSUM].equals(GOOD)
                            && (frame[IP_CHECKSUM].isEmpty() || frame[IP_CHECKSUM].equals(GOOD))
                    ? 0
                    : 1;
            if (frame[PORT].equals(localPort)) {
                counts[0]++;
                boolean again = false;
                for (int i = RETRANSMISSION; i <= OUT_OF_ORDER; i++) {
                    again |= !frame[i].isEmpty();
                }
                counts[2] += again ? 1 : 0;
                counts[3] += frame[KEEP_ALIVE].isEmpty() ? 0 : 1;
                counts[4] += frame[ZERO_WINDOW_PROBE].isEmpty() ? 0 : 1;
                highest.merge(frame[STREAM], frame[NEXT].isEmpty() ? 0 : Long.parseLong(frame[NEXT]), Math::max);
            } else {
                counts[1]++;
                boolean duplicate = !frame[DUPLICATE_ACK].isEmpty();
                counts[5] += duplicate ? 1 : 0;
                counts[6] += duplicate && Long.parseLong(frame[ACK]) < highest.getOrDefault(frame[STREAM], 0L) ? 1 : 0;
            }
        }
        sent = counts[0];
        received = counts[1];
        retransmissions = counts[2];
        keepAlives = counts[3];
        zeroWindowProbes = counts[4];
        duplicateAcks = counts[5];
        duplicateAcksInFlight = counts[6];
        badChecksums = counts[7];
    }

    /** Reads a capture taken at a host whose connections all have one local port. */
    static Tshark of(Path file, int localPort) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>(List.of(
                "tshark",
                "-r",
                file.toString(),
                "-o",
                "tcp.check_checksum:TRUE",
                "-o",
                "ip.check_checksum:TRUE",
                "-T",
                "fields"));
        for (String field : FIELDS) {
            command.add("-e");
            command.add(field);
        }
        Process process = start(command);
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (process.waitFor() != 0) {
            throw new AssertionError("tshark ended " + process.exitValue() + "\n" + output);
        }
        return new Tshark(output.lines().map(line -> line.split("\t", -1)).toList(), Integer.toString(localPort));
    }

    private static Process start(List<String> command) {
        try {
            return new ProcessBuilder(command)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            Assumptions.abort("tshark is not installed: its analysis of segments.pcapng is not compared");
            throw new AssertionError(e);
        }
    }
}

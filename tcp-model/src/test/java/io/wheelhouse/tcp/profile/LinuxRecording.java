package io.wheelhouse.tcp.profile;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;

/**
 * A recording of a Linux 6.18 kernel, HZ=250: the packets captured at it, and TCP_INFO after each acknowledgment. Two
 * files of comma-separated values, lines that start with {@code #} being comments.
 */
record LinuxRecording(List<Packet> packets, List<Info> infos) {

    /** One packet; sequence numbers relative to the start; 0 where a field is absent. */
    record Packet(
            double atS, boolean fromKernel, long seq, long endSeq, long ack, long timestamp, long timestampEcho) {}

    /** Smoothed round-trip time, mean deviation and retransmission timeout. */
    record Info(long srttUs, long mdevUs, long rtoUs) {}

    static LinuxRecording load(String name) throws IOException {
        List<Packet> packets = lines(name + ".packets.csv").stream()
                .map(f -> new Packet(
                        Double.parseDouble(f[0]),
                        f[1].equals("A"),
                        toLong(f[2]),
                        toLong(f[3]),
                        toLong(f[4]),
                        toLong(f[5]),
                        toLong(f[6])))
                .toList();
        List<Info> infos = lines(name + ".tcpinfo.csv").stream()
                .map(f -> new Info(toLong(f[0]), toLong(f[1]), toLong(f[2])))
                .toList();
        return new LinuxRecording(packets, infos);
    }

    private static List<String[]> lines(String file) throws IOException {
        try (InputStream stream =
                Objects.requireNonNull(LinuxRecording.class.getResourceAsStream("/linux/" + file), file)) {
            return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(line -> line.split(",", -1))
                    .toList();
        }
    }

    private static long toLong(String field) {
        return Long.parseLong(field);
    }

    /** How long after its capture an acknowledgment is processed: from the handshake. */
    double acknowledgmentLagS() {
        return infos.get(0).srttUs() / 1e6
                - (packets.get(1).atS() - packets.get(0).atS());
    }

    /** The kernel's timestamp clock at a time, its phase being the middle of those that the captured timestamps allow. */
    long timestampAt(double atS) {
        double least = Double.NEGATIVE_INFINITY;
        double most = Double.POSITIVE_INFINITY;
        for (Packet packet : packets) {
            if (packet.fromKernel() && packet.timestamp() != 0) {
                double aheadMs = packet.timestamp() - packet.atS() * 1e3;
                least = Math.max(least, aheadMs);
                most = Math.min(most, aheadMs + 1);
            }
        }
        return (long) Math.floor(atS * 1e3 + (least + most) / 2);
    }
}

package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.SackBlock;
import io.wheelhouse.tcp.TcpSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * One case recorded at a real kernel, called A; its peer is B. Times are in nanoseconds after the first packet, sequence
 * numbers relative to the initial ones, windows in bytes.
 *
 * @param sysctl the kernel's settings
 * @param params the case's own, and its socket options
 * @param events what the harness did, besides what the packets show
 * @param result what it saw, besides the packets
 */
record Recording(
        String name,
        String note,
        Map<String, String> sysctl,
        Json params,
        List<Event> events,
        List<Packet> packets,
        Json result) {

    /** Something that the harness did or saw. */
    record Event(long atNs, String what, Json details) {}

    /** A packet as it passed the capture point at A. */
    record Packet(long atNs, boolean fromA, TcpSegment segment) {
        boolean has(int flag) {
            return segment.has(flag);
        }
    }

    /** The kind of case: the first words of its name, as the folders are called. */
    String kind() {
        int end = name.indexOf('_');
        return end < 0 ? name : name.substring(0, end);
    }

    /** The time of the last thing recorded. */
    long endNs() {
        long lastPacketNs = packets.get(packets.size() - 1).atNs();
        return events.stream().mapToLong(Event::atNs).reduce(lastPacketNs, Math::max);
    }

    /** When an event happened whose description begins so; -1 for never. */
    long eventNs(String what) {
        return events.stream()
                .filter(event -> event.what().startsWith(what))
                .mapToLong(Event::atNs)
                .findFirst()
                .orElse(-1);
    }

    static Recording load(Path folder) throws IOException {
        Json truth = Json.read(folder.resolve("truth.json"));
        String name = truth.get("case").text();
        Path capture = folder.resolve(name + ".pcap");
        List<TcpSegment.Options> synOptions = Files.exists(capture) ? SynOptions.read(capture) : List.of();
        Map<String, String> sysctl = new LinkedHashMap<>();
        for (String key : truth.get("sysctl").keys()) {
            sysctl.put(key, truth.get("sysctl").get(key).text());
        }
        List<Event> events = truth.get("events").list().stream()
                .map(event -> new Event(event.get("t").ns(), event.get("what").text(), event))
                .toList();
        return new Recording(
                name,
                truth.get("note").text(),
                sysctl,
                truth.get("params"),
                events,
                new Packets(truth.get("params"), synOptions).read(truth.get("packets")),
                truth.get("result"));
    }

    /** Puts together what the two files say of the packets. */
    private static final class Packets {
        private static final String FLAGS = "FSRP.";
        private static final int MSS = 1_460;

        private final Json params;
        private final List<TcpSegment.Options> synOptions;
        private int syns;
        private int scaleA = -1;
        private int scaleB = -1;

        Packets(Json params, List<TcpSegment.Options> synOptions) {
            this.params = params;
            this.synOptions = synOptions;
        }

        List<Packet> read(Json packets) {
            List<Packet> read = new ArrayList<>();
            for (Json packet : packets.list()) {
                boolean fromA = packet.get("src").text().equals("A");
                int flags = 0;
                for (char letter : packet.get("f").text().toCharArray()) {
                    flags |= 1 << FLAGS.indexOf(letter);
                }
                TcpSegment.Options options = options(packet, flags, fromA);
                int window = (int) packet.get("win").number();
                boolean scaled = (flags & TcpSegment.SYN) == 0 && scaleA >= 0 && scaleB >= 0;
                read.add(new Packet(
                        packet.get("t").ns(),
                        fromA,
                        new TcpSegment(
                                flags,
                                (int) packet.get("seq").whole(0),
                                (int) packet.get("ack").whole(0),
                                (int) packet.get("len").number(),
                                scaled ? window << (fromA ? scaleA : scaleB) : window,
                                options)));
            }
            return read;
        }

        private TcpSegment.Options options(Json packet, int flags, boolean fromA) {
            TcpSegment.Options options = TcpSegment.Options.NONE;
            if ((flags & TcpSegment.SYN) != 0) {
                options = synOptions(packet);
                scaleA = fromA ? options.windowScale() : scaleA;
                scaleB = fromA ? scaleB : options.windowScale();
            }
            if (packet.has("tsv")) {
                options = options.withTimestamps((int) packet.get("tsv").whole(0), (int)
                        packet.get("tse").whole(0));
            }
            List<SackBlock> blocks = packet.get("sack").list().stream()
                    .map(block -> new SackBlock(
                            (int) block.get(0).whole(0), (int) block.get(1).whole(0)))
                    .toList();
            return blocks.isEmpty() ? options : options.withSackBlocks(blocks);
        }

        /** From the capture file; without it, from what the scripted peers offer. */
        private TcpSegment.Options synOptions(Json packet) {
            if (syns < synOptions.size()) {
                return synOptions.get(syns++);
            }
            int mss = params.has("nseg") ? (int) params.get("size").number(MSS) : MSS;
            return TcpSegment.Options.ofSyn(
                    mss,
                    packet.has("tsv") ? 0 : -1,
                    !params.has("sack") || params.get("sack").isTrue());
        }
    }
}

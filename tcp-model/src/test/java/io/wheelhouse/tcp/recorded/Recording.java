package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.SackBlock;
import io.wheelhouse.tcp.TcpSegment;
import io.wheelhouse.timer.queue.WheelShape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One case recorded at a real kernel, called A; its peer is B. Times are in nanoseconds after the first packet, sequence
 * numbers relative to the initial ones, windows in bytes.
 *
 * <p>All comes from {@code truth.json}, but for two things that it does not have: the options of SYNs, and packets beyond
 * the first so many. Those come from the capture file. Without one, SYNs offer what this laboratory's offer.
 *
 * @param hz the kernel's ticks a second
 * @param sysctl the kernel's settings
 * @param params the case's own, and its socket options
 * @param events what the harness did, besides what the packets show
 * @param result what it saw, besides the packets
 */
record Recording(
        String name,
        String note,
        int hz,
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

        private Packet with(UnaryOperator<TcpSegment> change) {
            return new Packet(atNs, fromA, change.apply(segment));
        }
    }

    /** The kind of case: the first words of its name, as the folders are called. */
    String kind() {
        int end = name.indexOf('_');
        return end < 0 ? name : name.substring(0, end);
    }

    long jiffyNs() {
        return 1_000_000_000L / hz;
    }

    /** The kernel's wheel. */
    WheelShape wheel() {
        return WheelShape.linux(hz);
    }

    /** What it says of A that the reader does not know. */
    List<String> unknownWords() {
        return RecordedVocabulary.unknown(this);
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
        Path capture = folder.resolve(truth.get("case").text() + ".pcap");
        List<Packet> captured = Files.exists(capture)
                ? CaptureFile.read(capture, truth.get("addresses").get("A").text())
                : List.of();
        return of(truth, captured);
    }

    /** A recording as {@code truth.json} has it, with the packets of its capture file or none. */
    static Recording of(Json truth, List<Packet> captured) {
        Map<String, String> sysctl = new LinkedHashMap<>();
        for (String key : truth.get("sysctl").keys()) {
            sysctl.put(key, truth.get("sysctl").get(key).text());
        }
        List<Event> events = truth.get("events").list().stream()
                .map(event -> new Event(event.get("t").ns(), event.get("what").text(), event))
                .toList();
        return new Recording(
                truth.get("case").text(),
                truth.get("note").text(),
                (int) truth.get("kernel_config").get("HZ").whole(DEFAULT_HZ),
                sysctl,
                truth.get("params"),
                events,
                new Packets(truth, captured).read(),
                truth.get("result"));
    }

    private static final int DEFAULT_HZ = 250;

    /** Puts together what the two files say of the packets. */
    static final class Packets {
        private static final String FLAGS = "FSRP.";
        private static final int MSS = 1_460;
        /** What a Linux peer's SYN-ACK offers as it comes; less if its receive buffer is a small one. */
        private static final int LINUX_WINDOW = 65_160;

        private final Json truth;
        private final List<Packet> captured;
        private int scaleA = -1;
        private int scaleB = -1;

        Packets(Json truth, List<Packet> captured) {
            this.truth = truth;
            this.captured = captured;
        }

        List<Packet> read() {
            List<Packet> raw = new ArrayList<>();
            int syns = 0;
            for (Json packet : truth.get("packets").list()) {
                Packet listed = listed(packet);
                raw.add(listed.has(TcpSegment.SYN) ? listed.with(withOptionsOf(syn(listed, syns++))) : listed);
            }
            if (raw.size() < truth.get("packets_total").whole(0)) {
                if (captured.size() <= raw.size()) {
                    throw new IllegalArgumentException(truth.get("case") + ": packets_total "
                            + truth.get("packets_total") + ", packets listed " + raw.size() + ", no capture file");
                }
                raw.addAll(captured.subList(raw.size(), captured.size()));
            }
            return raw.stream().map(this::scaled).toList();
        }

        /** A packet as it is listed: windows not scaled, without the options of a SYN that are not listed. */
        static Packet listed(Json packet) {
            int flags = 0;
            for (char letter : packet.get("f").text().toCharArray()) {
                flags |= 1 << FLAGS.indexOf(letter);
            }
            TcpSegment.Options options = TcpSegment.Options.NONE;
            if (packet.has("tsv")) {
                options = options.withTimestamps((int) packet.get("tsv").whole(0), (int)
                        packet.get("tse").whole(0));
            }
            List<SackBlock> blocks = packet.get("sack").list().stream()
                    .map(block -> new SackBlock(
                            (int) block.get(0).whole(0), (int) block.get(1).whole(0)))
                    .toList();
            TcpSegment segment = new TcpSegment(
                    flags,
                    (int) packet.get("seq").whole(0),
                    (int) packet.get("ack").whole(0),
                    (int) packet.get("len").number(),
                    (int) packet.get("win").number(),
                    options.withSackBlocks(blocks));
            return new Packet(packet.get("t").ns(), packet.get("src").text().equals("A"), segment);
        }

        private static UnaryOperator<TcpSegment> withOptionsOf(TcpSegment.Options syn) {
            return segment -> {
                TcpSegment.Options listed = segment.options();
                return segment.with(new TcpSegment.Options(
                        syn.mss(),
                        syn.windowScale(),
                        syn.sackPermitted(),
                        listed.timestamps(),
                        listed.tsValue(),
                        listed.tsEcho(),
                        listed.sackBlocks()));
            };
        }

        /** What the n-th SYN offers: from the capture file, or else what is known of the laboratory. */
        private TcpSegment.Options syn(Packet listed, int n) {
            List<Packet> syns = captured.stream()
                    .filter(packet -> packet.has(TcpSegment.SYN))
                    .toList();
            if (n < syns.size()) {
                return syns.get(n).segment().options();
            }
            boolean scripted = truth.get("lab").text().equals("tun");
            boolean answer = listed.has(TcpSegment.ACK);
            boolean kernels = listed.fromA() ? !answer || !scripted : !scripted;
            if (kernels) {
                boolean small = answer && listed.segment().window() < LINUX_WINDOW;
                return TcpSegment.Options.ofSyn(MSS, small ? 0 : kernelScale(), kernelsSack());
            }
            return scriptedOptions(listed.fromA() || !answer);
        }

        private int kernelScale() {
            Json sysctl = truth.get("sysctl");
            boolean scales = !sysctl.get("tcp_window_scaling").text().equals("0");
            return scales ? RecordedSettings.scale(sysctl.get("tcp_rmem").text()) : -1;
        }

        private boolean kernelsSack() {
            return !truth.get("sysctl").get("tcp_sack").text().equals("0");
        }

        /** A scripted peer that opens offers nothing but its MSS, and is answered so; one that answers, SACK perhaps. */
        private TcpSegment.Options scriptedOptions(boolean opens) {
            Json params = truth.get("params");
            if (opens) {
                return TcpSegment.Options.ofSyn(MSS, -1, false);
            }
            int mss = params.has("nseg") ? (int) params.get("size").number(MSS) : MSS;
            return TcpSegment.Options.ofSyn(
                    mss, -1, !params.has("sack") || params.get("sack").isTrue());
        }

        private Packet scaled(Packet packet) {
            TcpSegment segment = packet.segment();
            if (packet.has(TcpSegment.SYN)) {
                scaleA = packet.fromA() ? segment.options().windowScale() : scaleA;
                scaleB = packet.fromA() ? scaleB : segment.options().windowScale();
                return packet;
            }
            int shift = scaleA < 0 || scaleB < 0 ? 0 : packet.fromA() ? scaleA : scaleB;
            return packet.with(from -> new TcpSegment(
                    from.flags(), from.seq(), from.ack(), from.length(), from.window() << shift, from.options()));
        }
    }
}

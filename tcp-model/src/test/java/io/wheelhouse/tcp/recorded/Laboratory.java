package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.SoloEnd;
import io.wheelhouse.tcp.SoloSetup;
import io.wheelhouse.tcp.TcpSegment;
import io.wheelhouse.tcp.TcpState;
import io.wheelhouse.tcp.profile.Profile;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Records cases as the kernel's laboratory does, with the model in the kernel's place: what the reader then makes of the
 * recording must be what was set up here, by the profile's constants and without the reader.
 *
 * <p>The peer offers an MSS and SACK and answers {@value #LATENCY_NS} ns later what its rule says; a latency apart from
 * anything else, the application acts.
 */
final class Laboratory {
    static final long SECOND = 1_000_000_000;
    private static final long LATENCY_NS = 50_000;
    private static final long POLL_NS = 200_000_000;
    private static final int PEER_MSS = 1_460;
    static final int WINDOW = 65_535;

    /** The peer's rule: what it answers to a segment of A, or null. */
    interface Peer {
        @Nullable
        TcpSegment answer(TcpSegment segment);
    }

    private record Step(long atNs, int order, Runnable act) {}

    final SoloEnd a;
    private final long startNs;
    private final PriorityQueue<Step> steps =
            new PriorityQueue<>(Comparator.comparingLong(Step::atNs).thenComparingInt(Step::order));
    private final List<Recording.Packet> packets = new ArrayList<>();
    private final List<String> events = new ArrayList<>();
    private final List<String> result = new ArrayList<>();
    private Peer peer = segment -> null;
    private int order;
    private long closeNs = -1;

    /**
     * @param startNs the phase of A's clock
     * @param constants how A differs from the profile
     */
    Laboratory(int hz, long startNs, Map<String, String> constants) {
        this.startNs = startNs;
        a = new SoloSetup()
                .profile(Profile.named("linux")
                        .with(Map.of("congestion-control", "reno", "window-scale", "10", "hz", "" + hz))
                        .with(constants))
                .kernelWheel(hz)
                .startNs(startNs)
                .build();
        a.listener((atNs, segment) -> sent(segment));
    }

    private void sent(TcpSegment segment) {
        packets.add(new Recording.Packet(nowNs(), true, segment));
        TcpSegment answer = peer.answer(segment);
        if (answer != null) {
            at(nowNs() + LATENCY_NS, () -> arrive(answer));
        }
    }

    long nowNs() {
        return a.nowNs() - startNs;
    }

    /** From now on the peer does so. */
    void peer(Peer rule) {
        peer = rule;
    }

    void at(long atNs, Runnable act) {
        steps.add(new Step(atNs, order++, act));
    }

    /** The harness notes what it does. */
    void event(String what, String more) {
        events.add("{\"t\": %s, \"what\": \"%s\"%s}".formatted(seconds(nowNs()), what, more));
    }

    void arrive(TcpSegment segment) {
        packets.add(new Recording.Packet(nowNs(), false, segment));
        a.arrive(segment);
    }

    void close() {
        closeNs = nowNs();
        event("A closes", "");
        a.close();
    }

    /** Runs until A has been closed, or until then. */
    void run(long untilNs) {
        while (a.closeReason() == null && nowNs() < untilNs) {
            Step next = steps.peek();
            long nextNs = Math.min(next == null ? untilNs : next.atNs(), untilNs);
            long timerNs = a.nextEventNs();
            a.runUntil(Math.max(a.nowNs(), Math.min(startNs + nextNs, timerNs)));
            if (next != null && next.atNs() <= nowNs()) {
                steps.remove().act().run();
            }
        }
        ended();
    }

    private void ended() {
        boolean told = a.error() != null && closeNs < 0;
        if (told) {
            event("socket error", ", \"errno\": \"" + a.error() + "\"");
        } else if (a.closeReason() != null) {
            long goneNs = (nowNs() - closeNs) / POLL_NS * POLL_NS + POLL_NS;
            result.add("\"gone_after\": " + seconds(goneNs));
        } else if (closeNs >= 0) {
            result.add("\"ss_states\": [{\"t_after_close\": %s, \"states\": [\"%s\"]}]"
                    .formatted(seconds(nowNs() - closeNs), ss(a.state())));
        }
    }

    private static String ss(TcpState state) {
        return state.name().replace('_', '-');
    }

    /** What {@code truth.json} would have of it. */
    String truth(String name, Map<String, String> sysctl, Map<String, String> params, int hz) {
        return """
                {"case": "%s", "note": "", "kernel_config": {"HZ": %d}, "lab": "tun",
                "addresses": {"A": "10.77.0.1", "B": "10.77.0.2"},
                "params": {%s}, "sysctl": {%s}, "events": [%s], "result": {%s}, "packets": [%s]}
                """.formatted(
                        name,
                        hz,
                        members(params, "\"%s\": %s"),
                        members(sysctl, "\"%s\": \"%s\""),
                        String.join(", ", events),
                        String.join(", ", result),
                        packets.stream().map(Laboratory::packet).collect(Collectors.joining(",\n")));
    }

    private static String members(Map<String, String> of, String form) {
        return of.entrySet().stream()
                .map(member -> form.formatted(member.getKey(), member.getValue()))
                .sorted()
                .collect(Collectors.joining(", "));
    }

    private static String packet(Recording.Packet packet) {
        TcpSegment segment = packet.segment();
        TcpSegment.Options options = segment.options();
        String stamps = options.timestamps()
                ? ", \"tsv\": %d, \"tse\": %d"
                        .formatted(Integer.toUnsignedLong(options.tsValue()), Integer.toUnsignedLong(options.tsEcho()))
                : "";
        String sacks = options.sackBlocks().stream()
                .map(block -> "[%d, %d]".formatted(block.from(), block.to()))
                .collect(Collectors.joining(", ", "[", "]"));
        return String.format(
                Locale.ROOT,
                "{\"src\": \"%s\", \"f\": \"%s\", \"seq\": %d, \"ack\": %d, \"len\": %d, \"win\": %d, \"t\": %s%s%s}",
                packet.fromA() ? "A" : "B",
                segment.flagText(),
                segment.seq(),
                segment.ack(),
                segment.length(),
                segment.window(),
                seconds(packet.atNs()),
                stamps,
                options.sackBlocks().isEmpty() ? "" : ", \"sack\": " + sacks);
    }

    private static String seconds(long ns) {
        return String.format(Locale.ROOT, "%.9f", ns / 1e9);
    }

    // ---- what most cases begin with

    /** The peer's answer to a SYN; it has no window scale, and timestamps or not. */
    static TcpSegment synAck() {
        return TcpSegment.of(TcpSegment.SYN | TcpSegment.ACK, 0, 1, 0, WINDOW)
                .with(TcpSegment.Options.ofSyn(PEER_MSS, -1, true));
    }

    static TcpSegment ack(int ack, int window) {
        return TcpSegment.of(TcpSegment.ACK, 1, ack, 0, window);
    }

    /** Answers a SYN, acknowledges all else that takes a number. */
    static @Nullable TcpSegment friendly(TcpSegment segment) {
        if (segment.has(TcpSegment.SYN)) {
            return synAck();
        }
        return segment.length() > 0 || segment.has(TcpSegment.FIN) ? ack(segment.end(), WINDOW) : null;
    }

    /** A connects, and some round trips go by. */
    void established(int rounds) {
        peer(Laboratory::friendly);
        a.connect();
        for (int round = 1; round <= rounds; round++) {
            at(round * SECOND / 50, () -> a.write(100));
        }
    }
}

package io.wheelhouse.tcp.recorded;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The words of {@code truth.json} by which A may be set up otherwise: those that the reader knows. What B does shows in
 * the packets, whatever it is called.
 */
final class RecordedVocabulary {
    /** Parameters of the peer, of the path, and of what the harness waits for; all of it shows in the packets. */
    private static final Set<String> SHOWN_BY_PACKETS = Set.of(
            "app_replies",
            "dead",
            "gap_after_ack",
            "gaps",
            "handshake_rtt",
            "live_for",
            "nwarm",
            "rtt",
            "rtts",
            "sack",
            "script",
            "server_writes_first",
            "side",
            "syn_rtt",
            "timestamps");

    /** Parameters of A that {@link RecordedApplication} reads, beside the socket options. */
    private static final Set<String> READ = Set.of("nseg", "size", "unsent_bytes_before_close", "written", "hold");

    /** Parameters that are a choice of words. */
    private static final Map<String, List<String>> CHOICES = Map.of(
            "reader", List.of("never reads", "drains at once"),
            "mode", List.of("fw2", "fw2shut", "tw"));

    private static final List<String> EVENTS = List.of(
            "A abort",
            "A close",
            "A reset",
            "A shut",
            "A write",
            "B ",
            "SO_KEEPALIVE",
            "SYN",
            "black hole",
            "burst",
            "connect",
            "data",
            "last data",
            "path ",
            "peer ",
            "probe",
            "reader drains",
            "socket error",
            "write");

    private RecordedVocabulary() {}

    /** What a recording says of A that the reader does not know. */
    static List<String> unknown(Recording recording) {
        List<String> unknown = new ArrayList<>(RecordedSettings.unknown(recording));
        Json params = recording.params();
        for (String name : params.keys()) {
            Json value = params.get(name);
            if (!value.isNothing() && !isKnown(name, value)) {
                unknown.add("params " + name + " = " + value);
            }
        }
        for (Recording.Event event : recording.events()) {
            if (EVENTS.stream().noneMatch(event.what()::startsWith)) {
                unknown.add("event " + event.what());
            }
        }
        return unknown;
    }

    private static boolean isKnown(String name, Json value) {
        List<String> words = CHOICES.get(name);
        if (words != null) {
            return words.contains(value.text());
        }
        return SHOWN_BY_PACKETS.contains(name) || READ.contains(name) || RecordedOption.isKnown(name);
    }
}

package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.TcpSegment;
import io.wheelhouse.tcp.recorded.Recording.Event;
import io.wheelhouse.tcp.recorded.Recording.Packet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** What TCP_INFO said at a time. The harness does not always say when it asked; where it does, in milliseconds. */
record TcpInfoRecord(long atNs, String where, Json fields) {
    /** The harness read TCP_INFO soon after what it waited for, and well before it did something. */
    private static final long SOON_NS = 1_000_000;

    private static final long WELL_BEFORE_NS = 10_000_000;

    /** Times in milliseconds may be early by half of one. */
    private static final long ROUNDING_NS = 500_000;

    /** All that a recording has, in order of time. */
    static List<TcpInfoRecord> of(Recording recording) {
        List<TcpInfoRecord> found = new ArrayList<>();
        around(recording, found);
        changes(recording, found);
        rounds(recording, found);
        found.sort(Comparator.comparingLong(TcpInfoRecord::atNs));
        return found;
    }

    private static void around(Recording recording, List<TcpInfoRecord> found) {
        Json result = recording.result();
        List<Event> events = recording.events();
        if (events.isEmpty()) {
            return;
        }
        long firstNs = events.get(0).atNs();
        List<Packet> packets = recording.packets();
        long lastNs = packets.get(packets.size() - 1).atNs();
        long holdNs = Math.round(recording.params().get("hold").number(0) * 1e9);
        add(found, result, "tcp_info_before", firstNs - WELL_BEFORE_NS);
        add(found, result, "tcp_info_established", firstNs - WELL_BEFORE_NS);
        add(found, result, "tcp_info_zero_window", firstNs - holdNs);
        add(found, result, "tcp_info_before_drain", firstNs - SOON_NS);
        add(found, result, "tcp_info_end", lastNs + SOON_NS);
    }

    private static void add(List<TcpInfoRecord> found, Json result, String key, long atNs) {
        if (result.has(key)) {
            found.add(new TcpInfoRecord(atNs, key, result.get(key)));
        }
    }

    private static void changes(Recording recording, List<TcpInfoRecord> found) {
        for (Json change : recording.result().get("tcp_info_changes").list()) {
            Json time = change.has("t") ? change.get("t") : change.get("t_after_write");
            long atNs = recording.events().get(0).atNs() + time.ns() + ROUNDING_NS;
            found.add(new TcpInfoRecord(atNs, "tcp_info_changes", change));
        }
    }

    /** One after the handshake, and one after each acknowledgment of something new. */
    private static void rounds(Recording recording, List<TcpInfoRecord> found) {
        List<Json> series = recording.result().get("series").list();
        long acknowledged = 0;
        int round = 0;
        for (Packet packet : recording.packets()) {
            long ack = Integer.toUnsignedLong(packet.segment().ack());
            if (!packet.fromA() && packet.has(TcpSegment.ACK) && ack > acknowledged && round < series.size()) {
                acknowledged = ack;
                found.add(new TcpInfoRecord(packet.atNs() + SOON_NS, "series", series.get(round++)));
            }
        }
    }
}

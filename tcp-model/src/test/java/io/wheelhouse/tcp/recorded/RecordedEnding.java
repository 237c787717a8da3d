package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.TcpSegment;
import io.wheelhouse.tcp.TcpState;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * How a recorded connection ended: given up, with the error that the application was told; or gone from the list of
 * sockets, which the harness read five times a second; or not at all.
 *
 * @param error what the application was told; null for nothing
 * @param fromNs gone no earlier, exclusive
 * @param toNs gone no later; {@link Long#MAX_VALUE} if it was there to the end of the recording
 * @param states what it was seen in on the way
 */
record RecordedEnding(@Nullable String error, long fromNs, long toNs, List<Seen> states) {
    private static final long POLL_NS = 250_000_000;
    /** The application was told that much after the timer at most. */
    private static final long TOLD_AFTER_NS = 2_000_000;

    /** A state, and when it was seen. */
    record Seen(long atNs, TcpState state) {}

    static RecordedEnding of(Recording recording) {
        for (Recording.Event event : recording.events()) {
            if (event.what().startsWith("socket error")) {
                String error = event.details().get("errno").text();
                return new RecordedEnding(
                        error,
                        event.atNs() - TOLD_AFTER_NS - recording.jiffyNs(),
                        event.atNs() + recording.jiffyNs(),
                        List.of());
            }
        }
        return polled(recording);
    }

    private static RecordedEnding polled(Recording recording) {
        Json result = recording.result();
        long closeNs = Math.max(0, Math.max(recording.eventNs("A close"), recording.eventNs("A shut")));
        List<Seen> states = new ArrayList<>();
        long lastSeenNs = recording.endNs() - (endsWithReset(recording) ? recording.jiffyNs() : 0);
        for (Json seen : result.get("ss_states").list()) {
            if (!seen.get("states").list().isEmpty()) {
                lastSeenNs = closeNs + seen.get("t_after_close").ns();
                states.add(new Seen(lastSeenNs, state(seen.get("states").get(0).text())));
            }
        }
        for (Json seen : result.get("ss_changes").list()) {
            String socket = seen.get("ss").text();
            if (!socket.isEmpty()) {
                lastSeenNs = closeNs + seen.get("t_after_close").ns();
                states.add(new Seen(lastSeenNs, state(socket.substring(0, socket.indexOf(' ')))));
            }
        }
        if (result.get("gone_after").isNumber()) {
            long goneNs = closeNs + result.get("gone_after").ns();
            return new RecordedEnding(
                    null, Math.max(lastSeenNs, goneNs - POLL_NS), goneNs + recording.jiffyNs(), states);
        }
        return new RecordedEnding(null, lastSeenNs, Long.MAX_VALUE, states);
    }

    /** Whether the last packet is a reset, with whose sending or arrival the connection is gone. */
    private static boolean endsWithReset(Recording recording) {
        List<Recording.Packet> packets = recording.packets();
        return !packets.isEmpty() && packets.get(packets.size() - 1).segment().has(TcpSegment.RST);
    }

    /** By the names of ss(8). */
    private static TcpState state(String name) {
        if (name.equals("ESTAB")) {
            return TcpState.ESTABLISHED;
        }
        if (name.equals("SYN-RECV")) {
            return TcpState.SYN_RECEIVED;
        }
        return TcpState.valueOf(name.toUpperCase(Locale.ROOT).replace('-', '_'));
    }

    /** Whether the recording says that the connection ended. */
    boolean isKnown() {
        return toNs != Long.MAX_VALUE;
    }

    /** Until when a playback goes on. */
    long watchedUntilNs() {
        return isKnown() ? toNs : fromNs;
    }
}

package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Packet;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** How packets and times look in messages: as in scripts. */
final class Shown {
    private static final String FLAG_LETTERS = "FSRP";
    private static final long NS_PER_US = 1_000;
    private static final long US_PER_S = 1_000_000;

    private Shown() {}

    static String packet(Packet packet) {
        StringBuilder text = new StringBuilder(packet.outbound() ? "> " : "< ");
        text.append(flags(packet.flags())).append(' ');
        if (packet.seq() == Packet.ANY_SEQ) {
            text.append("...");
        } else {
            text.append(packet.seq()).append(':').append((packet.seq() + packet.length()) & 0xFFFF_FFFFL);
        }
        text.append('(').append(packet.length()).append(')');
        if (packet.has(Packet.ACK)) {
            text.append(" ack ").append(packet.ack());
        }
        if (packet.window() >= 0) {
            text.append(" win ").append(packet.window());
        }
        List<TcpOption> options = packet.options();
        if (options == null) {
            text.append(" <...>");
        } else if (!options.isEmpty()) {
            text.append(options.stream().map(TcpOption::toString).collect(Collectors.joining(",", " <", ">")));
        }
        return text.toString();
    }

    static String flags(int flags) {
        StringBuilder text = new StringBuilder();
        for (int bit = 0; bit < FLAG_LETTERS.length(); bit++) {
            if ((flags & (1 << bit)) != 0) {
                text.append(FLAG_LETTERS.charAt(bit));
            }
        }
        if ((flags & Packet.ACK) != 0) {
            text.append('.');
        }
        return text.length() == 0 ? "-" : text.toString();
    }

    /** Seconds after the script's start, to the microsecond. */
    static String time(long ns) {
        long us = Math.floorDiv(ns, NS_PER_US);
        return String.format(Locale.ROOT, "%d.%06d", us / US_PER_S, us % US_PER_S);
    }

    static String seconds(long ns) {
        return time(ns) + " s";
    }
}

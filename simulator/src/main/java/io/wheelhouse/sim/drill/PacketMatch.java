package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Packet;
import io.wheelhouse.tcp.TcpSegment;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.StringJoiner;
import org.jspecify.annotations.Nullable;

/**
 * Whether segments sent are the packet that a script expects. A kernel hands large packets to its network card, which
 * cuts them up, and scripts are written for either side of the card: so several segments in a row may answer one packet,
 * and one segment several packets, unless the script asks for strict segments. A kernel marks each large packet with
 * PSH; so where a packet is made of several segments, or is part of one, PSH is not compared. As in packetdrill, a bare
 * acknowledgment in front of data that says the same again may go without saying.
 */
final class PacketMatch {
    private static final long NS_PER_US = 1_000;
    private static final double PERCENT = 0.01;

    /** A segment that the model has sent, by the script's clock. */
    record Sent(long atNs, TcpSegment segment) {}

    /** When a packet may come. */
    record Window(long startNs, long endNs, long toleranceNs) {
        long lastNs() {
            return endNs + toleranceNs;
        }

        boolean holds(long atNs) {
            return atNs >= startNs - toleranceNs && atNs <= lastNs();
        }

        @Override
        public String toString() {
            if (endNs >= Long.MAX_VALUE / 4) {
                return "at any time";
            }
            String range = startNs == endNs
                    ? "at " + Shown.seconds(startNs)
                    : "from " + Shown.time(startNs) + " to " + Shown.seconds(endNs);
            return range + ", give or take " + Shown.seconds(toleranceNs);
        }
    }

    private final Translation translation;
    private final ScriptOptions options;

    PacketMatch(Translation translation, ScriptOptions options) {
        this.translation = translation;
        this.options = options;
    }

    /** How far from its time a packet may come, that long after the event before. */
    long toleranceNs(long sinceLastNs) {
        long shareNs = (long) (options.tolerancePercent() * PERCENT * Math.max(0, sinceLastNs));
        return Math.max(options.toleranceNs(), shareNs);
    }

    /** Whether the pieces so far may be the beginning of a packet, and nothing forbids that more follow. */
    boolean continues(Packet expected, List<Sent> pieces) {
        Sent last = pieces.get(pieces.size() - 1);
        if (pieces.size() == 1 && isBareAck(last)) {
            return !options.strictSegments() && (expected.flags() & (Packet.SYN | Packet.RST)) == 0;
        }
        boolean contiguous = pieces.size() < 2
                || pieces.get(pieces.size() - 2).segment().end()
                        == last.segment().seq();
        int ends = Packet.SYN | Packet.FIN | Packet.RST;
        return !options.strictSegments()
                && contiguous
                && last.segment().length() > 0
                && (last.segment().flags() & ends) == 0
                && (expected.flags() & (Packet.SYN | Packet.RST)) == 0;
    }

    static boolean isBareAck(Sent sent) {
        return sent.segment().length() == 0 && sent.segment().flags() == TcpSegment.ACK;
    }

    /** Whether a segment says all that a bare acknowledgment before it has said. */
    static boolean repeats(Sent acknowledgment, Sent next) {
        TcpSegment one = acknowledgment.segment();
        TcpSegment other = next.segment();
        return one.seq() == other.seq() && one.ack() == other.ack() && one.window() == other.window();
    }

    /** What to say when no packet came, or too few of them. */
    String missing(Packet expected, Window window, List<Sent> pieces) {
        StringBuilder message = new StringBuilder("expected  " + Shown.packet(expected) + " " + window);
        if (pieces.isEmpty()) {
            return message.append("\n  nothing was sent").toString();
        }
        pieces.forEach(piece -> message.append("\n  sent      ").append(shown(piece)));
        return message.append("\n  and no more").toString();
    }

    private String shown(Sent piece) {
        return Shown.packet(translation.outbound(piece.segment())) + " at " + Shown.seconds(piece.atNs());
    }

    /**
     * Compares a packet with the segments that should be it.
     *
     * @return what is left of the last segment, for the next expected packet; null if nothing is
     * @throws Mismatch that says what differs
     */
    @Nullable
    Sent compare(Event event, Packet expected, Window window, List<Sent> pieces) throws Mismatch {
        Sent first = pieces.get(0);
        Sent last = pieces.get(pieces.size() - 1);
        translation.bindInitial(first.segment(), expected);
        translation.bindTimestamp(expected, first.segment());
        Packet actual = translation.outbound(first.segment());
        int length = 0;
        int flags = 0;
        for (Sent piece : pieces) {
            length += piece.segment().length();
            flags |= piece.segment().flags();
        }
        int surplus = length - expected.length();
        boolean split = surplus > 0 && maySplit(expected, pieces);
        boolean exact = pieces.size() == 1 && !split;
        StringJoiner differences = new StringJoiner(", ");
        int compared = exact ? ~0 : ~(Packet.PSH | (split ? Packet.FIN : 0));
        if (((flags ^ expected.flags()) & compared) != 0) {
            differences.add("flags");
        }
        if (expected.seq() != Packet.ANY_SEQ && expected.seq() != actual.seq()) {
            differences.add("sequence number");
        }
        if (surplus != 0 && !split) {
            differences.add("length");
        }
        if (expected.has(Packet.ACK)
                && expected.ack() != translation.outbound(last.segment()).ack()) {
            differences.add("acknowledgment");
        }
        if (expected.window() >= 0 && expected.window() != actual.window()) {
            differences.add("window");
        }
        addOptions(expected, actual, differences);
        for (Sent piece : pieces) {
            if (!window.holds(piece.atNs())) {
                differences.add("time");
                break;
            }
        }
        if (differences.length() > 0) {
            throw new Mismatch(event, differing(expected, window, pieces, differences.toString()));
        }
        return split ? new Sent(last.atNs(), tail(last.segment(), surplus)) : null;
    }

    /** Whether a packet may be the first part of a segment: it ends where segments may be cut. */
    private boolean maySplit(Packet expected, List<Sent> pieces) {
        TcpSegment last = pieces.get(pieces.size() - 1).segment();
        return !options.strictSegments()
                && expected.length() > 0
                && last.length() > options.mss()
                && expected.length() % options.mss() == 0;
    }

    private static TcpSegment tail(TcpSegment segment, int length) {
        return new TcpSegment(
                segment.flags(),
                segment.seq() + segment.length() - length,
                segment.ack(),
                length,
                segment.window(),
                segment.options());
    }

    private void addOptions(Packet expected, Packet actual, StringJoiner differences) {
        if (expected.options() == null) {
            return;
        }
        List<TcpOption> wanted = new ArrayList<>();
        List<TcpOption> found = new ArrayList<>();
        for (TcpOption option : expected.options()) {
            wanted.add(withoutTimes(option));
        }
        for (TcpOption option : Objects.requireNonNullElse(actual.options(), List.<TcpOption>of())) {
            found.add(withoutTimes(option));
        }
        if (!wanted.equals(found)) {
            differences.add("options");
        } else if (options.tsTickUs() > 0 && !timestampFits(expected, actual)) {
            differences.add("timestamp");
        }
    }

    private static TcpOption withoutTimes(TcpOption option) {
        return option instanceof TcpOption.Timestamps ? new TcpOption.Timestamps(0, 0) : option;
    }

    private boolean timestampFits(Packet expected, Packet actual) {
        long wanted = timestamp(expected);
        long found = timestamp(actual);
        return Math.abs((int) (found - wanted)) * options.tsTickUs() * NS_PER_US <= options.toleranceNs();
    }

    private static long timestamp(Packet packet) {
        for (TcpOption option : Objects.requireNonNullElse(packet.options(), List.<TcpOption>of())) {
            if (option instanceof TcpOption.Timestamps timestamps) {
                return timestamps.value();
            }
        }
        return 0;
    }

    private String differing(Packet expected, Window window, List<Sent> pieces, String what) {
        StringBuilder message = new StringBuilder("differs in " + what);
        message.append("\n  expected  ")
                .append(Shown.packet(expected))
                .append(' ')
                .append(window);
        pieces.forEach(piece -> message.append("\n  sent      ").append(shown(piece)));
        return message.toString();
    }
}

package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.SoloEnd;
import io.wheelhouse.tcp.TcpSegment;
import io.wheelhouse.tcp.recorded.Recording.Event;
import io.wheelhouse.tcp.recorded.Recording.Packet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What A's application did in a recording, and when.
 *
 * <p>Opening, closing and writing show in the packets: a SYN, a FIN or new data that nothing held back left within tens
 * of microseconds of the call, so the packet's time is the call's. Data that the windows, Nagle's algorithm or a lost
 * handshake held back shows later, so what the harness says of how much it wrote at an event is believed rather than the
 * packets. Data that follows data at once, and is not full, was written by a call of its own.
 */
final class RecordedApplication {
    /** A call and the packet that shows it are no further apart. */
    private static final long NEAR_NS = 5_000_000;
    /** Packets that one call sent are no further apart. */
    private static final long BURST_NS = 1_000_000;

    /** Something to be done at a time. */
    record Action(long atNs, String what, Consumer<SoloEnd> action) {}

    private final Recording recording;
    private final List<Action> actions = new ArrayList<>();
    private final int mss;
    // up to where what A sends is accounted for by writes
    private long written = 1;

    private RecordedApplication(Recording recording) {
        this.recording = recording;
        this.mss = mss(recording);
    }

    static List<Action> of(Recording recording) {
        RecordedApplication application = new RecordedApplication(recording);
        application.open();
        application.options();
        application.writes();
        application.close();
        application.abort();
        application.actions.sort(Comparator.comparingLong(Action::atNs));
        return application.actions;
    }

    private void add(long atNs, String what, Consumer<SoloEnd> action) {
        actions.add(new Action(atNs, what, action));
    }

    private static int mss(Recording recording) {
        int timestamps = recording.packets().stream()
                        .anyMatch(packet -> !packet.fromA()
                                && packet.has(TcpSegment.SYN)
                                && packet.segment().options().timestamps())
                ? 12
                : 0;
        return recording.packets().stream()
                        .filter(packet -> packet.has(TcpSegment.SYN))
                        .mapToInt(packet -> packet.segment().options().mss())
                        .min()
                        .orElse(1_460)
                - timestamps;
    }

    private void open() {
        Packet first = recording.packets().get(0);
        add(first.atNs(), first.fromA() ? "connect" : "listen", first.fromA() ? SoloEnd::connect : SoloEnd::listen);
    }

    // ---- options

    private void options() {
        Json params = recording.params();
        // before the socket is opened: an action at time 0 that is sorted before the opening, since the sort is stable
        Action opening = actions.remove(0);
        if (params.get("reader").text().startsWith("never")) {
            add(0, "never reads", end -> end.autoRead(false));
        }
        if (writesWithoutWaiting()) {
            add(0, "TCP_NODELAY", end -> end.set("nagle", "off"));
        }
        add(0, "socket options", end -> RecordedOption.setAll(params, end));
        actions.add(opening);
        long keepaliveNs = recording.eventNs("SO_KEEPALIVE");
        if (keepaliveNs >= 0) {
            add(keepaliveNs, "SO_KEEPALIVE", end -> end.set("keepalive", "on"));
        }
    }

    /** Whether a segment that is not full left while another was unacknowledged. */
    private boolean writesWithoutWaiting() {
        long sent = 1;
        long acknowledged = 1;
        for (Packet packet : recording.packets()) {
            TcpSegment segment = packet.segment();
            if (packet.fromA()) {
                boolean isNew = segment.length() > 0 && seq(segment) == sent;
                if (isNew && acknowledged < sent && segment.length() < mss && !segment.has(TcpSegment.FIN)) {
                    return true;
                }
                sent = Math.max(sent, seq(segment) + segment.length());
            } else if (segment.has(TcpSegment.ACK)) {
                acknowledged = Math.max(acknowledged, Integer.toUnsignedLong(segment.ack()));
            }
        }
        return false;
    }

    private static long seq(TcpSegment segment) {
        return Integer.toUnsignedLong(segment.seq());
    }

    // ---- writing

    private void writes() {
        List<Write> announced = announced();
        // a writer that goes on until it is told to wait
        long all = recording.params().get("written").whole(0);
        Packet endOfBurst = all > 0 ? endOfBurst() : null;
        long sent = 1;
        long previousNs = Long.MIN_VALUE;
        boolean callGoesOn = false;
        for (Packet packet : recording.packets()) {
            TcpSegment segment = packet.segment();
            if (!packet.fromA()) {
                callGoesOn = false;
                continue;
            }
            long end = seq(segment) + segment.length();
            if (segment.length() == 0 || end <= sent || segment.has(TcpSegment.SYN)) {
                continue;
            }
            sent = end;
            writeThoseBefore(announced, packet.atNs() - NEAR_NS);
            if (end > written) {
                Write write = announcedAt(announced, packet.atNs());
                boolean sameCall = callGoesOn && packet.atNs() - previousNs < BURST_NS;
                if (write != null) {
                    announced.remove(write);
                    write(packet.atNs(), write);
                } else if (all > 0 && segment.length() >= mss) {
                    write(packet.atNs(), 1 + all - written);
                } else if (sameCall) {
                    extendLast(end - written);
                } else {
                    write(packet.atNs(), end - written);
                }
            }
            if (Objects.equals(packet, endOfBurst) && all >= written) {
                write(packet.atNs(), 1 + all - written);
            }
            callGoesOn = segment.length() >= mss;
            previousNs = packet.atNs();
        }
        announced.forEach(write -> write(write.atNs(), write));
    }

    /** The last of the first packets with data that follow each other at once; or null. */
    private @Nullable Packet endOfBurst() {
        Packet last = null;
        for (Packet packet : recording.packets()) {
            if (packet.fromA() && packet.segment().length() > 0) {
                if (last != null && packet.atNs() - last.atNs() >= BURST_NS) {
                    break;
                }
                last = packet;
            }
        }
        return last;
    }

    /** So many bytes that the harness says it wrote at a time, in so many calls. */
    private record Write(long atNs, long bytes, long calls) {}

    /** Calls of less than a segment are told from one call by Nagle's algorithm; of others the packets show it. */
    private void write(long atNs, Write write) {
        boolean apart = write.bytes() < mss || showsPartOfASegment(atNs, write);
        for (long call = 0; apart && call < write.calls(); call++) {
            write(atNs, write.bytes());
        }
        if (!apart) {
            write(atNs, write.bytes() * write.calls());
        }
    }

    private boolean showsPartOfASegment(long atNs, Write write) {
        long end = written + write.bytes() * write.calls();
        return recording.packets().stream()
                .filter(packet -> packet.fromA() && packet.atNs() >= atNs && packet.atNs() < atNs + NEAR_NS)
                .map(Packet::segment)
                .anyMatch(segment ->
                        segment.length() > 0 && segment.length() < mss && seq(segment) + segment.length() < end);
    }

    private List<Write> announced() {
        List<Write> announced = new ArrayList<>();
        Json params = recording.params();
        long size = params.get("size").whole(0);
        for (Event event : recording.events()) {
            Json details = event.details();
            if (details.has("nbytes")) {
                long writes = details.get("nwrites").whole(1);
                announced.add(new Write(event.atNs(), details.get("nbytes").whole(0), writes));
            } else if (event.what().equals("burst") && params.has("nseg")) {
                announced.add(new Write(event.atNs(), size, params.get("nseg").whole(0)));
            } else if (event.what().equals("peer send")) {
                announced.add(new Write(event.atNs(), size, details.get("arg").whole(1)));
            }
        }
        if (params.get("unsent_bytes_before_close").number(0) > 0) {
            announced.add(new Write(
                    recording.eventNs("A close"),
                    params.get("unsent_bytes_before_close").whole(0),
                    1));
        }
        return announced;
    }

    /** The write that shows in new data sent at a time, or null. */
    private static @Nullable Write announcedAt(List<Write> announced, long atNs) {
        for (Write write : announced) {
            if (Math.abs(write.atNs() - atNs) < NEAR_NS) {
                return write;
            }
        }
        return null;
    }

    private void write(long atNs, long bytes) {
        written += bytes;
        add(atNs, "write " + bytes, end -> end.write(bytes));
    }

    /** What was held back when it was written. */
    private void writeThoseBefore(List<Write> announced, long beforeNs) {
        List<Write> held =
                announced.stream().filter(write -> write.atNs() < beforeNs).toList();
        held.forEach(write -> write(write.atNs(), write));
        announced.removeAll(held);
    }

    private void extendLast(long bytes) {
        Action last = actions.remove(actions.size() - 1);
        long all = bytes + Long.parseLong(last.what().substring("write ".length()));
        written -= all - bytes;
        write(last.atNs(), all);
    }

    // ---- closing

    private void close() {
        long finNs = recording.packets().stream()
                .filter(packet -> packet.fromA() && packet.has(TcpSegment.FIN))
                .mapToLong(Packet::atNs)
                .findFirst()
                .orElse(-1);
        long eventNs = Math.max(recording.eventNs("A close"), recording.eventNs("A shut"));
        if (finNs < 0 && eventNs < 0) {
            return;
        }
        // a FIN that the congestion window held back may be a tail loss probe a jiffy later
        boolean shows = finNs >= 0 && (eventNs < 0 || (eventNs - finNs < NEAR_NS && finNs - eventNs < BURST_NS));
        long shownNs = shows ? finNs : eventNs;
        // what was written before shows in a packet, which may have passed after the harness noted the close
        long atNs = actions.stream()
                .filter(action -> action.what().startsWith("write "))
                .mapToLong(Action::atNs)
                .filter(writtenNs -> Math.abs(writtenNs - shownNs) < NEAR_NS)
                .reduce(shownNs, Math::max);
        boolean halfOnly = recording.params().get("mode").text().equals("fw2shut") || recording.eventNs("A shut") >= 0;
        add(atNs, halfOnly ? "shutdown" : "close", halfOnly ? SoloEnd::shutdown : SoloEnd::close);
    }

    private void abort() {
        long eventNs = Math.max(recording.eventNs("A abort"), recording.eventNs("A reset"));
        if (eventNs >= 0) {
            add(eventNs, "abort", SoloEnd::abort);
        }
    }
}

package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.path.DropCause;
import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * A language of timed steps for one end of a connection, the processor's side; the peer is the script. A line each:
 *
 * <pre>
 *   0.000 open                          the application opens
 *   0.000 > S 0:0(0)                    a segment the end must send, at that very microsecond
 *   0.100 &lt; S. 0:0(0) ack 1 win 65535   a segment the peer sends, arriving then
 *   0.100 < . 1:1(0) ack 1 sack 1001:2001   with a SACK option, of one or more blocks
 *   0.100 < . 1:1(0) ack 1 ecr 0.05     echoes the timestamp of that instant
 *   0.100 write 1000                    the application writes, or: close, shutdown, abort
 *   0.100 pause                         it stops reading, or: read 1000, resume
 *   0.200 is ESTABLISHED                the state then
 * </pre>
 *
 * Sequence numbers are relative to the initial ones. Time is in seconds since the start. Every segment sent must be in the
 * script: silence is tested too. A window, once given, holds until another is.
 */
final class Drill {
    private static final Pattern SEGMENT =
            Pattern.compile("([<>]) ([SFRP.]+) (\\d+):(\\d+)\\((\\d+)\\)(?: ack (\\d+))?(?: win (\\d+))?"
                    + "(?: ecr ([\\d.]+))?(?: sack ([\\d: ]+))?");
    private static final int PEER_ISS = 0xFFFF_FF00;
    private static final int INDEX = 7;
    private static final long NEVER_NS = 100_000 * Bench.SECOND;

    private final Bench.Setup setup = new Bench.Setup();
    private final List<String> sent = new ArrayList<>();
    private final List<String> expected = new ArrayList<>();
    private int window = 65_535;

    private Drill(Profile profile) {
        setup.local = profile;
        // whatever is sent gets lost: the peer is the script
        setup.path = Path.of(Bench.SEED, Distribution.constant(1)).withLoss(1, 0);
        setup.application = new Script();
    }

    static Drill linux() {
        return new Drill(Profile.named("linux").with(java.util.Map.of("timestamps", "off", "sack", "off")));
    }

    static Drill rfc() {
        return new Drill(Profile.named("rfc").with(java.util.Map.of("nagle", "off")));
    }

    static Drill freebsd() {
        return new Drill(Profile.named("freebsd").with(java.util.Map.of("timestamps", "off", "keepalive", "off")));
    }

    /** A drill on some profile with constants set otherwise; without timestamps, SACK and Nagle. */
    static Drill with(String profile, java.util.Map<String, String> settings) {
        return new Drill(Profile.named(profile)
                .with(java.util.Map.of("timestamps", "off", "sack", "off", "nagle", "off"))
                .with(settings));
    }

    static Drill of(Profile profile) {
        return new Drill(profile);
    }

    Drill entries(EntrySharing entries) {
        setup.entries = entries;
        return this;
    }

    Drill neverReads() {
        setup.readsAtOnce = false;
        return this;
    }

    /** Runs a script, and checks the laws at its end. */
    Bench run(String script) {
        setup.opener = script.contains(" open") ? Side.LOCAL : Side.REMOTE;
        Bench of = setup.build();
        of.work.segmentListener(this::segmentSent);
        List<String> lines = script.lines()
                .map(line -> line.replaceFirst("//.*", "").strip())
                .filter(line -> !line.isEmpty())
                .toList();
        boolean opened = false;
        for (String line : lines) {
            String[] parts = line.split(" ", 2);
            long atNs = Math.round(Double.parseDouble(parts[0]) * Bench.SECOND);
            String step = parts[1].strip();
            if (!opened) {
                of.open(INDEX, step.equals("open") ? atNs : NEVER_NS);
                opened = true;
            }
            step(of, line, step, atNs);
        }
        assertThat(sent).isEqualTo(expected);
        of.checkLaws();
        return of;
    }

    private void step(Bench of, String line, String step, long atNs) {
        Matcher matcher = SEGMENT.matcher(step);
        if (matcher.matches()) {
            if (matcher.group(1).equals(">")) {
                of.runUntil(atNs + 1_000);
                expected.add(String.format(Locale.ROOT, "%.6f %s", atNs / 1e9, step));
            } else {
                of.runUntil(atNs);
                arrive(of, matcher, atNs);
                of.runUntil(atNs + 1);
            }
            return;
        }
        of.runUntil(atNs);
        String[] words = step.split(" ", 2);
        switch (words[0]) {
            case "open" -> {}
            case "write" -> act(of, atNs, Long.parseLong(words[1]));
            case "close" -> act(of, atNs, Script.CLOSE);
            case "abort" -> act(of, atNs, Script.ABORT);
            case "shutdown" -> act(of, atNs, Script.SHUTDOWN);
            case "pause" -> act(of, atNs, Script.PAUSE);
            case "resume" -> act(of, atNs, Script.RESUME);
            case "read" -> act(of, atNs, Script.READ - Long.parseLong(words[1]));
            case "is" -> {
                of.runUntil(atNs + 1);
                assertThat(state(of)).as(line).isEqualTo(TcpState.valueOf(words[1]));
            }
            default -> throw new IllegalArgumentException("no such step: " + line);
        }
        of.runUntil(atNs + 1);
    }

    static TcpState state(Bench of) {
        TcpState[] found = {TcpState.CLOSED};
        of.work.census(of.nowNs(), new CensusVisitor() {
            @Override
            public void connection(int group, TcpState local, TcpState remote) {
                found[0] = local;
            }

            @Override
            public void pending(TcpTimer timer, int group) {}

            @Override
            public void overdue(TcpTimer timer, int group, long ageNs) {}
        });
        return found[0];
    }

    private void act(Bench of, long atNs, long what) {
        of.work.rows().goTo(0);
        of.work.rows().word(0, 0, what);
        of.work.scheduleWake(0, Side.LOCAL, atNs);
        of.touched();
    }

    private void arrive(Bench of, Matcher matcher, long atNs) {
        int flags = 0;
        for (char flag : matcher.group(2).toCharArray()) {
            flags |= flag == '.' ? Segments.ACK : 1 << "FSRP".indexOf(flag);
        }
        if (matcher.group(7) != null) {
            window = Integer.parseInt(matcher.group(7));
        }
        int seq = PEER_ISS + Integer.parseInt(matcher.group(3));
        int ack = matcher.group(6) == null ? 0 : iss() + Integer.parseInt(matcher.group(6));
        int length = Integer.parseInt(matcher.group(5));
        SackBlocks sacks = new SackBlocks();
        if (matcher.group(9) != null) {
            for (String block : matcher.group(9).strip().split(" ", -1)) {
                String[] bounds = block.split(":", -1);
                sacks.add(iss() + Integer.parseInt(bounds[0]), iss() + Integer.parseInt(bounds[1]));
            }
        }
        int echo = matcher.group(8) == null ? 0 : (int) (Double.parseDouble(matcher.group(8)) * 1_000) + 1;
        of.work.wire().forge(0, seq, ack, flags, length, window, echo, sacks, atNs);
        of.touched();
    }

    private static int iss() {
        return (int)
                io.wheelhouse.tcp.random.Draw.bits(Bench.SEED, INDEX, io.wheelhouse.tcp.random.Stream.ISS_LOCAL, 0);
    }

    private void segmentSent(
            int index, Side from, long atNs, int seq, int ack, int flags, int length, @Nullable DropCause dropped) {
        StringBuilder text = new StringBuilder();
        text.append((flags & Segments.SYN) != 0 ? "S" : "");
        text.append((flags & Segments.FIN) != 0 ? "F" : "");
        text.append((flags & Segments.RST) != 0 ? "R" : "");
        text.append((flags & Segments.PSH) != 0 ? "P" : "");
        text.append((flags & Segments.ACK) != 0 ? "." : "");
        int relative = seq - iss();
        String tail = (flags & Segments.ACK) != 0 ? " ack " + (ack - PEER_ISS) : "";
        sent.add(String.format(
                Locale.ROOT, "%.6f > %s %d:%d(%d)%s", atNs / 1e9, text, relative, relative + length, length, tail));
    }

    /** Does at its wake what the connection's first word says. */
    private static final class Script implements Application {
        static final long CLOSE = -1;
        static final long ABORT = -2;
        static final long SHUTDOWN = -3;
        static final long PAUSE = -4;
        static final long RESUME = -5;
        /** Less so many bytes. */
        static final long READ = -6;

        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {}

        @Override
        public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {}

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {
            if (connection.word0() == CLOSE) {
                connection.close(side);
            } else if (connection.word0() == ABORT) {
                connection.abort(side);
            } else if (connection.word0() == SHUTDOWN) {
                connection.shutdown(side);
            } else if (connection.word0() == PAUSE) {
                connection.pauseReading(side);
            } else if (connection.word0() == RESUME) {
                connection.resumeReading(side);
            } else if (connection.word0() < READ) {
                connection.read(side, (int) (READ - connection.word0()));
            } else {
                connection.write(side, connection.word0());
            }
        }

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {}

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
    }
}

package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.SocketError;
import io.wheelhouse.tcp.SoloEnd;
import io.wheelhouse.tcp.SoloSetup;
import io.wheelhouse.tcp.TcpInfo;
import io.wheelhouse.tcp.TcpSegment;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.recorded.RecordedApplication.Action;
import io.wheelhouse.tcp.recorded.Recording.Packet;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Plays a recording to the model: what A's application did and what B sent are facts, at the times recorded; what A sent
 * is the model's to say. Ends at the first mismatch: a segment sent and not recorded, recorded and not sent, or another
 * than recorded.
 *
 * <p>When a timer of the model sends a recorded segment, that happens at the recorded time, as if the processor had been
 * kept from its work until then; so each timer is armed when the kernel armed it, and each is compared by itself. When
 * and how far from there the model's timers fire by themselves, is the subclasses' affair.
 *
 * <p>B's timestamps echo those of the kernel; they are translated to the model's clock.
 */
abstract class Playback {
    /** A segment of A and what caused it, an arriving segment or a call, are no further apart. */
    private static final long REACTION_NS = 4_000_000;
    /** A timestamp's clock is read before its segment passes the capture point, and its phase is not known. */
    private static final int STAMP_OFF = 1;

    /** A segment that A sent, and when the model's did; {@code byTimer} if a timer of the model sent it. */
    record Pair(Packet recorded, TcpSegment modeled, long modeledNs, boolean byTimer) {
        long differenceNs() {
            return modeledNs - recorded.atNs();
        }
    }

    /** TCP_INFO at a time, recorded and modeled. */
    record Snapshot(TcpInfoRecord recorded, TcpInfo modeled) {}

    /** A segment that the model sent. */
    record Sent(long atNs, TcpSegment segment) {}

    final Recording recording;
    final SoloEnd end;
    final long startNs;
    final long jiffyNs;
    private final Deque<Sent> sent = new ArrayDeque<>();
    private final List<TcpInfoRecord> infos;
    private final RecordedEnding ending;
    private int nextInfo;
    private int nextState;
    private @Nullable Integer echoShift;

    private final List<Pair> pairs = new ArrayList<>();
    private final List<Snapshot> snapshots = new ArrayList<>();
    private @Nullable String mismatch;

    Playback(Recording recording, SoloSetup setup, long startNs) {
        this.recording = recording;
        this.startNs = startNs;
        this.infos = TcpInfoRecord.of(recording);
        this.ending = RecordedEnding.of(recording);
        this.jiffyNs = recording.jiffyNs();
        end = setup.profile(Profile.named("linux").with(RecordedSettings.of(recording)))
                .startNs(startNs)
                .build();
        end.listener((atNs, segment) -> sent.add(new Sent(atNs - startNs, segment)));
    }

    // ---- what the subclasses say

    /** Lets time go on to where the next fact is. */
    abstract void passTo(long atNs);

    /** Lets a timer send the segment recorded at a time: returns when it fires by itself, or -1 if none does near there. */
    abstract long fireFor(long atNs);

    /** Lets time go on to the end of the recording, or until the connection is closed. */
    abstract void runOut(long untilNs);

    /** What is wrong with when the connection was closed, which is -1 for never; or null. */
    abstract @Nullable String problemWithEnd(RecordedEnding recorded, long closedAtNs);

    final boolean hasSent() {
        return !sent.isEmpty();
    }

    /** The model's clock at a time of the recording. */
    final long clockNs(long atNs) {
        return Math.max(end.nowNs(), startNs + atNs);
    }

    // ---- playing

    void run(List<Action> actions) {
        int action = 0;
        for (Packet packet : recording.packets()) {
            while (mismatch == null
                    && action < actions.size()
                    && actions.get(action).atNs() <= packet.atNs()) {
                act(actions.get(action++));
            }
            if (mismatch == null && packet.fromA()) {
                sentAsRecorded(packet);
            } else if (mismatch == null) {
                arrive(packet);
            }
        }
        while (mismatch == null && action < actions.size()) {
            act(actions.get(action++));
        }
        if (mismatch == null) {
            takeSnapshotsUntil(Long.MAX_VALUE);
        }
        if (mismatch == null) {
            runOut(Math.max(end.nowNs() - startNs, ending.watchedUntilNs()));
            noneOverdue(Long.MAX_VALUE);
        }
        if (mismatch == null) {
            endsAsRecorded();
        }
    }

    private void endsAsRecorded() {
        String error = end.error() == null ? null : end.error().name();
        boolean told = ending.error() == null || ending.error().equals(error);
        mismatch = told
                ? problemWithEnd(ending, closedNs())
                : at(closedNs()) + "recorded " + ending.error() + ", modeled " + error;
    }

    private void act(Action action) {
        reach(action.atNs());
        if (mismatch != null) {
            return;
        }
        try {
            action.action().accept(end);
        } catch (IllegalStateException e) {
            mismatch = at(action.atNs()) + action.what() + ": " + e.getMessage();
        }
    }

    private void arrive(Packet packet) {
        reach(packet.atNs());
        if (mismatch != null) {
            return;
        }
        TcpSegment segment = packet.segment();
        if (segment.options().timestamps() && segment.has(TcpSegment.ACK) && echoShift != null) {
            TcpSegment.Options options = segment.options();
            segment = segment.with(options.withTimestamps(options.tsValue(), options.tsEcho() - echoShift));
        }
        end.arrive(segment);
    }

    private void reach(long atNs) {
        takeSnapshotsUntil(atNs);
        passTo(atNs);
        noneOverdue(atNs);
    }

    private void noneOverdue(long atNs) {
        Sent first = sent.peek();
        if (first != null && first.atNs() + REACTION_NS < atNs) {
            mismatch = at(first.atNs()) + "sent and not recorded: " + first.segment();
        }
    }

    private void sentAsRecorded(Packet packet) {
        takeSnapshotsUntil(packet.atNs());
        if (hasSent()) {
            pair(packet, sent.element().atNs(), false);
            return;
        }
        long firedNs = fireFor(packet.atNs());
        if (hasSent()) {
            pair(packet, firedNs, true);
        } else {
            mismatch = at(packet.atNs()) + "recorded and not sent: " + packet.segment() + "; state " + end.state()
                    + ", next event " + at(end.nextEventNs() - startNs);
        }
    }

    private void pair(Packet packet, long modeledNs, boolean byTimer) {
        TcpSegment modeled = sent.remove().segment();
        TcpSegment recorded = packet.segment();
        if (echoShift == null && recorded.options().timestamps()) {
            echoShift = recorded.options().tsValue() - modeled.options().tsValue();
        }
        if (!isAlike(modeled, recorded) || !isAlike(modeled.options(), recorded.options())) {
            mismatch = at(packet.atNs()) + "recorded " + recorded + " " + recorded.options() + ", sent " + modeled + " "
                    + modeled.options() + " at " + at(modeledNs);
            return;
        }
        Pair pair = new Pair(packet, modeled, modeledNs, byTimer);
        pairs.add(pair);
        mismatch = problemWith(pair);
    }

    final boolean isNoise(Pair pair) {
        return RecorderNoise.isNamed(recording, pair.recorded().atNs());
    }

    /** What is wrong with the time of a segment, or null. */
    abstract @Nullable String problemWith(Pair pair);

    /**
     * PSH is not compared: the kernel sets it on the last segment of each packet that it hands to segmentation offload,
     * which the model has not. Windows but a SYN's are compared by the test, where the reader reads.
     */
    private static boolean isAlike(TcpSegment modeled, TcpSegment recorded) {
        return modeled.seq() == recorded.seq()
                && modeled.length() == recorded.length()
                && (modeled.flags() & ~TcpSegment.PSH) == (recorded.flags() & ~TcpSegment.PSH)
                && (!recorded.has(TcpSegment.ACK) || modeled.ack() == recorded.ack())
                && (!recorded.has(TcpSegment.SYN) || modeled.window() == recorded.window());
    }

    /** All options, a timestamp's clock to its unit. */
    private boolean isAlike(TcpSegment.Options modeled, TcpSegment.Options recorded) {
        int stampOff = 0;
        if (recorded.timestamps() && echoShift != null) {
            stampOff = recorded.tsValue() - modeled.tsValue() - echoShift;
        }
        return modeled.mss() == recorded.mss()
                && modeled.windowScale() == recorded.windowScale()
                && modeled.sackPermitted() == recorded.sackPermitted()
                && modeled.timestamps() == recorded.timestamps()
                && modeled.tsEcho() == recorded.tsEcho()
                && Math.abs(stampOff) <= STAMP_OFF
                && modeled.sackBlocks().equals(recorded.sackBlocks());
    }

    private void takeSnapshotsUntil(long atNs) {
        while (mismatch == null
                && nextInfo < infos.size()
                && infos.get(nextInfo).atNs() < atNs) {
            TcpInfoRecord info = infos.get(nextInfo++);
            compareStatesUntil(info.atNs());
            passTo(info.atNs());
            // of a connection that has been given up nothing is known any more
            if (end.closeReason() == null) {
                snapshots.add(new Snapshot(info, end.info()));
            }
        }
        compareStatesUntil(atNs);
    }

    private void compareStatesUntil(long atNs) {
        while (mismatch == null
                && nextState < ending.states().size()
                && ending.states().get(nextState).atNs() < atNs) {
            RecordedEnding.Seen seen = ending.states().get(nextState++);
            passTo(seen.atNs());
            if (end.state() != seen.state()) {
                mismatch = at(seen.atNs()) + "recorded " + seen.state() + ", modeled " + end.state();
            }
        }
    }

    // ---- the outcome

    /** What ended the playback early, and which words of the recording the reader does not know; null for the end. */
    @Nullable
    String mismatch() {
        List<String> unknown = recording.unknownWords();
        return mismatch == null || unknown.isEmpty() ? mismatch : mismatch + "; not understood: " + unknown;
    }

    /** The greatest difference between a segment sent and the recorded one. */
    long worstNs() {
        return pairs.stream()
                .filter(pair -> !isNoise(pair))
                .mapToLong(pair -> Math.abs(pair.differenceNs()))
                .max()
                .orElse(0);
    }

    List<Pair> pairs() {
        return pairs;
    }

    List<Snapshot> snapshots() {
        return snapshots;
    }

    /** When the model's connection was closed; -1 for never. */
    long closedNs() {
        return end.closedNs() < 0 ? -1 : end.closedNs() - startNs;
    }

    @Nullable
    SocketError error() {
        return end.error();
    }

    static String at(long ns) {
        return String.format(Locale.ROOT, "%.6f s: ", ns / 1e9);
    }
}

package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.EntrySharing;
import io.wheelhouse.tcp.SoloSetup;
import io.wheelhouse.tcp.TcpCounts;
import io.wheelhouse.tcp.TcpObserver;
import io.wheelhouse.tcp.TcpTimer;
import io.wheelhouse.tcp.TimerCount;
import io.wheelhouse.tcp.recorded.RecordedApplication.Action;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.queue.TimerQueue;
import io.wheelhouse.timer.queue.WheelShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The model on exact timers that are held until the kernel's fired: what TCP's rule says by itself. A recorded timer
 * must have fired at its nominal time or later, by no more than the granule of its level of the kernel's wheel and two
 * jiffies.
 */
final class NominalPlayback extends Playback {
    /** A timer that sent a recorded segment: times in the recording. */
    record Fired(@Nullable TcpTimer timer, long armedNs, long deadlineNs, long recordedNs, WheelShape wheel) {
        /** The wheel's level, as of the arming. */
        int level() {
            return NominalPlayback.level(armedNs, deadlineNs, wheel);
        }

        /** How late it was at the latest. */
        long latestNs() {
            return NominalPlayback.latestNs(armedNs, deadlineNs, wheel);
        }
    }

    private static int level(long armedNs, long deadlineNs, WheelShape wheel) {
        long jiffyNs = wheel.granuleNs(0);
        return wheel.levelOf((deadlineNs - armedNs + jiffyNs - 1) / jiffyNs);
    }

    private static long latestNs(long armedNs, long deadlineNs, WheelShape wheel) {
        return deadlineNs + wheel.granuleNs(level(armedNs, deadlineNs, wheel)) + 2 * wheel.granuleNs(0);
    }

    private final HeldTimers timers;
    private final List<Fired> fired = new ArrayList<>();
    private final Set<Long> silentBefore;
    private long silentAtNs = -1;
    private @Nullable TcpTimer lastFired;
    private @Nullable TcpTimer lastArmed;
    private @Nullable Fired orphan;
    private @Nullable Fired last;

    private NominalPlayback(Recording recording, long intoNs, Set<Long> silentBefore, HeldTimers timers) {
        super(
                recording,
                new SoloSetup().timers(timers, TickGrid.NONE).entries(EntrySharing.PER_TIMER),
                recording.jiffyNs() + intoNs);
        this.timers = timers;
        this.silentBefore = silentBefore;
        TcpCounts counts = new TcpCounts(1) {
            @Override
            public void count(TcpTimer timer, TimerCount what, int group) {
                if (what == TimerCount.ARMS || what == TimerCount.REARMS) {
                    lastArmed = timer;
                }
            }
        };
        end.observer(new TcpObserver() {
            @Override
            public TcpCounts counts() {
                return counts;
            }

            @Override
            public void fired(TcpTimer timer, int group, Firing firing) {
                lastFired = timer;
            }

            @Override
            public void endedAfterExpiry(TcpTimer timer, int group, long ageNs) {}
        });
    }

    /**
     * Plays a recording. Whether a timer sends something shows only when it has fired: one that was held for a segment and
     * then sent nothing has to fire at its own time, so the recording is played again, at most once a segment.
     *
     * @param intoNs how long into a jiffy the recording begins
     */
    static NominalPlayback played(Recording recording, List<Action> actions, long intoNs) {
        Set<Long> silentBefore = new HashSet<>();
        NominalPlayback playback;
        do {
            playback = new NominalPlayback(recording, intoNs, Set.copyOf(silentBefore), new HeldTimers());
            playback.run(actions);
        } while (playback.silentAtNs >= 0 && silentBefore.add(playback.silentAtNs));
        return playback;
    }

    List<Fired> fired() {
        return fired;
    }

    /** A timer that must have fired by then has: in silence, since no segment waits for it, and at its nominal time. */
    @Override
    void passTo(long atNs) {
        while (!hasSent() && timers.nextDueNs() < startNs + atNs && isOver(atNs)) {
            fireNext(timers.nextDueNs());
        }
        end.sleepUntil(clockNs(atNs));
    }

    /** An orphan's long FIN-WAIT-2 is two timers, and nobody sees the first of them fire. */
    private boolean isOver(long atNs) {
        return lastArmed == TcpTimer.ORPHAN || nextLatestNs() < startNs + atNs;
    }

    /** When the next timer fires at the latest. */
    private long nextLatestNs() {
        long dueNs = timers.nextDueNs();
        return dueNs == TimerQueue.NONE ? dueNs : latestNs(timers.nextArmedNs(), dueNs, recording.wheel());
    }

    private void fireNext(long atNs) {
        timers.letGo();
        end.sleepUntil(Math.max(end.nowNs(), atNs));
        timers.hold();
        if (lastFired == TcpTimer.ORPHAN && orphan == null) {
            orphan = fired(timers.lastDeadlineNs() - startNs, timers.lastDeadlineNs() - startNs);
        }
    }

    @Override
    long fireFor(long atNs) {
        long recordedNs = clockNs(atNs);
        if (silentBefore.contains(atNs)) {
            timers.letGo();
            end.sleepUntil(Math.min(recordedNs, Math.max(end.nowNs(), timers.nextDueNs())));
        }
        end.sleepUntil(recordedNs);
        boolean inSilence = false;
        while (!hasSent() && timers.nextDueNs() <= recordedNs) {
            timers.letGo();
            end.sleepUntil(recordedNs);
            inSilence |= !hasSent();
        }
        timers.hold();
        if (!hasSent()) {
            silentAtNs = inSilence ? atNs : -1;
            return -1;
        }
        fired.add(fired(timers.lastDeadlineNs() - startNs, atNs));
        return timers.lastDeadlineNs() - startNs;
    }

    @Override
    @Nullable
    String problemWith(Pair pair) {
        if (!pair.byTimer() || isNoise(pair)) {
            return null;
        }
        Fired last = fired.get(fired.size() - 1);
        return last.recordedNs() <= last.latestNs()
                ? null
                : at(last.recordedNs()) + "recorded " + pair.recorded().segment() + ", nominal " + at(last.deadlineNs())
                        + "latest " + at(last.latestNs());
    }

    /**
     * What is left are the timers that end the connection: each at its nominal time, but the one that may have been the
     * last when it was over.
     */
    @Override
    void runOut(long untilNs) {
        RecordedEnding ending = RecordedEnding.of(recording);
        while (!hasSent() && end.closeReason() == null && timers.nextDueNs() <= startNs + untilNs) {
            long dueNs = timers.nextDueNs();
            long latestNs = nextLatestNs();
            boolean ends = ending.isKnown() && latestNs > startNs + ending.fromNs();
            fireNext(ends ? Math.max(dueNs, Math.min(latestNs, startNs + ending.toNs())) : dueNs);
            if (end.closeReason() != null) {
                last = fired(timers.lastDeadlineNs() - startNs, untilNs);
            }
        }
    }

    private Fired fired(long deadlineNs, long recordedNs) {
        return new Fired(lastFired, timers.lastArmedNs() - startNs, deadlineNs, recordedNs, recording.wheel());
    }

    @Override
    @Nullable
    String problemWithEnd(RecordedEnding recorded, long closedAtNs) {
        if (!recorded.isKnown()) {
            return null;
        }
        long latestNs = last == null ? closedAtNs : last.latestNs();
        // a long FIN-WAIT-2 is two timers, and each was rounded
        latestNs += orphan == null ? 0 : orphan.latestNs() - orphan.deadlineNs();
        return closedAtNs >= 0 && closedAtNs <= recorded.toNs() && latestNs >= recorded.fromNs()
                ? null
                : at(closedAtNs) + "closed, latest " + at(latestNs) + "; recorded: after " + at(recorded.fromNs())
                        + "by " + at(recorded.toNs());
    }

    /** The timer that began a long FIN-WAIT-2, whose end armed the last one; or null. */
    @Nullable
    Fired orphan() {
        return orphan;
    }

    /** The timer that ended the connection after all segments had been sent, or null. */
    @Nullable
    Fired last() {
        return last;
    }
}

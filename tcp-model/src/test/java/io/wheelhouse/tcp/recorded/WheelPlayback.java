package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.SoloSetup;
import org.jspecify.annotations.Nullable;

/**
 * The model on the kernel-shaped wheel: each timer that sends a segment must fire within a jiffy of when its packet
 * passed the capture point.
 */
final class WheelPlayback extends Playback {
    /** @param startNs the clock at the first packet: the phase, which alone is free */
    WheelPlayback(Recording recording, long startNs) {
        super(recording, new SoloSetup().kernelWheel(recording.hz()), startNs);
    }

    @Override
    void passTo(long atNs) {
        end.runUntil(clockNs(atNs));
    }

    @Override
    long fireFor(long atNs) {
        long recordedNs = startNs + atNs;
        long earliestNs = recordedNs - RecorderNoise.lateMaxNs(recording, atNs);
        long nextNs = end.nextEventNs();
        while (!hasSent() && nextNs <= recordedNs + jiffyNs) {
            if (nextNs < earliestNs) {
                end.runUntil(nextNs);
            } else {
                end.sleepUntil(Math.max(nextNs, recordedNs));
            }
            if (hasSent()) {
                return nextNs - startNs;
            }
            nextNs = end.nextEventNs();
        }
        return -1;
    }

    @Override
    @Nullable
    String problemWith(Pair pair) {
        long lateNs = -pair.differenceNs();
        return lateNs >= -jiffyNs
                        && lateNs
                                <= RecorderNoise.lateMaxNs(
                                        recording, pair.recorded().atNs())
                ? null
                : at(pair.recorded().atNs()) + "recorded " + pair.recorded().segment() + ", sent "
                        + at(pair.modeledNs());
    }

    @Override
    void runOut(long untilNs) {
        while (end.closeReason() == null && end.nextEventNs() <= startNs + untilNs) {
            end.runToNextEvent();
        }
    }

    @Override
    @Nullable
    String problemWithEnd(RecordedEnding recorded, long closedAtNs) {
        boolean fits =
                recorded.isKnown() ? closedAtNs > recorded.fromNs() && closedAtNs <= recorded.toNs() : closedAtNs < 0;
        return fits
                ? null
                : at(closedAtNs) + "closed; recorded: after " + at(recorded.fromNs()) + "by " + at(recorded.toNs());
    }
}

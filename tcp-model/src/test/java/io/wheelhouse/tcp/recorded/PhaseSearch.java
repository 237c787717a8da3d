package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.TcpTimer;
import io.wheelhouse.tcp.recorded.NominalPlayback.Fired;
import io.wheelhouse.tcp.recorded.RecordedApplication.Action;
import io.wheelhouse.tcp.recorded.Recording.Packet;
import io.wheelhouse.timer.queue.WheelShape;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Finds the one thing about a recording that is free: what the kernel's clock said when it began, modulo the granule of
 * the highest wheel level in play.
 *
 * <p>A nominal playback says when each timer was armed, for how long, and when it fired. At a phase assumed, the wheel's
 * arithmetic then says when it should have fired. All phases in steps of {@value #STEP_NS} ns, and those that put a tick
 * where a timer's segment was captured, are held against that, and against the timestamps, whose milliseconds begin
 * where jiffies do; the likeliest are tried on the model.
 *
 * <p>Keepalive says nothing here: Linux arms it for part of the way, so that its level is another than the nominal
 * delay's.
 */
final class PhaseSearch {
    /** Whole turns of every level tried lie before the start. */
    private static final long BASE_JIFFIES = 1L << 18;

    private static final long STEP_NS = 50_000;
    private static final long MILLI_NS = 1_000_000;
    /** Among equals, phases in these steps are tried first. */
    private static final long COARSE_STEP_NS = 200_000;

    /** So many are tried at most, the likeliest and then others, and no more once one is that good. */
    private static final int LIKELIEST = 64;

    private static final int TRIALS = 1_536;

    private static final int INTOS = 4;
    private static final int OTHER_JIFFIES = 512;

    private static final long GOOD_NS = 1_000_000;

    private final Recording recording;
    private final WheelShape wheel;
    private final long jiffyNs;
    private final List<Action> actions;
    private final List<Packet> stamped;
    private final List<Candidate> candidates = new ArrayList<>();
    private final NominalPlayback nominal;

    /**
     * @param ticksOffNs how little it fits where in a jiffy timers fire
     * @param offNs and how little which jiffies
     */
    private record Candidate(long phaseNs, long ticksOffNs, long offNs) {}

    PhaseSearch(Recording recording, List<Action> actions) {
        this.recording = recording;
        this.wheel = recording.wheel();
        this.jiffyNs = recording.jiffyNs();
        this.actions = actions;
        stamped = recording.packets().stream()
                .filter(packet -> packet.fromA() && packet.segment().options().timestamps())
                .toList();
        nominal = bestNominal();
    }

    /** The nominal playback, at the place within a jiffy that fits best. */
    NominalPlayback nominal() {
        return nominal;
    }

    /** The playback on the wheel at the phase that fits best. */
    WheelPlayback onWheel() {
        candidates.sort(Comparator.comparingLong(Candidate::offNs)
                .thenComparing(candidate -> candidate.phaseNs() % COARSE_STEP_NS != 0)
                .thenComparingLong(Candidate::phaseNs));
        WheelPlayback best = bestOf(tried(candidates.get(0)), candidates, LIKELIEST);
        if (best.mismatch() != null) {
            // a timer that fired in silence may have armed another at another time than the nominal one
            candidates.sort(Comparator.comparingLong(Candidate::ticksOffNs).thenComparingLong(Candidate::phaseNs));
            best = bestOf(best, candidates, TRIALS);
        }
        if (best.mismatch() != null) {
            List<Candidate> others = others();
            best = bestOf(best, others, others.size());
        }
        return best;
    }

    /**
     * Where in a jiffy it fits best, at jiffies all over the granule of a high level: those far apart first, since what
     * rules many of them out are timers that were cancelled before they fired.
     */
    private List<Candidate> others() {
        List<Candidate> intos = new ArrayList<>();
        candidates.stream()
                .filter(candidate -> candidate.phaseNs() < jiffyNs)
                .sorted(Comparator.comparingLong(Candidate::ticksOffNs).thenComparingLong(Candidate::phaseNs))
                .limit(INTOS)
                .forEach(intos::add);
        List<Candidate> others = new ArrayList<>();
        for (int n = 0; n < OTHER_JIFFIES; n++) {
            int jiffy = Integer.reverse(n) >>> Integer.numberOfLeadingZeros(OTHER_JIFFIES - 1);
            for (Candidate into : intos) {
                others.add(new Candidate(into.phaseNs() + jiffy * jiffyNs, into.ticksOffNs(), into.offNs()));
            }
        }
        return others;
    }

    private WheelPlayback bestOf(WheelPlayback first, List<Candidate> of, int trials) {
        WheelPlayback best = first;
        for (Candidate candidate : of.subList(0, Math.min(trials, of.size()))) {
            if (isGood(best)) {
                break;
            }
            WheelPlayback next = tried(candidate);
            best = isBetter(next, best) ? next : best;
        }
        return best;
    }

    private static boolean isGood(WheelPlayback playback) {
        return playback.mismatch() == null && playback.worstNs() <= GOOD_NS;
    }

    private WheelPlayback tried(Candidate candidate) {
        WheelPlayback playback = new WheelPlayback(recording, BASE_JIFFIES * jiffyNs + candidate.phaseNs());
        playback.run(actions);
        return playback;
    }

    private NominalPlayback bestNominal() {
        NominalPlayback best = played(0);
        for (long intoNs = STEP_NS; intoNs < jiffyNs; intoNs += STEP_NS) {
            best = better(played(intoNs), best);
        }
        for (long intoNs : intosOfTicks(best)) {
            best = better(played(intoNs), best);
        }
        return best;
    }

    private NominalPlayback played(long intoNs) {
        NominalPlayback playback = NominalPlayback.played(recording, actions, intoNs);
        addCandidates(intoNs, playback);
        return playback;
    }

    /**
     * The places within a jiffy at which some timer's segment passes the capture point in the instant of a tick. If any
     * place keeps all of them within a jiffy, one of these does.
     */
    private long[] intosOfTicks(NominalPlayback playback) {
        return playback.fired().stream()
                .mapToLong(fired -> Math.floorMod(-fired.recordedNs(), jiffyNs))
                .distinct()
                .toArray();
    }

    private static NominalPlayback better(NominalPlayback one, NominalPlayback other) {
        return isBetter(one, other) ? one : other;
    }

    private static boolean isBetter(Playback one, Playback other) {
        if ((one.mismatch() == null) != (other.mismatch() == null)) {
            return one.mismatch() == null;
        }
        if (one.pairs().size() != other.pairs().size()) {
            return one.pairs().size() > other.pairs().size();
        }
        return one.worstNs() < other.worstNs();
    }

    private void addCandidates(long intoNs, NominalPlayback playback) {
        List<Fired> all = new ArrayList<>(playback.fired());
        long offNs = stampsThatMiss(intoNs) * MILLI_NS;
        for (Fired one : all) {
            long wayNs = (one.recordedNs() + intoNs) % jiffyNs;
            offNs += Math.min(MILLI_NS, Math.min(wayNs, jiffyNs - wayNs));
        }
        // what stops short is less likely than what does not
        offNs += ((long) recording.packets().size() - playback.pairs().size()) * MILLI_NS;
        Fired last = playback.last();
        Fired orphan = playback.orphan();
        if (last != null && orphan == null) {
            all.add(last);
        }
        int levels = all.stream().mapToInt(Fired::level).max().orElse(0);
        if (last != null && orphan != null) {
            levels = Math.max(levels, Math.max(last.level(), orphan.level()));
        }
        long jiffies = 1L << (3 * levels);
        all.removeIf(one -> one.timer() == TcpTimer.KEEPALIVE);
        for (long jiffy = 0; jiffy < jiffies; jiffy++) {
            long phaseNs = jiffy * jiffyNs + intoNs;
            long twoOffNs = last == null || orphan == null ? 0 : offNs(orphan, last, phaseNs);
            candidates.add(new Candidate(phaseNs, offNs, offNs + offNs(all, phaseNs) + twoOffNs));
        }
    }

    /** By how much the timers would be off at a phase, all together; those off by more than a jiffy count many times. */
    private long offNs(List<Fired> fired, long phaseNs) {
        long startNs = BASE_JIFFIES * jiffyNs + phaseNs;
        long sumNs = 0;
        long firedTick = Long.MIN_VALUE;
        for (Fired one : fired) {
            // a segment that left a little before the tick is modeled in the tick, and so is what it armed
            long expiresTick = wheel.tickOf(startNs + one.deadlineNs() + STEP_NS);
            long armedTick = wheel.tickOf(startNs + one.armedNs() + STEP_NS);
            int level = wheel.levelOf(expiresTick - armedTick - (armedTick == firedTick ? 1 : 0));
            firedTick = wheel.expiryTick(expiresTick, level);
            long offNs = Math.abs(startNs + one.recordedNs() - wheel.beginNs(firedTick));
            sumNs += offNs <= RecorderNoise.lateMaxNs(recording, one.recordedNs()) ? offNs : 1_000 * offNs;
        }
        return sumNs;
    }

    /** The same of a timer that nobody saw fire, and of the last one, which it armed. */
    private long offNs(Fired orphan, Fired last, long phaseNs) {
        long startNs = BASE_JIFFIES * jiffyNs + phaseNs;
        long firedTick = firesAt(orphan.armedNs() + startNs, orphan.deadlineNs() + startNs);
        long armedNs = wheel.beginNs(firedTick);
        long closedTick = firesAt(armedNs, armedNs + last.deadlineNs() - last.armedNs());
        return Math.abs(startNs + last.recordedNs() - wheel.beginNs(closedTick));
    }

    private long firesAt(long armedNs, long deadlineNs) {
        long expiresTick = wheel.tickOf(deadlineNs);
        return wheel.expiryTick(expiresTick, wheel.levelOf(expiresTick - wheel.tickOf(armedNs)));
    }

    private long stampsThatMiss(long intoNs) {
        if (stamped.isEmpty()) {
            return 0;
        }
        Packet first = stamped.get(0);
        long firstMs = (first.atNs() + intoNs) / MILLI_NS;
        return stamped.stream()
                .filter(packet -> stamp(packet) - stamp(first) != (int) ((packet.atNs() + intoNs) / MILLI_NS - firstMs))
                .count();
    }

    private static int stamp(Packet packet) {
        return packet.segment().options().tsValue();
    }
}

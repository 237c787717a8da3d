package io.wheelhouse.sim.metrics;

import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TcpCounts;
import io.wheelhouse.tcp.TcpObserver;
import io.wheelhouse.tcp.TcpTimer;
import io.wheelhouse.tcp.TimerCount;
import io.wheelhouse.timer.bucket.Firing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * What one host thread records of the buckets it runs. There is one for each host thread, not one for each processor or
 * bucket, because histograms are large; everything in it is an integer that is summed (or a maximum), so the merged
 * values do not depend on how the buckets were spread over threads.
 *
 * <p>A meter is made when the first firing of a lane and group is recorded, and an interval histogram with the first of
 * a lane; after that nothing is allocated. Firings that start within the warm-up are counted, but their lateness is not
 * recorded. Used by one thread at a time; reading and merging belong to the barrier.
 */
public final class Recorder implements TcpObserver {
    private static final TcpTimer[] TIMERS = TcpTimer.values();
    private static final int TIMER_COUNTS = TimerCount.values().length;

    private final int groups;
    private final long warmupNs;
    private final TcpCounts counts;
    private final long[] syntheticCounts;
    private final @Nullable LatenessMeter[] meters;
    private final @Nullable Histogram[] intervals = new Histogram[Lane.COUNT];
    private final long[] endedAfterExpiry = new long[Lane.COUNT];
    private final WideSums endedAges = new WideSums(Lane.COUNT);
    private final long[] endedAgeMaxNs = new long[Lane.COUNT];

    /**
     * @param groups how many groups of connections there are
     * @param warmupNs firings that start before this are not in the lateness
     */
    public Recorder(int groups, long warmupNs) {
        if (groups <= 0) {
            throw new IllegalArgumentException("groups: " + groups);
        }
        if (warmupNs < 0) {
            throw new IllegalArgumentException("warmupNs: " + warmupNs);
        }
        this.groups = groups;
        this.warmupNs = warmupNs;
        counts = new TcpCounts(groups);
        syntheticCounts = new long[groups * TIMER_COUNTS];
        meters = new LatenessMeter[groups * Lane.COUNT];
    }

    // ---- recording ------------------------------------------------------------------------------------------------

    @Override
    public TcpCounts counts() {
        return counts;
    }

    /** How many groups of connections there are. */
    public int groups() {
        return groups;
    }

    /** An arming of a timer of synthetic traffic began or ended. */
    public void countSynthetic(TimerCount what, int group) {
        syntheticCounts[group * TIMER_COUNTS + what.ordinal()]++;
    }

    @Override
    public void fired(TcpTimer timer, int group, Firing firing) {
        fired(timer.ordinal(), group, firing);
    }

    /** A timer that is not TCP's fired; to be counted as fired besides. */
    public void fired(Lane lane, int group, Firing firing) {
        fired(lane.index(), group, firing);
    }

    private void fired(int lane, int group, Firing firing) {
        if (firing.startNs() < warmupNs) {
            return;
        }
        int place = lane * groups + group;
        LatenessMeter meter = meters[place];
        if (meter == null) {
            meter = meters[place] = new LatenessMeter();
        }
        meter.record(firing);
        intervalOf(lane).recordValue(Math.min(firing.latenessNs(), LatenessMeter.RANGE_NS));
    }

    @Override
    public void endedAfterExpiry(TcpTimer timer, int group, long ageNs) {
        endedAfterExpiry(Lane.of(timer), ageNs);
    }

    /** A timer was cancelled or re-armed after it had expired; to be counted as such besides. */
    public void endedAfterExpiry(Lane lane, long ageNs) {
        assert ageNs >= 0 : lane + " ended " + ageNs + " ns after its expiry";
        endedAfterExpiry[lane.index()]++;
        endedAges.add(lane.index(), ageNs);
        endedAgeMaxNs[lane.index()] = Math.max(endedAgeMaxNs[lane.index()], ageNs);
    }

    // ---- merging --------------------------------------------------------------------------------------------------

    /** Adds all that this has recorded, but for the interval under way, to another recorder of the same groups. */
    public void mergeInto(Recorder total) {
        assert total.groups == groups : total.groups + " groups, and " + groups;
        counts.addTo(total.counts);
        addTo(total.syntheticCounts, syntheticCounts);
        addTo(total.endedAfterExpiry, endedAfterExpiry);
        total.endedAges.add(endedAges);
        for (int lane = 0; lane < Lane.COUNT; lane++) {
            total.endedAgeMaxNs[lane] = Math.max(total.endedAgeMaxNs[lane], endedAgeMaxNs[lane]);
        }
        for (int place = 0; place < meters.length; place++) {
            LatenessMeter meter = meters[place];
            if (meter != null && meter.lateness().getTotalCount() > 0) {
                meter.mergeInto(total.meterAt(place));
            }
        }
    }

    /**
     * Adds all that this has recorded, the interval under way too, to another recorder of the same groups, and begins
     * anew. For recorders that are handed over while their thread goes on with another.
     */
    public void moveInto(Recorder total) {
        mergeInto(total);
        counts.reset();
        Arrays.fill(syntheticCounts, 0);
        Arrays.fill(endedAfterExpiry, 0);
        Arrays.fill(endedAgeMaxNs, 0);
        endedAges.reset();
        for (LatenessMeter meter : meters) {
            if (meter != null && meter.lateness().getTotalCount() > 0) {
                meter.reset();
            }
        }
        for (Lane lane : Lane.ALL) {
            if (hasInterval(lane)) {
                drainInterval(lane, total.intervalOf(lane.index()));
            }
        }
    }

    private Histogram intervalOf(int lane) {
        Histogram interval = intervals[lane];
        if (interval == null) {
            interval = intervals[lane] = LatenessMeter.newHistogram();
        }
        return interval;
    }

    private LatenessMeter meterAt(int place) {
        LatenessMeter meter = meters[place];
        if (meter == null) {
            meter = meters[place] = new LatenessMeter();
        }
        return meter;
    }

    private static void addTo(long[] total, long[] part) {
        for (int i = 0; i < total.length; i++) {
            total[i] += part[i];
        }
    }

    /** Adds the lateness of a lane since the last call to a histogram, and begins anew. */
    void drainInterval(Lane lane, Histogram into) {
        Histogram interval = intervals[lane.index()];
        if (interval != null && interval.getTotalCount() > 0) {
            into.add(interval);
            interval.reset();
        }
    }

    /** Whether a lane has recorded lateness since the last {@link #drainInterval}. */
    boolean hasInterval(Lane lane) {
        Histogram interval = intervals[lane.index()];
        return interval != null && interval.getTotalCount() > 0;
    }

    // ---- reading --------------------------------------------------------------------------------------------------

    /** How often something was counted in all groups. */
    public long total(TcpCount what) {
        long sum = 0;
        for (int group = 0; group < groups; group++) {
            sum += counted(what, group);
        }
        return sum;
    }

    /** How often something was counted in one group. */
    public long counted(TcpCount what, int group) {
        return counts.of(what, group);
    }

    /** How often armings of a lane's timers began or ended so in all groups. */
    public long total(Lane lane, TimerCount what) {
        long sum = 0;
        for (int group = 0; group < groups; group++) {
            sum += counted(lane, what, group);
        }
        return sum;
    }

    /** How often armings of a lane's timers began or ended so in one group. */
    public long counted(Lane lane, TimerCount what, int group) {
        return lane.index() < TIMERS.length
                ? counts.of(TIMERS[lane.index()], what, group)
                : syntheticCounts[group * TIMER_COUNTS + what.ordinal()];
    }

    /** What was recorded of the timers, by lane; lanes whose timers were never armed are left out. */
    public List<TimerResult> timers() {
        List<TimerResult> results = new ArrayList<>();
        for (Lane lane : Lane.ALL) {
            TimerResult result = timer(lane);
            if (result.armings() > 0 || result.lateness().count() > 0) {
                results.add(result);
            }
        }
        return results;
    }

    private TimerResult timer(Lane lane) {
        LatenessMeter all = null;
        List<TimerResult.InGroup> inGroups = new ArrayList<>();
        for (int group = 0; group < groups; group++) {
            LatenessMeter meter = meters[lane.index() * groups + group];
            if (meter != null) {
                all = all == null ? new LatenessMeter() : all;
                meter.mergeInto(all);
            }
            inGroups.add(new TimerResult.InGroup(timerCounts(lane, group), latenessOf(meter)));
        }
        Map<TimerCount, Long> counts = new EnumMap<>(TimerCount.class);
        for (TimerCount what : TimerCount.values()) {
            counts.put(what, total(lane, what));
        }
        TimerResult.Ended ended = new TimerResult.Ended(
                endedAfterExpiry[lane.index()],
                endedAges.mean(lane.index(), endedAfterExpiry[lane.index()]),
                endedAgeMaxNs[lane.index()]);
        return new TimerResult(lane, counts, latenessOf(all), ended, inGroups);
    }

    private static Lateness latenessOf(@Nullable LatenessMeter meter) {
        return meter == null ? Lateness.NONE : new Lateness(meter);
    }

    private Map<TimerCount, Long> timerCounts(Lane lane, int group) {
        Map<TimerCount, Long> counts = new EnumMap<>(TimerCount.class);
        for (TimerCount what : TimerCount.values()) {
            counts.put(what, counted(lane, what, group));
        }
        return counts;
    }

    /** All that was counted of one group's connections. */
    public Map<TcpCount, Long> tcpCounts(int group) {
        Map<TcpCount, Long> counts = new EnumMap<>(TcpCount.class);
        for (TcpCount what : TcpCount.values()) {
            counts.put(what, counted(what, group));
        }
        return counts;
    }
}

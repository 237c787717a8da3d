package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.queue.CoalescingWheel;
import io.wheelhouse.timer.queue.HierarchicalWheel;
import io.wheelhouse.timer.queue.TimerQueue;
import io.wheelhouse.timer.queue.WheelShape;
import java.util.Map;

/**
 * What a {@link SoloEnd} is made from. Unless told otherwise: the {@code linux} profile on exact timers, its clock at 0,
 * its initial sequence number 0, so that the numbers it sends are relative ones.
 */
public final class SoloSetup {
    private static final long NANOS_PER_SECOND = 1_000_000_000;

    Profile profile = Profile.named("linux");
    TimerQueue queue = HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS);
    TickGrid grid = TickGrid.NONE;
    EntrySharing entries = EntrySharing.AS_STACK;
    long startNs;
    int iss;
    HostPort local = HostPort.parse("192.0.2.1:40000");
    HostPort remote = HostPort.parse("198.51.100.2:80");

    /** The stack's constants. */
    public SoloSetup profile(Profile newProfile) {
        profile = newProfile;
        return this;
    }

    /** The stack's constants with some set otherwise, by the names that {@link Profile#with} knows. */
    public SoloSetup set(Map<String, String> settings) {
        profile = profile.with(settings);
        return this;
    }

    /** Timers that fire at their own instant: what TCP's rule says, undisturbed. The default. */
    public SoloSetup exactTimers() {
        return timers(HierarchicalWheel.byDeadline(HierarchicalWheel.FINE_GRANULE_NS), TickGrid.NONE);
    }

    /**
     * Timers on a wheel of the Linux kernel's shape. Its phase is the clock's: a clock started n jiffies later finds each
     * level n jiffies on.
     *
     * @param ticksPerSecond HZ
     */
    public SoloSetup kernelWheel(int ticksPerSecond) {
        return timers(
                new CoalescingWheel(WheelShape.linux(ticksPerSecond)),
                new TickGrid(NANOS_PER_SECOND / ticksPerSecond, 0));
    }

    /** Timers in a structure of one's own, empty, and when its owner looks at it. */
    public SoloSetup timers(TimerQueue newQueue, TickGrid newGrid) {
        queue = newQueue;
        grid = newGrid;
        return this;
    }

    /** How the timers share the structure's entries; the default is the stack's own way. */
    public SoloSetup entries(EntrySharing newEntries) {
        entries = newEntries;
        return this;
    }

    /** What the clock says at the start, not negative. */
    public SoloSetup startNs(long newStartNs) {
        if (newStartNs < 0) {
            throw new IllegalArgumentException("the clock must not start before 0: " + newStartNs + " ns");
        }
        startNs = newStartNs;
        return this;
    }

    /** The initial sequence number. */
    public SoloSetup iss(int newIss) {
        iss = newIss;
        return this;
    }

    /** The connection's 4-tuple. */
    public SoloSetup addresses(HostPort newLocal, HostPort newRemote) {
        local = newLocal;
        remote = newRemote;
        return this;
    }

    /** Makes the end; this may be used once, since the timer structure becomes its own. */
    public SoloEnd build() {
        return new SoloEnd(this);
    }
}

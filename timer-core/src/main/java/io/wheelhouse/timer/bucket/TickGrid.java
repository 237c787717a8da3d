package io.wheelhouse.timer.bucket;

/**
 * When a timer thread wakes up: at the instants k·tick − phase, or, with a tick of 0 (“none”), at any instant a timer
 * asks for.
 *
 * @param tickNs the period in nanoseconds; 0 for none
 * @param phaseNs how far into a tick time 0 lies, so that the ticks and a wheel of the same phase agree
 */
public record TickGrid(long tickNs, long phaseNs) {

    /** Wakes exactly when a timer asks for it. */
    public static final TickGrid NONE = new TickGrid(0, 0);

    public TickGrid {
        if (tickNs < 0) {
            throw new IllegalArgumentException("tick must not be negative: " + tickNs + " ns");
        }
        phaseNs = tickNs == 0 ? 0 : Math.floorMod(phaseNs, tickNs);
    }

    /** The first wake-up at or after an instant; {@link Long#MAX_VALUE} stays what it is. */
    public long wakeAtOrAfter(long instantNs) {
        if (tickNs == 0 || instantNs == Long.MAX_VALUE) {
            return instantNs;
        }
        long into = Math.floorMod(instantNs + phaseNs, tickNs);
        return into == 0 ? instantNs : instantNs + tickNs - into;
    }
}

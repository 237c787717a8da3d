package io.wheelhouse.timer.queue;

/**
 * The shape of a coalescing wheel, and its arithmetic: which level a delay falls into and when a timer there fires.
 *
 * <p>Ticks are numbered: {@code tick(t) = floor((t + phaseNs) / granuleNs)}. A timer armed {@code n} ticks ahead belongs
 * to the lowest level L with {@code n < (slots - 1) << (shift * L)}, or to the last if there is none, and fires at tick
 * {@code ((expires >> shift * L) + 1) << shift * L}: after its deadline, by at most the granule of its level. Source:
 * Linux since 4.8, {@code kernel/time/timer.c}, whose shape is {@link #linux}.
 *
 * @param slots slots a level, 2 to 65,536
 * @param shift each level's granule is 2^shift times the one below, 1 to 16
 * @param levels 1 to 16
 * @param granuleNs the lowest level's granule: the tick
 * @param phaseNs how long before time 0 a tick began, 0 to granuleNs - 1
 */
public record WheelShape(int slots, int shift, int levels, long granuleNs, long phaseNs) {

    /** The granule of the last level may be this long at most, so that no instant overflows. */
    private static final long MAX_GRANULE_NS = 1L << 61;

    public WheelShape {
        check("slots", slots, 2, 1 << 16);
        check("shift", shift, 1, 16);
        check("levels", levels, 1, 16);
        check("granuleNs", granuleNs, 1, MAX_GRANULE_NS);
        check("phaseNs", phaseNs, 0, granuleNs - 1);
        int bits = shift * (levels - 1);
        if (bits >= Long.SIZE - 2 || granuleNs > MAX_GRANULE_NS >> bits) {
            throw new IllegalArgumentException("the granule of level " + (levels - 1) + ", " + granuleNs + " ns << "
                    + bits + ", exceeds " + MAX_GRANULE_NS + " ns: fewer levels, a smaller shift or granule");
        }
    }

    private static void check(String name, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in " + least + ".." + most);
        }
    }

    /** The Linux kernel's shape: 64 slots, shift 3, 9 levels, or 8 at 100 ticks a second and below. */
    public static WheelShape linux(int ticksPerSecond) {
        check("ticksPerSecond", ticksPerSecond, 1, 1_000_000_000);
        return new WheelShape(64, 3, ticksPerSecond > 100 ? 9 : 8, 1_000_000_000L / ticksPerSecond, 0);
    }

    /** The same shape with ticks that begin elsewhere. */
    public WheelShape withPhaseNs(long newPhaseNs) {
        return new WheelShape(slots, shift, levels, granuleNs, newPhaseNs);
    }

    /** The number of the tick that a time lies in. */
    public long tickOf(long timeNs) {
        return Math.floorDiv(timeNs + phaseNs, granuleNs);
    }

    /** When a tick begins. */
    public long beginNs(long tick) {
        return tick * granuleNs - phaseNs;
    }

    /** The level of a timer armed that many ticks ahead, not negative. */
    public int levelOf(long delayTicks) {
        int level = 0;
        while (level < levels - 1 && !isWithin(delayTicks, level)) {
            level++;
        }
        return level;
    }

    /** Whether a level's slots reach that far. */
    public boolean isWithin(long delayTicks, int level) {
        return delayTicks >> (shift * level) < slots - 1;
    }

    /** The tick at which a timer fires that expires in the given tick and belongs to the given level. */
    public long expiryTick(long expiresTick, int level) {
        int bits = shift * level;
        return ((expiresTick >> bits) + 1) << bits;
    }

    /** The resolution of a level. */
    public long granuleNs(int level) {
        return granuleNs << (shift * level);
    }

    /**
     * The most by which a timer armed that far ahead may fire after its deadline: the granule of the highest level that
     * the delay may fall into, which depends on where in a tick it was armed.
     */
    public long roundingBoundNs(long delayNs) {
        QueueBase.checkDelay(delayNs);
        return granuleNs(levelOf(-Math.floorDiv(-delayNs, granuleNs)));
    }
}

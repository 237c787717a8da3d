package io.wheelhouse.timer.balance;

import java.util.Map;
import java.util.Objects;

/**
 * The parameters of the policies. A policy takes those that it has, and its class says which and what their usual values
 * are ({@link Policies#usual}); the index is also what a policy reports that does not use it, so that runs can be compared.
 *
 * @param index the imbalance index
 * @param damping the share of the planned change of counts that is made, greater than 0, at most 1
 * @param deadBand while no processor's utilization is further than this from the mean, nothing moves; a fraction of
 *     capacity, not negative
 * @param hysteresis once a processor is outside the dead band, it is brought inside by this share of the band, from 0 (to
 *     its edge) to 1 (to the mean), as far as whole buckets allow
 * @param moveBudget the most buckets that are moved at one barrier, 1 or more; {@link #UNLIMITED} for all
 * @param cooldown for so many barriers after it has taken a bucket over, a processor takes no other, not negative
 * @param settings names and values that only a policy of one's own understands
 */
public record PolicyParameters(
        ImbalanceIndex index,
        double damping,
        double deadBand,
        double hysteresis,
        int moveBudget,
        int cooldown,
        Map<String, String> settings) {

    /** The move budget of those that have none. */
    public static final int UNLIMITED = Integer.MAX_VALUE;

    /** Halves the gain of the count-based formulas: {@code idle} then converges up to a mean utilization of 0.75. */
    private static final double USUAL_DAMPING = 0.5;

    /**
     * About what the utilization of an interval of 100 ms differs from the mean by chance when items take some tens of
     * microseconds, and too little to be felt in a wait unless a processor is nearly saturated.
     */
    private static final double USUAL_DEAD_BAND = 0.05;

    /** A processor brought to half the band is not outside it again by the next small change. */
    private static final double USUAL_HYSTERESIS = 0.5;

    public PolicyParameters {
        Objects.requireNonNull(index, "index");
        if (!(damping > 0.0 && damping <= 1.0)) {
            throw new IllegalArgumentException("damping must be greater than 0 and at most 1: " + damping);
        }
        if (!(deadBand >= 0.0 && deadBand < Double.POSITIVE_INFINITY)) {
            throw new IllegalArgumentException("dead band must be finite and not negative: " + deadBand);
        }
        if (!(hysteresis >= 0.0 && hysteresis <= 1.0)) {
            throw new IllegalArgumentException("hysteresis must be from 0 to 1: " + hysteresis);
        }
        if (moveBudget < 1) {
            throw new IllegalArgumentException("move budget must be 1 or more: " + moveBudget);
        }
        if (cooldown < 0) {
            throw new IllegalArgumentException("cooldown must not be negative: " + cooldown);
        }
        settings = Map.copyOf(settings);
    }

    /** No move budget, no cooldown, a hysteresis of half the dead band, no settings. */
    public PolicyParameters(ImbalanceIndex index, double damping, double deadBand) {
        this(index, damping, deadBand, USUAL_HYSTERESIS, UNLIMITED, 0, Map.of());
    }

    /** What stands where a policy says nothing else: {@code deficit}, damping 0.5, dead band 5 %, no budget, no cooldown. */
    public static PolicyParameters usual() {
        return new PolicyParameters(ImbalanceIndex.DEFICIT, USUAL_DAMPING, USUAL_DEAD_BAND);
    }

    /** The same but for the dead band. */
    public PolicyParameters withDeadBand(double newDeadBand) {
        return new PolicyParameters(index, damping, newDeadBand, hysteresis, moveBudget, cooldown, settings);
    }

    /** The same but for the move budget. */
    public PolicyParameters withMoveBudget(int newMoveBudget) {
        return new PolicyParameters(index, damping, deadBand, hysteresis, newMoveBudget, cooldown, settings);
    }

    /** The same but for the cooldown. */
    public PolicyParameters withCooldown(int newCooldown) {
        return new PolicyParameters(index, damping, deadBand, hysteresis, moveBudget, newCooldown, settings);
    }

    /** The distance from the mean at which a processor that was outside the dead band is left alone again. */
    double innerBand() {
        return deadBand * (1.0 - hysteresis);
    }
}

package io.wheelhouse.sim.scenario;

/** When the connections of a group open. */
public sealed interface Arrivals {

    /** All at one instant. */
    record At(long atNs) implements Arrivals {
        public At {
            Check.that(atNs >= 0, "atNs", atNs);
        }
    }

    /** Each at a random instant of [0, withinNs). */
    record Uniform(long withinNs) implements Arrivals {
        public Uniform {
            Check.that(withinNs > 0, "withinNs", withinNs);
        }
    }

    /** One after the other as a Poisson process, until all of the group have opened or the run ends. */
    record Poisson(double perSecond) implements Arrivals {
        public Poisson {
            Check.that(perSecond > 0.0 && Double.isFinite(perSecond), "perSecond", perSecond);
        }
    }
}

package io.wheelhouse.sim.scenario;

/**
 * Work on a processor that is not the timer subsystem's, as a share of its capacity during [fromNs, untilNs).
 *
 * @param load fraction of the processor's capacity, 0 to 1
 */
public record Background(int processor, double load, long fromNs, long untilNs) {
    public Background {
        Check.that(processor >= 0, "processor", processor);
        Check.fraction(load, "load");
        Check.that(fromNs >= 0, "fromNs", fromNs);
        Check.that(untilNs > fromNs, "untilNs", untilNs);
    }
}

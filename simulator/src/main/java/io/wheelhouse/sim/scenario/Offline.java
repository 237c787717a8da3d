package io.wheelhouse.sim.scenario;

/** A processor that is not there during [fromNs, untilNs): it serves nothing, and wakes up for nothing. */
public record Offline(int processor, long fromNs, long untilNs) {
    public Offline {
        Check.that(processor >= 0, "processor", processor);
        Check.that(fromNs >= 0, "fromNs", fromNs);
        Check.that(untilNs > fromNs, "untilNs", untilNs);
    }
}

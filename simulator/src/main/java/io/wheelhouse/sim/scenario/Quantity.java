package io.wheelhouse.sim.scenario;

/** A kind of number, with the base unit that the records hold. */
public enum Quantity {
    /** Nanoseconds. */
    DURATION("a duration", "such as 200ms (ns, us, ms, s, min, h, d)"),
    /** Bytes. */
    SIZE("a size", "such as 600B (B, KB, MB, GB, KiB, MiB, GiB)"),
    /** A number of things. */
    COUNT("a count", "such as 200k (k, M, G)"),
    /** A part of a whole. */
    FRACTION("a fraction", "such as 5% or 0.05"),
    /** Times a second. */
    RATE("a rate", "such as 10k/s (/s, k/s, M/s)"),
    /** Bits a second. */
    BIT_RATE("a bit rate", "such as 1Mbit/s (bit/s, kbit/s, Mbit/s, Gbit/s)"),
    /** A number without a unit. */
    NUMBER("a number", "such as 0.5");

    private final String description;
    private final String form;

    Quantity(String description, String form) {
        this.description = description;
        this.form = form;
    }

    /** What it is, with an article. */
    String description() {
        return description;
    }

    /** How it is written. */
    String form() {
        return form;
    }
}

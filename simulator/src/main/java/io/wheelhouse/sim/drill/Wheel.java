package io.wheelhouse.sim.drill;

import io.wheelhouse.tcp.SoloSetup;
import java.util.List;

/** What fires the modeled end's timers. */
public enum Wheel {
    /** Timers that fire at their own instant. */
    EXACT("exact"),
    /** A wheel of the Linux kernel's shape at 250 ticks a second, which rounds up. */
    LINUX_HZ250("linux-hz250");

    private static final int HZ = 250;

    private final String key;

    Wheel(String key) {
        this.key = key;
    }

    /** The names, as on the command line. */
    public static List<String> keys() {
        return List.of(EXACT.key, LINUX_HZ250.key);
    }

    /** The name, as on the command line. */
    public String key() {
        return key;
    }

    @Override
    public String toString() {
        return key;
    }

    SoloSetup on(SoloSetup setup) {
        return this == EXACT ? setup.exactTimers() : setup.kernelWheel(HZ);
    }
}

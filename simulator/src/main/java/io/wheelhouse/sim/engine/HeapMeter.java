package io.wheelhouse.sim.engine;

import java.lang.management.ManagementFactory;

/** Weighs what is reachable on the heap. */
final class HeapMeter {
    private HeapMeter() {}

    /** Bytes in use after a full collection, which it asks for. */
    static long usedBytes() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

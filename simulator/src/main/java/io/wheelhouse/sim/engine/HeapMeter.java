package io.wheelhouse.sim.engine;

import java.lang.management.ManagementFactory;

/** Weighs what is reachable on the heap. */
final class HeapMeter {
    private HeapMeter() {}

    /**
     * What others clean up after themselves takes more than one; and the serial collector, to save time, leaves holes in
     * three of four.
     */
    private static final int COLLECTIONS = 4;

    /** Bytes in use after full collections, which it asks for. */
    static long usedBytes() {
        long usedBytes = Long.MAX_VALUE;
        for (int i = 0; i < COLLECTIONS; i++) {
            usedBytes = Math.min(usedBytes, afterCollection());
        }
        return usedBytes;
    }

    private static long afterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

package io.wheelhouse.sim.engine;

import java.lang.management.ManagementFactory;

/** Weighs what is reachable on the heap. */
final class HeapMeter {
    private HeapMeter() {}

    private static final int COLLECTIONS_MAX = 4;

    /** Bytes in use after full collections, which it asks for: what others clean up after themselves takes more than one. */
    static long usedBytes() {
        long usedBytes = afterCollection();
        for (int i = 1; i < COLLECTIONS_MAX; i++) {
            long nowBytes = afterCollection();
            if (nowBytes >= usedBytes) {
                break;
            }
            usedBytes = nowBytes;
        }
        return usedBytes;
    }

    private static long afterCollection() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

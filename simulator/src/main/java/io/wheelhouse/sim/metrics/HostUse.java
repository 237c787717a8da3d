package io.wheelhouse.sim.metrics;

import org.jspecify.annotations.Nullable;

/**
 * What a run took of the machine that it ran on. Different each time, so it is kept out of everything that must not be.
 *
 * @param threads host threads that ran processors
 * @param wallNs time that passed on the clock
 * @param cpuNs processor time used, of all threads of the run
 * @param heapBytes what the run holds on the heap at its end; 0 if that was not measured
 * @param connections TCP connections that are there at its end
 * @param live what a live run shows besides; null where time was virtual
 */
public record HostUse(
        int threads,
        long wallNs,
        long cpuNs,
        long heapBytes,
        long connections,
        @Nullable LiveUse live) {

    /** What a run in virtual time took. */
    public HostUse(int threads, long wallNs, long cpuNs, long heapBytes, long connections) {
        this(threads, wallNs, cpuNs, heapBytes, connections, null);
    }

    /**
     * Heap of the run, the part that does not depend on the number of connections included, a connection; 0 if it was not
     * measured. What one connection more costs is the slope between two runs.
     */
    public double bytesPerConnection() {
        return connections == 0 ? 0 : (double) heapBytes / connections;
    }
}

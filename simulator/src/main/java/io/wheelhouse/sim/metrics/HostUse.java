package io.wheelhouse.sim.metrics;

/**
 * What a run took of the machine that it ran on. Different each time, so it is kept out of everything that must not be.
 *
 * @param threads host threads that ran processors
 * @param wallNs time that passed on the clock
 * @param cpuNs processor time used, of all threads of the run
 */
public record HostUse(int threads, long wallNs, long cpuNs) {}

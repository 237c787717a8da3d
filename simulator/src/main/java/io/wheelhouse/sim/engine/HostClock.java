package io.wheelhouse.sim.engine;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/** Measures what a run takes of the host. The only place of the virtual engine that reads a real clock. */
public final class HostClock {
    private final long startNs;
    private final long startCpuNs;

    private HostClock(long startNs, long startCpuNs) {
        this.startNs = startNs;
        this.startCpuNs = startCpuNs;
    }

    public static HostClock start() {
        return new HostClock(System.nanoTime(), processCpuNs());
    }

    /** Time that has passed since the start. */
    public long wallNs() {
        return System.nanoTime() - startNs;
    }

    /** Processor time that the process has used since the start. */
    public long cpuNs() {
        return processCpuNs() - startCpuNs;
    }

    /** Processor time that the calling thread has used; what has passed since the start where the JVM cannot tell. */
    public long threadCpuNs() {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        return threads.isCurrentThreadCpuTimeSupported() ? threads.getCurrentThreadCpuTime() : wallNs();
    }

    /** Processor time of the whole process; 0 where the JVM cannot tell. */
    private static long processCpuNs() {
        return ManagementFactory.getOperatingSystemMXBean() instanceof com.sun.management.OperatingSystemMXBean bean
                ? Math.max(0, bean.getProcessCpuTime())
                : 0;
    }
}

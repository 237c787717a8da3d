package io.wheelhouse.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.wheelhouse.bench.work.Work;
import java.lang.management.ManagementFactory;

/**
 * Measures rounds of a workload on the calling thread: processor time, clock time, bytes allocated. What reading the
 * clocks itself takes is measured once and taken off.
 */
final class Meter {
    private static final int CALIBRATIONS = 5_000;

    private final ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
    private final long emptyCpuNs;
    private final long emptyBytes;

    private long cpuNs;
    private long wallNs;
    private long processNs;
    private long bytes;

    Meter() {
        for (int count = 0; count < CALIBRATIONS; count++) {
            measure(() -> 0);
        }
        clear();
        for (int count = 0; count < CALIBRATIONS; count++) {
            measure(() -> 0);
        }
        this.emptyCpuNs = cpuNs / CALIBRATIONS;
        this.emptyBytes = bytes / CALIBRATIONS;
    }

    /** Runs passes until the structure is as it will stay, at most for {@code settleNs}, and at least for {@code warmNs}. */
    void settle(Work work, long warmNs, long settleNs) {
        clear();
        for (int pass = 0; cpuNs < warmNs || (pass < work.passesToSettle() && cpuNs < settleNs); pass++) {
            work.prepare();
            measure(work::pass);
        }
    }

    /**
     * Runs whole rounds of passes for {@code targetNs} of processor time, at least one; at {@code budgetNs} the round is
     * cut.
     */
    Round round(Work work, long targetNs, long budgetNs) {
        clear();
        long operations = 0;
        int passes = 0;
        int wanted = work.passesOfRound();
        do {
            work.prepare();
            operations += measure(work::pass);
            passes++;
        } while (cpuNs < budgetNs && (passes % wanted != 0 || cpuNs < targetNs));
        return new Round(
                operations,
                Math.max(0, cpuNs - passes * emptyCpuNs),
                wallNs,
                processNs,
                Math.max(0, bytes - passes * emptyBytes),
                passes < wanted);
    }

    private void clear() {
        cpuNs = 0;
        wallNs = 0;
        processNs = 0;
        bytes = 0;
    }

    private interface Pass {
        long run();
    }

    private long measure(Pass pass) {
        long startProcessNs = system.getProcessCpuTime();
        long startWallNs = System.nanoTime();
        long startBytes = threads.getCurrentThreadAllocatedBytes();
        long startCpuNs = threads.getCurrentThreadCpuTime();
        long operations = pass.run();
        cpuNs += threads.getCurrentThreadCpuTime() - startCpuNs;
        bytes += threads.getCurrentThreadAllocatedBytes() - startBytes;
        wallNs += System.nanoTime() - startWallNs;
        processNs += system.getProcessCpuTime() - startProcessNs;
        return operations;
    }
}

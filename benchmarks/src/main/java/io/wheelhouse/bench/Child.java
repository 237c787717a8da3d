package io.wheelhouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wheelhouse.bench.structure.Contender;
import io.wheelhouse.bench.work.Size;
import io.wheelhouse.bench.work.Work;
import io.wheelhouse.bench.work.Workload;
import io.wheelhouse.bench.work.Yardstick;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The measuring side: one structure, one workload, in a process of its own, so that what the compiler learnt from one
 * structure never touches another. Obeys one command a line and answers each with one line:
 *
 * <pre>
 * setup SIZE WARM_NS SETTLE_NS    ready
 * round TARGET_NS BUDGET_NS       a {@link Round}
 * drop                            bytes of heap a timer, as a difference after full collections, or NaN
 * </pre>
 */
final class Child {

    /** The name, beside the structures', of the process that measures the yardstick. */
    static final String YARDSTICK = "yardstick";

    private static final int COLLECTIONS = 3;
    private static final long FINALIZING_MS = 50;

    private final String structure;
    private final Workload workload;
    private final Meter meter = new Meter();
    private @Nullable Work work;
    private int timers;

    Child(String structure, Workload workload) {
        this.structure = structure;
        this.workload = workload;
    }

    public static void main(String[] args) throws IOException {
        PrintStream answers = System.out;
        // Whatever a library prints must not get between the answers.
        System.setOut(System.err);
        Child child = new Child(args[0], Workload.ofKey(args[1]));
        child.serve(new BufferedReader(new InputStreamReader(System.in, UTF_8)), answers);
    }

    void serve(BufferedReader commands, PrintStream answers) throws IOException {
        for (String line = commands.readLine(); line != null; line = commands.readLine()) {
            answers.print(obey(line.split(" ", -1)) + "\n");
            answers.flush();
        }
    }

    private String obey(String[] command) {
        return switch (command[0]) {
            case "setup" -> setup(Size.parse(command[1]), Long.parseLong(command[2]), Long.parseLong(command[3]));
            case "round" -> round(Long.parseLong(command[1]), Long.parseLong(command[2]));
            case "drop" -> drop();
            default -> throw new IllegalArgumentException("unknown command '" + command[0] + "'");
        };
    }

    private String setup(Size size, long warmNs, long settleNs) {
        Work made = structure.equals(YARDSTICK) ? new Yardstick() : workload.create(Contender.ofKey(structure), size);
        work = made;
        timers = size.timers();
        meter.settle(made, warmNs, settleNs);
        // Garbage of the setting up is not to be collected in the middle of a round.
        System.gc();
        return "ready";
    }

    private String round(long targetNs, long budgetNs) {
        return meter.round(Objects.requireNonNull(work, "round before setup"), targetNs, budgetNs)
                .line();
    }

    private String drop() {
        if (!workload.tellsMemory()) {
            work = null;
            return Double.toString(Double.NaN);
        }
        long withBytes = settledHeapBytes();
        work = null;
        return Double.toString((double) (withBytes - settledHeapBytes()) / timers);
    }

    /** Collected more than once, with time in between for finalizers, without which a structure may stay. */
    private static long settledHeapBytes() {
        for (int collection = 0; collection < COLLECTIONS; collection++) {
            System.gc();
            try {
                Thread.sleep(FINALIZING_MS);
            } catch (InterruptedException stop) {
                Thread.currentThread().interrupt();
            }
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}

package io.wheelhouse.bench;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The comparison as a program: prints a table for each workload and size, and one of what was aimed at and what came of it,
 * to standard output, progress to standard error.
 * What is measured, and how to read the tables: {@code docs/benchmarks.md}.
 */
public final class Compare {
    private static final int USAGE_ERROR = 2;
    private static final long NS_OF_S = 1_000_000_000;

    private final Options options;
    private final PrintStream out;
    private final PrintStream err;

    Compare(Options options, PrintStream out, PrintStream err) {
        this.options = options;
        this.out = out;
        this.err = err;
    }

    public static void main(String[] args) throws IOException {
        List<String> words = List.of(args);
        if (words.contains("--help")) {
            System.out.print(Options.USAGE);
            return;
        }
        Options options;
        try {
            options = Options.parse(words);
        } catch (IllegalArgumentException wrong) {
            System.err.print(wrong.getMessage() + "\n" + Options.USAGE);
            System.exit(USAGE_ERROR);
            return;
        }
        new Compare(options, System.out, System.err).run();
    }

    void run() throws IOException {
        long startNs = System.nanoTime();
        List<String> machine = Machine.lines();
        machine.forEach(line -> out.print(line + "\n"));
        out.print("ns: thread processor time of an operation, median of " + options.rounds()
                + " rounds, interleaved; ratio: " + "to hierarchical, median over the rounds; cut: stopped early\n");
        Map<Cell, List<Rounds>> results = new LinkedHashMap<>();
        if (options.csv().isPresent()) {
            runWithCsv(options.csv().get(), machine, results);
        } else {
            new Comparison(options, this::progress).run((cell, all) -> print(cell, all, results));
        }
        out.print(TargetReport.of(results));
        out.flush();
        progress("took " + (System.nanoTime() - startNs) / NS_OF_S + " s");
        err.print("\n");
    }

    private void runWithCsv(Path file, List<String> machine, Map<Cell, List<Rounds>> results) throws IOException {
        try (BufferedWriter csv = Files.newBufferedWriter(file)) {
            csv.write(CsvReport.head(machine));
            new Comparison(options, this::progress).run((cell, all) -> {
                print(cell, all, results);
                write(csv, CsvReport.of(cell, all));
            });
        }
    }

    private static void write(BufferedWriter csv, String text) {
        try {
            csv.write(text);
            csv.flush();
        } catch (IOException cannotWrite) {
            throw new UncheckedIOException(cannotWrite);
        }
    }

    private void print(Cell cell, List<Rounds> all, Map<Cell, List<Rounds>> results) {
        results.put(cell, all);
        out.print("\n" + TableReport.of(cell, all));
        out.flush();
    }

    private void progress(String what) {
        err.printf("\r%-70s", what);
        err.flush();
    }
}

package io.wheelhouse.bench;

import io.wheelhouse.bench.structure.Contender;
import io.wheelhouse.bench.work.Size;
import io.wheelhouse.bench.work.Workload;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * What the command line of {@link Compare} asks for.
 *
 * @param full all sizes, longer rounds; else the short form
 * @param workloads in the order of the tables
 * @param contenders in the order of the rows
 * @param onlySizes if not empty, these instead of each workload's own
 * @param rounds measurements of each structure
 * @param roundMs processor time of a measurement, at least; three times that for many timers
 * @param budgetMs processor time at which a measurement is cut
 * @param warmMs processor time before the first measurement of a process, for its compiler
 * @param settleMs processor time at most until a structure is taken as settled
 * @param csv where to write every round
 */
record Options(
        boolean full,
        List<Workload> workloads,
        List<Contender> contenders,
        List<Size> onlySizes,
        int rounds,
        long roundMs,
        long budgetMs,
        long warmMs,
        long settleMs,
        Optional<Path> csv) {

    static final String USAGE = """
            usage: java -cp benchmarks/target/benchmarks.jar io.wheelhouse.bench.Compare [options]
              --short               10k, 1M and 1,024 x 1,000 timers, five short rounds (the default)
              --full                10M timers too, seven longer rounds: hours, and a machine with 64 GB
              --workloads a,b       only these: %s
              --structures a,b      only these: %s
              --sizes a,b           these instead of each workload's own: like 10k, 1M, 1024x1000
              --rounds n            how often each is measured
              --round-ms n          processor time of a measurement, at least; three times that over 100k
              --csv FILE            every round, for other programs
            """.formatted(
            String.join(" ", Arrays.stream(Workload.values()).map(Workload::key).toList()),
            String.join(
                    " ", Arrays.stream(Contender.values()).map(Contender::key).toList()));

    private static final int MOST_ROUNDS = 1_000;
    private static final int MOST_ROUND_MS = 600_000;

    Options {
        check("--rounds", rounds, MOST_ROUNDS);
        check("--round-ms", roundMs, MOST_ROUND_MS);
    }

    private static void check(String name, long value, long most) {
        if (value < 1 || value > most) {
            throw new IllegalArgumentException(name + " " + value + " is not in 1.." + most);
        }
    }

    static Options shortForm() {
        return new Options(
                false,
                List.of(Workload.values()),
                List.of(Contender.values()),
                List.of(),
                5,
                40,
                200,
                300,
                2_000,
                Optional.empty());
    }

    static Options fullForm() {
        return new Options(
                true,
                List.of(Workload.values()),
                List.of(Contender.values()),
                List.of(),
                7,
                500,
                30_000,
                1_000,
                30_000,
                Optional.empty());
    }

    /** Reads a command line; what is wrong with it is an {@link IllegalArgumentException}. */
    static Options parse(List<String> args) {
        Options options = args.contains("--full") ? fullForm() : shortForm();
        Iterator<String> words = args.iterator();
        while (words.hasNext()) {
            String name = words.next();
            if (name.equals("--short") || name.equals("--full")) {
                continue;
            }
            if (!words.hasNext()) {
                throw new IllegalArgumentException("unknown option, or no value for it: '" + name + "'");
            }
            options = options.with(name, words.next());
        }
        return options;
    }

    private Options with(String name, String value) {
        return switch (name) {
            case "--workloads" ->
                withWorkloads(list(value).stream().map(Workload::ofKey).toList());
            case "--structures" ->
                withContenders(list(value).stream().map(Contender::ofKey).toList());
            case "--sizes" -> withSizes(list(value).stream().map(Size::parse).toList());
            case "--rounds" -> withRounds(number(name, value), roundMs);
            case "--round-ms" -> withRounds(rounds, number(name, value));
            case "--csv" -> withCsv(Path.of(value));
            default -> throw new IllegalArgumentException("unknown option '" + name + "'");
        };
    }

    private static List<String> list(String value) {
        return List.of(value.split(",", -1));
    }

    private static int number(String name, String value) {
        try {
            return Integer.parseInt(value);
        } catch (NumberFormatException notOne) {
            throw new IllegalArgumentException(name + " '" + value + "' is not a whole number", notOne);
        }
    }

    private Options withWorkloads(List<Workload> only) {
        return new Options(full, only, contenders, onlySizes, rounds, roundMs, budgetMs, warmMs, settleMs, csv);
    }

    private Options withContenders(List<Contender> only) {
        return new Options(full, workloads, only, onlySizes, rounds, roundMs, budgetMs, warmMs, settleMs, csv);
    }

    private Options withSizes(List<Size> only) {
        return new Options(full, workloads, contenders, only, rounds, roundMs, budgetMs, warmMs, settleMs, csv);
    }

    private Options withRounds(int newRounds, long newRoundMs) {
        return new Options(
                full, workloads, contenders, onlySizes, newRounds, newRoundMs, budgetMs, warmMs, settleMs, csv);
    }

    private Options withCsv(Path file) {
        return new Options(
                full, workloads, contenders, onlySizes, rounds, roundMs, budgetMs, warmMs, settleMs, Optional.of(file));
    }

    List<Size> sizes(Workload workload) {
        if (!onlySizes.isEmpty()) {
            return onlySizes;
        }
        return full ? workload.allSizes() : workload.shortSizes();
    }
}

package io.wheelhouse.timer.mutants;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** Runs {@link SuiteMain} as a process, so that a structure which never comes back can be ended. */
final class SuiteProcess {
    /** Operations of the differential test, in all. */
    private static final int FUZZ_OPERATIONS = 200_000;

    /**
     * What came of it.
     *
     * @param tests how many were started
     * @param failed the names of those that failed
     * @param ended whether all of them came to an end in time
     * @param lastStarted the test that was running where they did not
     */
    record Outcome(int tests, List<String> failed, boolean ended, String lastStarted, Duration took) {}

    private SuiteProcess() {}

    static String classPath() {
        return System.getProperty("java.class.path");
    }

    /** Runs the suite with the classes of that folder in front of the unmutated ones. */
    static Outcome run(Path mutatedClasses, Duration limit) throws IOException, InterruptedException {
        Path log = Files.createTempFile(mutatedClasses, "suite", ".log");
        long startNs = System.nanoTime();
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-ea",
                        "-Xmx1g",
                        "-XX:+UseSerialGC",
                        "-Dwheelhouse.fuzz.operations=" + FUZZ_OPERATIONS,
                        "-cp",
                        mutatedClasses + File.pathSeparator + classPath(),
                        SuiteMain.class.getName())
                .redirectErrorStream(true)
                .redirectOutput(log.toFile())
                .start();
        try {
            process.waitFor(limit.toMillis(), TimeUnit.MILLISECONDS);
        } finally {
            process.destroyForcibly().waitFor();
        }
        return read(Files.readAllLines(log), Duration.ofNanos(System.nanoTime() - startNs));
    }

    private static Outcome read(List<String> lines, Duration took) {
        int started = 0;
        String lastStarted = "";
        List<String> failed = new ArrayList<>();
        boolean ended = false;
        for (String line : lines) {
            String[] cells = line.split("\t", 3);
            if (cells[0].equals(SuiteMain.STARTED)) {
                started++;
                lastStarted = cells[1];
            } else if (cells[0].equals(SuiteMain.FAILED)) {
                failed.add(cells[1]);
            } else if (cells[0].equals(SuiteMain.ENDED)) {
                ended = Integer.parseInt(cells[1]) == started;
            }
        }
        return new Outcome(started, failed, ended, lastStarted, took);
    }
}

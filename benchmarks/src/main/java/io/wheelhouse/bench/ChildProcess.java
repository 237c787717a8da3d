package io.wheelhouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.wheelhouse.bench.work.Size;
import io.wheelhouse.bench.work.Workload;
import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** The asking side of a {@link Child}: starts its process, and ends it on close. */
final class ChildProcess implements AutoCloseable {

    /** A child has ended, or answered with something else than it should; the message has what it said last. */
    static final class Failure extends RuntimeException {
        private static final long serialVersionUID = 1L;

        Failure(String message) {
            super(message);
        }
    }

    private static final long PATIENCE_S = 10;

    private final String structure;
    private final Path errors;
    private final Process process;
    private final BufferedWriter commands;
    private final BufferedReader answers;

    ChildProcess(String structure, Workload workload, int heapMiB) {
        this.structure = structure;
        try {
            this.errors = Files.createTempFile("wheelhouse-bench", ".err");
            this.process = new ProcessBuilder(command(structure, workload, heapMiB))
                    .redirectError(errors.toFile())
                    .start();
        } catch (IOException cannotStart) {
            throw new UncheckedIOException(cannotStart);
        }
        this.commands = new BufferedWriter(new OutputStreamWriter(process.getOutputStream(), UTF_8));
        this.answers = new BufferedReader(new InputStreamReader(process.getInputStream(), UTF_8));
    }

    private static List<String> command(String structure, Workload workload, int heapMiB) {
        return List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xms" + heapMiB + "m",
                "-Xmx" + heapMiB + "m",
                "-XX:+UseParallelGC",
                "-cp",
                System.getProperty("java.class.path"),
                Child.class.getName(),
                structure,
                workload.key());
    }

    void setup(Size size, long warmNs, long settleNs) {
        ask("setup " + size + " " + warmNs + " " + settleNs);
    }

    Round round(long targetNs, long budgetNs) {
        return Round.parse(ask("round " + targetNs + " " + budgetNs));
    }

    /** Lets go of the structure, and answers the bytes of heap a timer that it took. */
    double drop() {
        return Double.parseDouble(ask("drop"));
    }

    private String ask(String question) {
        try {
            commands.write(question + "\n");
            commands.flush();
            String answer = answers.readLine();
            if (answer == null) {
                throw new Failure(structure + " ended at '" + question + "': " + lastError());
            }
            return answer;
        } catch (IOException broken) {
            throw new Failure(structure + " ended at '" + question + "': " + lastError());
        }
    }

    /** Virtual machines and libraries print warnings too: what says that it is an error comes first. */
    private String lastError() {
        try {
            List<String> lines = Files.readAllLines(errors);
            return lines.stream()
                    .filter(line -> line.contains("Error") || line.contains("Exception"))
                    .findFirst()
                    .orElse(lines.isEmpty() ? "nothing said" : lines.get(0));
        } catch (IOException unreadable) {
            return unreadable.toString();
        }
    }

    /** The end of its commands ends the child; one that does not end is killed. */
    @Override
    public void close() {
        try {
            commands.close();
        } catch (IOException alreadyGone) {
            process.destroy();
        }
        try {
            if (!process.waitFor(PATIENCE_S, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
            Files.deleteIfExists(errors);
        } catch (InterruptedException interrupted) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        } catch (IOException notDeleted) {
            errors.toFile().deleteOnExit();
        }
    }
}

package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.engine.EngineCatalogs;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** The program in the tests' own process: gives it arguments, and keeps what the last call printed. */
final class TestConsole {
    /** For commands that run nothing. */
    static final Engine NO_ENGINE = (scenario, threads, listener, cancelled) -> {
        throw new AssertionError("no run was asked for");
    };

    private final Engine engine;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();

    TestConsole(Engine engine) {
        this.engine = engine;
    }

    /** Runs where nobody looks: neither stream is a terminal. */
    int run(String... arguments) {
        return run(false, Map.of(), arguments);
    }

    int run(boolean terminal, Map<String, String> environment, String... arguments) {
        out.reset();
        err.reset();
        Console console = new Console(
                new PrintStream(out, true, StandardCharsets.UTF_8),
                new PrintStream(err, true, StandardCharsets.UTF_8),
                terminal,
                terminal,
                environment,
                "./wheelhouse");
        return new App(console, EngineCatalogs.all(), engine).run(arguments);
    }

    String out() {
        return out.toString(StandardCharsets.UTF_8);
    }

    String err() {
        return err.toString(StandardCharsets.UTF_8);
    }
}

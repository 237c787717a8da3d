package io.wheelhouse.sim.cli;

import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/** The option {@code --threads}, which several commands have. */
final class HostThreadsOption {
    private HostThreadsOption() {}

    /** How many host threads: what was given, or all there are. */
    static int value(CommandSpec spec, @Nullable Integer threads) {
        if (threads == null) {
            return Runtime.getRuntime().availableProcessors();
        }
        if (threads < 1) {
            throw new ParameterException(spec.commandLine(), "--threads must be 1 or more: " + threads);
        }
        return threads;
    }
}

package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.live.Idle;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** What a timer thread does while it has nothing to do, by name. */
final class IdleOption {
    @Spec(Spec.Target.MIXEE)
    private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--idle",
            paramLabel = "STRATEGY",
            description = "What a timer thread does while it has nothing to do: park (the default), busy-spin, yield,"
                    + " backoff or sleep.")
    private String idle = Idle.PARK.key();

    Idle strategy() {
        return Arrays.stream(Idle.values())
                .filter(known -> known.key().equals(idle.toLowerCase(Locale.ROOT)))
                .findFirst()
                .orElseThrow(() -> new ParameterException(
                        spec.commandLine(),
                        "--idle must be one of "
                                + Arrays.stream(Idle.values()).map(Idle::key).collect(Collectors.joining(", ")) + ": "
                                + idle));
    }
}

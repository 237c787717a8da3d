package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.live.Idle;
import io.wheelhouse.sim.live.LiveEngine;
import io.wheelhouse.sim.live.LiveOptions;
import io.wheelhouse.sim.scenario.ScenarioException;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code wheelhouse live}: the same scenario on real threads and the real clock. */
@Command(
        name = "live",
        description = "Run a scenario live: a thread of this machine for each processor, the real clock,"
                + " and modeled service times spent by spinning.",
        mixinStandardHelpOptions = true)
final class LiveCommand implements Callable<Integer> {
    private static final long NS_PER_MS = 1_000_000;
    private static final int LONGEST_MOVE_PERIOD_MS = 3_600_000;

    private final Console console;
    private final Scenarios scenarios;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Mixin
    private SingleRun single = new SingleRun();

    @Mixin
    private IdleOption idle = new IdleOption();

    @Option(
            names = "--move-every",
            paramLabel = "MS",
            description = "Hand a bucket over every so many milliseconds, whatever the scenario's policy says.")
    private @Nullable Integer moveEveryMs;

    @Option(names = "--oversubscribe", description = "Run even if there are more processors than cores.")
    private boolean oversubscribe;

    LiveCommand(Console console, Scenarios scenarios) {
        this.console = console;
        this.scenarios = scenarios;
    }

    @Override
    public Integer call() throws ScenarioException, IOException {
        Idle strategy = idle.strategy();
        long moveEveryNs = moveEveryNs();
        return single.run(
                console,
                scenarios,
                new NextCommand.Like("live", ownOptions(strategy)),
                (scenario, listener, cancelled) -> LiveEngine.run(
                        scenario, new LiveOptions(strategy, moveEveryNs, oversubscribe, listener, cancelled)));
    }

    /** Those that another run like this one needs; its moves are left to the policy. */
    private List<String> ownOptions(Idle strategy) {
        List<String> options = new ArrayList<>();
        if (strategy != Idle.PARK) {
            options.add("--idle " + strategy.key());
        }
        if (oversubscribe) {
            options.add("--oversubscribe");
        }
        return options;
    }

    private long moveEveryNs() {
        if (moveEveryMs == null) {
            return 0;
        }
        if (moveEveryMs < 1 || moveEveryMs > LONGEST_MOVE_PERIOD_MS) {
            throw new ParameterException(
                    spec.commandLine(), "--move-every must be 1 to " + LONGEST_MOVE_PERIOD_MS + " ms: " + moveEveryMs);
        }
        return moveEveryMs * NS_PER_MS;
    }
}

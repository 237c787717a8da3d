package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.scenario.Setting;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What every command that takes a scenario lets one put in place of the file's values. */
final class Overrides {
    private static final String SET = "--set";
    private static final String SEED = "--seed";

    @Option(
            names = SET,
            paramLabel = "KEY=VALUE",
            description = "Set a key for this run, as host.tick=none; repeatable.")
    private List<String> assignments = new ArrayList<>();

    @Option(
            names = SEED,
            paramLabel = "N",
            description = "Use this seed instead of the file's; a sweep counts up from it.")
    private @Nullable Long seed;

    /** As the scenario's reader takes them, the seed last. */
    List<Setting> settings() {
        List<Setting> all = new ArrayList<>();
        assignments.forEach(assignment -> all.add(new Setting(SET, assignment)));
        if (seed != null) {
            all.add(new Setting(SEED, "seed=" + seed));
        }
        return all;
    }

    /** The values of {@code --set}. */
    List<String> assignments() {
        return assignments;
    }

    @Nullable
    Long seed() {
        return seed;
    }
}

package io.wheelhouse.sim.scenario;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reads scenario files, strictly: what it does not know, it refuses, with the place, the reason and what was probably
 * meant; and it reports all the problems of a file at once.
 *
 * <pre>{@code
 * Scenario scenario = new ScenarioReader(catalogs).read(file, List.of(new Setting("--set", "seed=7")));
 * }</pre>
 *
 * <p>Immutable; any thread. Reading takes time in proportion to the size of the file, which is at most 1 MiB.
 */
public final class ScenarioReader {
    private final Catalogs catalogs;

    /** A reader that knows the names in those catalogs. */
    public ScenarioReader(Catalogs catalogs) {
        this.catalogs = Objects.requireNonNull(catalogs, "catalogs");
    }

    /**
     * Reads a file.
     *
     * @param settings what the command line puts in place of the file's values, in order
     * @throws ScenarioException with everything that is wrong with the file or the settings
     */
    public Scenario read(Path file, List<Setting> settings) throws ScenarioException {
        String source = file.toString();
        Problems problems = new Problems();
        return read(source, TextFile.read(file, source, "a scenario file", problems), settings, problems);
    }

    /**
     * Reads a text.
     *
     * @param source what messages should call the text
     * @param settings what the command line puts in place of the text's values, in order
     * @throws ScenarioException with everything that is wrong with the text or the settings
     */
    public Scenario read(String source, String text, List<Setting> settings) throws ScenarioException {
        Problems problems = new Problems();
        return read(source, TextFile.limit(text, source, problems), settings, problems);
    }

    private Scenario read(String source, @Nullable String text, List<Setting> settings, Problems problems)
            throws ScenarioException {
        Yaml file = text == null ? null : YamlParser.parseFile(source, text, problems);
        if (file == null) {
            throw problems.asException(source);
        }
        Yaml tree = new Settings(problems).apply(file, settings);
        Scope around = Scope.outermost(problems, catalogs, tree.at());
        Scenario scenario = ScenarioTable.TYPE.read(tree, around);
        if (scenario == null || problems.found() > 0) {
            throw problems.asException(source);
        }
        return scenario;
    }
}

package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.scenario.Catalogs;
import io.wheelhouse.sim.scenario.Position;
import io.wheelhouse.sim.scenario.Problem;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioReader;
import io.wheelhouse.sim.scenario.Setting;
import io.wheelhouse.sim.scenario.Suggestions;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds scenarios by what the user calls them: the path of a file, or a name of the gallery. A file comes first. */
final class Scenarios {
    private final ScenarioReader reader;

    Scenarios(Catalogs catalogs) {
        reader = new ScenarioReader(catalogs);
    }

    /**
     * Reads a scenario.
     *
     * @throws ScenarioException with everything that is wrong with it, or because there is none such
     */
    Scenario read(String pathOrName, List<Setting> settings) throws ScenarioException {
        Path path = Path.of(pathOrName);
        if (Files.exists(path)) {
            return reader.read(path, settings);
        }
        String text = Gallery.text(pathOrName);
        if (text != null) {
            return reader.read(Gallery.source(pathOrName), text, settings);
        }
        throw new ScenarioException(List.of(notFound(pathOrName)));
    }

    /** Reads a scenario of the gallery. */
    Scenario gallery(String name) throws ScenarioException {
        String text = Gallery.text(name);
        if (text == null) {
            throw new ScenarioException(List.of(notFound(name)));
        }
        return reader.read(Gallery.source(name), text, List.of());
    }

    static Problem notFound(String pathOrName) {
        List<String> names = Gallery.names();
        @Nullable String nearest = Suggestions.nearest(baseName(pathOrName), names);
        String help = nearest == null
                ? "the gallery has " + String.join(", ", names)
                : "did you mean " + nearest + " of the gallery?";
        return new Problem(Position.whole(pathOrName), "no such file or scenario of the gallery; " + help);
    }

    /** The name that a path ends with, without its suffix. */
    private static String baseName(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1);
        int dot = name.indexOf('.');
        return dot > 0 ? name.substring(0, dot) : name;
    }
}

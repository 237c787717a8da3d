package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.TextFile;
import java.nio.file.Path;

/** Reads scripts from files. */
public final class ScriptFile {
    private ScriptFile() {}

    /**
     * Reads a script.
     *
     * @throws ScenarioException that says all that is wrong with it, or that there is no such text
     */
    public static Script read(Path file) throws ScenarioException {
        String source = file.toString();
        Script script = Script.parse(TextFile.read(file, "a script"), source);
        if (!script.problems().isEmpty()) {
            throw new ScenarioException(script.problems());
        }
        return script;
    }
}

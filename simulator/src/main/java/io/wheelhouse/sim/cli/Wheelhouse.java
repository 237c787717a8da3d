package io.wheelhouse.sim.cli;

import io.wheelhouse.sim.engine.EngineCatalogs;
import io.wheelhouse.sim.engine.EngineOptions;
import io.wheelhouse.sim.engine.VirtualEngine;

/** The program. */
public final class Wheelhouse {
    private Wheelhouse() {}

    /** Does what the arguments say, and ends the process. */
    public static void main(String[] arguments) {
        App app = new App(
                Console.ofProcess(),
                EngineCatalogs.all(),
                (scenario, threads, listener, cancelled) ->
                        VirtualEngine.run(scenario, new EngineOptions(threads, listener, cancelled)));
        System.exit(app.run(arguments));
    }
}

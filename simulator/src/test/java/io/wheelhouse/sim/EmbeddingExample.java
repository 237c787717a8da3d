package io.wheelhouse.sim;

import io.wheelhouse.sim.engine.EngineCatalogs;
import io.wheelhouse.sim.engine.EngineOptions;
import io.wheelhouse.sim.engine.VirtualEngine;
import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.Lateness;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioReader;
import io.wheelhouse.sim.scenario.Setting;
import io.wheelhouse.tcp.TcpTimer;
import java.nio.file.Path;
import java.util.List;

/** The README's example of embedding the simulator, word for word between the two marks. */
final class EmbeddingExample {
    private EmbeddingExample() {}

    static RunResult run(Path file) throws ScenarioException {
        // README begins
        ScenarioReader reader = new ScenarioReader(EngineCatalogs.all());
        for (String policy : List.of("static", "proportional")) {
            Scenario scenario = reader.read(file, List.of(new Setting("--set", "assigner.policy=" + policy)));
            RunResult result = VirtualEngine.run(scenario, EngineOptions.quiet(2));
            Lateness rto = result.timer(Lane.of(TcpTimer.RTO)).orElseThrow().lateness();
            System.out.printf("%s: p99 %d ns late, mostly %s%n", policy, rto.atPercentileNs(99), rto.mainCauseAtP99());
        }
        // README ends
        return VirtualEngine.run(reader.read(file, List.of()), EngineOptions.quiet(2));
    }
}

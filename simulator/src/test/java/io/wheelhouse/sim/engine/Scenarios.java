package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioException;
import io.wheelhouse.sim.scenario.ScenarioReader;
import io.wheelhouse.sim.scenario.Setting;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** Scenarios for tests of the engine: small ones as text, and the gallery's, made smaller. */
final class Scenarios {
    /** A gallery scenario, seen from the module's folder, where tests run. */
    private static final Path GALLERY = Path.of("..", "scenarios");

    private Scenarios() {}

    /** A few hundred requests and answers on four processors, each of which in turn has other work, under an active assigner. */
    static final String BUSY = """
            name: busy
            seed: 3
            duration: 2s
            host:
              processors: 4
              tick: 4ms
              background:
                - {processor: 0, load: 40%, from: 0s, to: 500ms}
                - {processor: 1, load: 40%, from: 500ms, to: 1s}
                - {processor: 2, load: 40%, from: 1s, to: 1500ms}
                - {processor: 3, load: 40%, from: 1500ms, to: 2s}
            hash: {function: toeplitz, buckets: 64}
            timers:
              structure: coalescing
              shape: {granule: 4ms}
              entries: as-stack
            queueing: {discipline: drr, quantum: 20us}
            assigner: {policy: proportional, index: deficit, interval: 50ms, damping: 0.5, dead-band: 0%}
            tcp: {profile: linux}
            connections:
              - name: web
                count: 400
                arrivals: {uniform: 200ms}
                opened-by: remote
                traffic:
                  kind: request-response
                  think: {exponential: {mean: 20ms}}
                  request: 200B
                  response: {lognormal: {median: 4KiB, sigma: 1.0}}
                path: {delay: {lognormal: {median: 5ms, sigma: 0.5}}, loss: 2%}
            output: {interval: 100ms}
            """;

    static Scenario of(String text, String... settings) {
        try {
            return new ScenarioReader(EngineCatalogs.all()).read("test.yaml", text, list(settings));
        } catch (ScenarioException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    static Scenario gallery(String name, String... settings) {
        try {
            return new ScenarioReader(EngineCatalogs.all()).read(GALLERY.resolve(name + ".yaml"), list(settings));
        } catch (ScenarioException e) {
            throw new AssertionError(e.getMessage(), e);
        }
    }

    private static List<Setting> list(String... settings) {
        return Arrays.stream(settings)
                .map(setting -> new Setting("--set", setting))
                .toList();
    }
}

package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.report.ProgramInfo;
import io.wheelhouse.sim.report.ResultFolder;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.ScenarioWriter;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The files of a run are the same to the byte on any number of host threads; all but host.json, which is of the host. */
class ResultFilesTest {

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {"rto-storm   | duration=14s, connections.phones.count=4000", "skewed-load | duration=3s, warmup=1s"
            })
    void areTheSameOnAnyNumberOfThreads(String name, String settings, @TempDir Path folder) throws IOException {
        Scenario scenario = Scenarios.gallery(name, (settings + ", expect=[]").split(", ", -1));
        Map<String, String> one = filesOf(scenario, 1, folder);
        assertThat(one).containsKeys("summary.json", "moves.csv", "assignments.csv", "timeseries.csv", "lateness.hlog");
        assertThat(filesOf(scenario, 2, folder)).isEqualTo(one);
        assertThat(filesOf(scenario, 4, folder)).isEqualTo(one);
    }

    private static Map<String, String> filesOf(Scenario scenario, int threads, Path folder) throws IOException {
        Path out = folder.resolve("on-" + threads);
        try (ResultFolder results = ResultFolder.create(out, scenario.host().processors())) {
            RunResult result = VirtualEngine.run(scenario, new EngineOptions(threads, results.listener(), () -> false));
            results.finish(result, ScenarioWriter.write(scenario), ProgramInfo.current());
        }
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.list(out)) {
            for (Path file : files.toList()) {
                if (!file.endsWith("host.json")) {
                    // byte for byte: Latin-1 has a character for each
                    contents.put(file.getFileName().toString(), Files.readString(file, StandardCharsets.ISO_8859_1));
                }
            }
        }
        return contents;
    }
}

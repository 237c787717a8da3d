package io.wheelhouse.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** The launcher, in a house of its own that is built already, with a java that prints what it was called with. */
@EnabledOnOs({OS.LINUX, OS.MAC})
class LauncherTest {
    private static final Path LAUNCHER = Path.of("../wheelhouse");

    @TempDir
    Path house;

    @BeforeEach
    void furnish() throws IOException {
        Files.copy(LAUNCHER, house.resolve("wheelhouse"));
        for (String module : List.of("timer-core", "tcp-model", "simulator")) {
            Files.createDirectories(house.resolve(module).resolve("src/main"));
            Files.createFile(house.resolve(module).resolve("pom.xml"));
        }
        Files.createDirectory(house.resolve("scenarios"));
        Files.createFile(house.resolve("pom.xml"));
        java("17.0.1");
        // last, so that nothing is newer
        Files.createDirectories(house.resolve("simulator/target"));
        Files.createFile(house.resolve("simulator/target/wheelhouse.jar"));
    }

    private void java(String version) throws IOException {
        Path java = Files.createDirectories(house.resolve("jdk/bin")).resolve("java");
        Files.writeString(java, """
                #!/bin/sh
                if [ "$1" = -version ]; then
                    echo 'openjdk version "%s" 2021-10-19' >&2
                    exit 0
                fi
                printf '%%s\\n' "$@"
                """.formatted(version));
        assertThat(java.toFile().setExecutable(true)).isTrue();
    }

    private List<String> launch(Map<String, String> environment, String... arguments)
            throws IOException, InterruptedException {
        ProcessBuilder builder =
                new ProcessBuilder("/bin/sh", house.resolve("wheelhouse").toString());
        builder.command().addAll(List.of(arguments));
        builder.environment().keySet().removeIf(name -> name.startsWith("WHEELHOUSE_"));
        builder.environment().put("JAVA_HOME", house.resolve("jdk").toString());
        builder.environment().putAll(environment);
        Process process = builder.redirectErrorStream(true).start();
        String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        process.waitFor();
        return out.lines().toList();
    }

    private String jar() throws IOException {
        return house.toRealPath().resolve("simulator/target/wheelhouse.jar").toString();
    }

    @Test
    void startsTheProgramWithItsArgumentsAsTheyAre() throws IOException, InterruptedException {
        List<String> called = launch(Map.of(), "run", "a file.yaml", "--set", "description=$HOME");
        assertThat(called)
                .endsWith(
                        "-cp",
                        jar(),
                        "io.wheelhouse.sim.cli.Wheelhouse",
                        "run",
                        "a file.yaml",
                        "--set",
                        "description=$HOME")
                .contains("-ea:io.wheelhouse...", "-XX:MaxRAMPercentage=60");
    }

    @Test
    void takesOptionsOfTheJvmAndJarsOfOnesOwn() throws IOException, InterruptedException {
        Map<String, String> given = Map.of(
                "WHEELHOUSE_JAVA_OPTS", "-Xmx1g -Xss1m",
                "WHEELHOUSE_CLASSPATH", "my policy.jar:other.jar");
        assertThat(launch(given, "list"))
                .containsSubsequence("-Xmx1g", "-Xss1m", "-cp", jar() + ":my policy.jar:other.jar")
                .endsWith("list");
    }

    @Test
    void refusesAnOldJava() throws IOException, InterruptedException {
        java("11.0.2");
        assertThat(launch(Map.of(), "list"))
                .singleElement()
                .asString()
                .contains("is Java 11.0.2; Wheelhouse needs 17 or newer");
    }
}

package io.wheelhouse.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Stream;

/** Where and when: what a figure is worth nothing without. */
final class Machine {
    private static final Path CPU_INFO = Path.of("/proc/cpuinfo");

    private Machine() {}

    /** Lines of the kind {@code name: value}. */
    static List<String> lines() {
        Runtime runtime = Runtime.getRuntime();
        OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
        return List.of(
                "date: " + LocalDate.now(ZoneOffset.UTC),
                "machine: " + processor() + ", " + runtime.availableProcessors() + " processors, "
                        + String.format(Locale.ROOT, "%.0f GB", system.getTotalMemorySize() / 1e9),
                "system: " + System.getProperty("os.name") + " " + System.getProperty("os.arch"),
                "jdk: " + System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version")
                        + ", parallel collector, compressed references",
                "libraries: " + libraries());
    }

    private static String processor() {
        try (Stream<String> lines = Files.lines(CPU_INFO)) {
            return lines.filter(line -> line.startsWith("model name"))
                    .map(line -> line.substring(line.indexOf(':') + 1).strip())
                    .findFirst()
                    .orElse("unknown processor");
        } catch (IOException notLinux) {
            return "unknown processor";
        }
    }

    /** Which versions this was built with: the build fills in the resource. */
    private static String libraries() {
        try (InputStream text = Machine.class.getResourceAsStream("libraries.txt")) {
            return new String(Objects.requireNonNull(text, "libraries.txt").readAllBytes(), UTF_8).strip();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}

package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.profile.TcpConstant;
import io.wheelhouse.tcp.profile.ValueKind;
import java.io.IOException;
import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * No constant of a profile is there for nothing. Set otherwise, it changes what an end is set up with; and everything that
 * an end is set up with, its settings and the parts made from them, is read by the code that runs.
 */
class ConstantsReadTest {

    @ParameterizedTest
    @EnumSource(TcpConstant.class)
    void aConstantSetOtherwiseChangesAnEnd(TcpConstant constant) {
        boolean changes = Profile.names().stream()
                .map(Profile::named)
                // what an option does shows only where it is on
                .flatMap(profile -> Stream.of(profile, profile.with(Map.of("user-timeout", "5s"))))
                .anyMatch(profile -> others(profile, constant)
                        .anyMatch(other -> !describe(profile).equals(describe(other))));
        assertThat(changes).as("%s changes anything", constant.key()).isTrue();
    }

    private static Stream<Profile> others(Profile profile, TcpConstant constant) {
        return candidates(constant.kind())
                .filter(value -> Profile.problemWith(constant.key(), value) == null)
                .map(value -> profile.with(Map.of(constant.key(), value)));
    }

    private static Stream<String> candidates(ValueKind kind) {
        if (kind instanceof ValueKind.Choice choice) {
            return choice.names().stream();
        }
        if (kind instanceof ValueKind.Flag) {
            return Stream.of("on", "off");
        }
        return Stream.of("none", "0", "1", "3", "7", "536", "700", "1ms", "70ms", "7s", "777s");
    }

    /** All that an end of this profile is set up with, as text. */
    private static String describe(Profile profile) {
        List<String> lines = new ArrayList<>();
        walk("end", new EndSettings(profile, profile, true), lines, Collections.newSetFromMap(new IdentityHashMap<>()));
        return String.join("\n", lines);
    }

    private static void walk(String path, @Nullable Object value, List<String> lines, Set<Object> seen) {
        if (value == null || isPlain(value)) {
            lines.add(path + "=" + value);
            return;
        }
        if (value instanceof Profile || !seen.add(value)) {
            return;
        }
        lines.add(path + " is a " + value.getClass().getName());
        if (value.getClass().isArray()) {
            for (int i = 0; i < Array.getLength(value); i++) {
                walk(path + "[" + i + "]", Array.get(value, i), lines, seen);
            }
            return;
        }
        for (Field field : value.getClass().getDeclaredFields()) {
            if (!Modifier.isStatic(field.getModifiers())) {
                walk(path + "." + field.getName(), read(field, value), lines, seen);
            }
        }
    }

    private static boolean isPlain(Object value) {
        return value instanceof Number || value instanceof Boolean || value instanceof String || value instanceof Enum;
    }

    private static @Nullable Object read(Field field, Object of) {
        try {
            field.setAccessible(true);
            return field.get(of);
        } catch (IllegalAccessException e) {
            throw new AssertionError(field.toString(), e);
        }
    }

    @Test
    void whatAnEndIsSetUpWithIsReadByOthers() throws IOException {
        String code = sources();
        List<String> unread = Arrays.stream(EndSettings.class.getDeclaredFields())
                .filter(field -> !Modifier.isStatic(field.getModifiers()) && !Modifier.isPrivate(field.getModifiers()))
                .map(Field::getName)
                .filter(name -> !Pattern.compile("[sS]ettings\\w*(\\(\\)|\\[\\w+])?\\s*\\." + name + "\\b")
                        .matcher(code)
                        .find())
                .toList();
        assertThat(unread).as("fields of EndSettings that nobody reads").isEmpty();
    }

    /** The parts keep what they were made from to themselves: it must be read in their own code, beside where it is set. */
    @ParameterizedTest
    @MethodSource("parts")
    void whatAPartIsMadeFromIsReadInIt(Class<?> part) throws IOException {
        String code = text(module().resolve("src/main/java/" + part.getName().replace('.', '/') + ".java"));
        String name = part.getSimpleName();
        String running = code.replaceAll("(?s)\n    (public |private )?" + name + "\\([^{;]*\\{.*?\n    }\n", "\n");
        assertThat(Arrays.stream(part.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .map(Field::getName)
                        .filter(field -> !Pattern.compile("[^;]*\\b" + field + "\\b.*")
                                .matcher(running.replaceAll("(?m)^    (private )?final \\S+ " + field + ";$", ""))
                                .find()))
                .as("fields of %s that are set and not read", name)
                .isEmpty();
    }

    /** The classes of all that the settings of any profile hold. */
    static Stream<Class<?>> parts() {
        Set<Class<?>> parts = new LinkedHashSet<>();
        for (String name : Profile.names()) {
            Profile profile = Profile.named(name);
            Set<Object> seen = Collections.newSetFromMap(new IdentityHashMap<>());
            walk("end", new EndSettings(profile, profile, true), new ArrayList<>(), seen);
            seen.stream()
                    .map(Object::getClass)
                    .filter(type -> type != EndSettings.class && type.getName().startsWith("io.wheelhouse."))
                    .sorted(Comparator.comparing(Class::getName))
                    .forEach(parts::add);
        }
        return parts.stream();
    }

    @Test
    void thePartsAreAllLookedAt() {
        assertThat(parts().map(Class::getSimpleName))
                .contains("GiveUp", "LinuxAcks", "Rfc5681Acks", "LinuxEstimator", "Rfc6298Estimator");
    }

    private static Path module() {
        return Files.isDirectory(Path.of("tcp-model")) ? Path.of("tcp-model") : Path.of("");
    }

    private static String sources() throws IOException {
        try (Stream<Path> files = Files.walk(module().resolve("src/main/java"))) {
            return files.filter(file -> file.toString().endsWith(".java"))
                    .filter(file -> !file.endsWith("EndSettings.java"))
                    .map(ConstantsReadTest::text)
                    .collect(Collectors.joining("\n"));
        }
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}

package io.wheelhouse.sim.cli;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The scenarios that come with the program, packed beside its classes, so that they are there without the source folder.
 */
final class Gallery {
    private static final String FOLDER = "scenarios/";
    private static final String SUFFIX = ".yaml";

    private Gallery() {}

    /** Their names, in alphabetical order. */
    static List<String> names() {
        try {
            return resources()
                    .filter(name -> name.startsWith(FOLDER) && name.endsWith(SUFFIX))
                    .map(name -> name.substring(FOLDER.length(), name.length() - SUFFIX.length()))
                    .filter(name -> name.indexOf('/') < 0)
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Names of resources, {@code /} between their parts, from where this class was loaded. */
    private static Stream<String> resources() throws IOException {
        Path home = home();
        if (Files.isDirectory(home)) {
            Path folder = home.resolve(FOLDER);
            try (Stream<Path> files = Files.isDirectory(folder) ? Files.list(folder) : Stream.empty()) {
                return files.map(file -> FOLDER + file.getFileName()).toList().stream();
            }
        }
        try (JarFile jar = new JarFile(new File(home.toString()))) {
            return jar.stream().map(entry -> entry.getName()).toList().stream();
        }
    }

    private static Path home() {
        try {
            return Path.of(Gallery.class
                    .getProtectionDomain()
                    .getCodeSource()
                    .getLocation()
                    .toURI());
        } catch (URISyntaxException e) {
            throw new AssertionError("the location of a class is no URI", e);
        }
    }

    /** The text of the scenario of that name; null if there is none. */
    static @Nullable String text(String name) {
        if (!names().contains(name)) {
            return null;
        }
        try (InputStream in = Gallery.class.getClassLoader().getResourceAsStream(FOLDER + name + SUFFIX)) {
            return in == null ? null : new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What messages call a scenario's text. */
    static String source(String name) {
        return name + SUFFIX;
    }
}

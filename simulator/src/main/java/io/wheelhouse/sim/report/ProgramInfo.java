package io.wheelhouse.sim.report;

import java.util.Objects;

/**
 * Which program this is.
 *
 * @param version the release, or {@code development} where it does not run from its jar
 * @param commit the source it was built from, or {@code unknown}
 * @param jvm the Java runtime
 */
public record ProgramInfo(String version, String commit, String jvm) {
    private static final String COMMIT_PROPERTY = "wheelhouse.commit";

    /** This program, as its jar's manifest and its launcher have it. */
    public static ProgramInfo current() {
        String version = ProgramInfo.class.getPackage().getImplementationVersion();
        return new ProgramInfo(
                Objects.requireNonNullElse(version, "development"),
                System.getProperty(COMMIT_PROPERTY, "unknown"),
                System.getProperty("java.vm.name") + " " + System.getProperty("java.runtime.version"));
    }
}

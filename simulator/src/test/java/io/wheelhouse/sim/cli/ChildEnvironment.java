package io.wheelhouse.sim.cli;

import java.util.Set;

/** What processes that tests start are not to inherit: a virtual machine says on stderr that it heeds these. */
final class ChildEnvironment {
    private static final Set<String> HEEDED = Set.of("JAVA_TOOL_OPTIONS", "_JAVA_OPTIONS", "JDK_JAVA_OPTIONS");

    private ChildEnvironment() {}

    static ProcessBuilder withoutOptions(ProcessBuilder builder) {
        builder.environment().keySet().removeAll(HEEDED);
        return builder;
    }
}

package io.wheelhouse.sim.scenario;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * A TCP stack: a profile by name, with some of its constants set otherwise.
 *
 * @param set constant to value, both as the file has them, in the file's order; known to the {@link TcpCatalog}
 */
public record TcpSpec(String profile, Map<String, String> set) {
    public TcpSpec {
        Objects.requireNonNull(profile, "profile");
        set = Collections.unmodifiableMap(new LinkedHashMap<>(set));
    }
}

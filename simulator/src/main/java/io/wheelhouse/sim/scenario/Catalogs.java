package io.wheelhouse.sim.scenario;

import io.wheelhouse.sim.scenario.TimerSpec.Structure;
import java.util.List;
import java.util.Objects;

/**
 * What the rest of the program knows by name, so that a file that names something else is refused.
 *
 * @param structures the timer structures that there are
 */
public record Catalogs(MetricNames metrics, TcpCatalog tcp, List<Structure> structures) {
    public Catalogs {
        Objects.requireNonNull(metrics, "metrics");
        Objects.requireNonNull(tcp, "tcp");
        structures = List.copyOf(structures);
    }
}

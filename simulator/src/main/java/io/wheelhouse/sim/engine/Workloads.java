package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.scenario.Traffic;
import io.wheelhouse.sim.traffic.SyntheticSource;
import io.wheelhouse.tcp.Application;
import java.util.List;
import java.util.function.UnaryOperator;

/** Makes the workload that a scenario describes. */
public final class Workloads {
    private Workloads() {}

    public static Workload of(Scenario scenario, Population population) {
        return of(scenario, population, UnaryOperator.identity());
    }

    /**
     * The same with other applications.
     *
     * @param applications makes what runs on top of a group's connections of what the scenario says
     */
    public static Workload of(Scenario scenario, Population population, UnaryOperator<Application> applications) {
        List<ConnectionGroup> groups = scenario.connections();
        if (groups.get(0).traffic() instanceof Traffic.Synthetic) {
            return new SyntheticWorkload(
                    population,
                    groups.stream()
                            .map(group -> new SyntheticSource((Traffic.Synthetic) group.traffic(), scenario.seed()))
                            .toList());
        }
        return new TcpWorkload(scenario, population, applications);
    }
}

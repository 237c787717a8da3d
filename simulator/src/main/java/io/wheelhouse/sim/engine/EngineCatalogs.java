package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.MetricCatalog;
import io.wheelhouse.sim.scenario.Catalogs;
import io.wheelhouse.sim.scenario.TcpCatalog;
import io.wheelhouse.sim.scenario.TimerSpec.Structure;
import io.wheelhouse.tcp.profile.Profile;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a scenario may name, as this engine knows it. */
public final class EngineCatalogs {
    private static final Catalogs ALL = new Catalogs(new MetricCatalog(), new Profiles(), List.of(Structure.values()));

    private EngineCatalogs() {}

    /** The metrics, TCP profiles and timer structures that there are. */
    public static Catalogs all() {
        return ALL;
    }

    private static final class Profiles implements TcpCatalog {
        @Override
        public List<String> profiles() {
            return Profile.names();
        }

        @Override
        public List<String> constants(String profile) {
            return Profile.constantNames();
        }

        @Override
        public @Nullable String problemWith(String profile, String constant, String value) {
            return Profile.problemWith(constant, value);
        }
    }
}

package io.wheelhouse.sim.scenario;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** The TCP profiles that a scenario may name, and the constants of each that it may set. */
public interface TcpCatalog {

    /** The names of the profiles, in an order that does not change. */
    List<String> profiles();

    /**
     * The names of a profile's constants, in an order that does not change.
     *
     * @param profile one of {@link #profiles()}
     */
    List<String> constants(String profile);

    /**
     * What is wrong with a value for a constant, in a phrase that follows the value and a colon; null if nothing.
     *
     * @param profile one of {@link #profiles()}
     * @param constant one of its {@link #constants}
     * @param value as the file has it
     */
    @Nullable
    String problemWith(String profile, String constant, String value);
}

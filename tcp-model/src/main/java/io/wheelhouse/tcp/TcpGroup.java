package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import java.util.Objects;

/**
 * Connections that are alike.
 *
 * @param local the profile of the processor's side
 * @param remote the profile of the far ends
 * @param path the paths; each connection has one of its own, drawn by its index
 * @param tuples the 4-tuples; each connection has one, by its index
 * @param application what runs at both ends
 * @param readsAtOnce whether the application at the processor's side reads what is delivered at once, which lets some
 *     stacks acknowledge sooner; otherwise it never says so
 * @param opener which end opens
 */
public record TcpGroup(
        String name,
        Profile local,
        Profile remote,
        Path path,
        TupleSpace tuples,
        Application application,
        boolean readsAtOnce,
        Side opener) {
    public TcpGroup {
        Objects.requireNonNull(name, "name");
        Objects.requireNonNull(local, "local");
        Objects.requireNonNull(remote, "remote");
        Objects.requireNonNull(path, "path");
        Objects.requireNonNull(tuples, "tuples");
        Objects.requireNonNull(application, "application");
        Objects.requireNonNull(opener, "opener");
    }
}

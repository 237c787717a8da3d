package io.wheelhouse.sim.live;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** For how long the calling thread could have run and waited for a core, where the system counts it (Linux schedstat). */
final class RunDelay {
    /** The system does not count it. */
    static final long UNKNOWN = -1;

    private static final Path SCHEDSTAT = Path.of("/proc/thread-self/schedstat");

    private RunDelay() {}

    /** In nanoseconds since the thread's start; {@link #UNKNOWN} where nobody counts. */
    static long ofThisThreadNs() {
        if (!Files.isReadable(SCHEDSTAT)) {
            return UNKNOWN;
        }
        try {
            // time on a core, time waiting for one, times it got one
            String[] words = Files.readString(SCHEDSTAT).trim().split(" ", -1);
            return words.length < 2 ? UNKNOWN : Long.parseLong(words[1]);
        } catch (IOException | NumberFormatException e) {
            return UNKNOWN;
        }
    }
}

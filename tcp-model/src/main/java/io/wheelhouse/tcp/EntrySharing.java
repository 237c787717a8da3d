package io.wheelhouse.tcp;

import java.util.Locale;

/** How the TCP timers of the processor's side become entries of the timer queue. TCP behaves the same in all of them. */
public enum EntrySharing {
    /** Each timer is an entry, armed, re-armed and cancelled with it. */
    PER_TIMER,
    /** One entry a connection, which holds the earliest deadline: as FreeBSD 14. */
    PER_CONNECTION,
    /** As the profile's stack does it. */
    AS_STACK;

    /** The name used in scenario files, for example {@code as-stack}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

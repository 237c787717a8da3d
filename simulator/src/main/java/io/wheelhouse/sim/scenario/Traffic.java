package io.wheelhouse.sim.scenario;

import java.util.List;
import java.util.Objects;

/** What the applications at the two ends of each connection of a group do. Sizes are bytes, times nanoseconds. */
public sealed interface Traffic {

    /** Nothing: the connection is open, and that is all. */
    record Idle() implements Traffic {}

    /**
     * One message at each of some times.
     *
     * @param atNs the times, not decreasing
     * @param spreadNs each connection is late by its own random part of this
     * @param from who writes
     */
    record Push(List<Long> atNs, long spreadNs, DistributionSpec size, End from) implements Traffic {
        public Push {
            atNs = List.copyOf(atNs);
            Objects.requireNonNull(size, "size");
            Objects.requireNonNull(from, "from");
            Check.that(!atNs.isEmpty(), "atNs", atNs);
            Check.that(spreadNs >= 0, "spreadNs", spreadNs);
        }
    }

    /**
     * A request, its response when the request is whole, a pause, the next request.
     *
     * @param requests how many, or {@link #UNLIMITED}
     * @param think the pause between the end of a response and the next request; the first request comes at once
     * @param from who writes the requests; the other end writes the responses
     */
    record RequestResponse(
            int requests, DistributionSpec think, DistributionSpec request, DistributionSpec response, End from)
            implements Traffic {

        /** As many requests as the run has time for; a file writes {@code unlimited}. */
        public static final int UNLIMITED = Integer.MAX_VALUE;

        public RequestResponse {
            Objects.requireNonNull(think, "think");
            Objects.requireNonNull(request, "request");
            Objects.requireNonNull(response, "response");
            Objects.requireNonNull(from, "from");
            Check.that(requests > 0, "requests", requests);
        }
    }

    /**
     * One transfer, begun when the connection is open.
     *
     * @param from who writes
     * @param readAfterNs the receiver reads nothing before the connection has been open for so long at its end; what comes
     *     until then waits in its buffer, and closes its window once that is full
     */
    record Bulk(DistributionSpec size, End from, long readAfterNs) implements Traffic {
        public Bulk {
            Objects.requireNonNull(size, "size");
            Objects.requireNonNull(from, "from");
            Check.that(readAfterNs >= 0, "readAfterNs", readAfterNs);
        }
    }

    /**
     * Writes of one size at a constant rate while on, nothing while off; begun, with a time of being on, when the
     * connection is open.
     *
     * @param on how long each time of being on lasts; the first write of it comes at its beginning
     * @param off how long nothing is written then
     * @param rate bits a second while on
     * @param size bytes a write
     * @param from who writes
     */
    record OnOff(DistributionSpec on, DistributionSpec off, long rate, long size, End from) implements Traffic {
        public OnOff {
            Objects.requireNonNull(on, "on");
            Objects.requireNonNull(off, "off");
            Objects.requireNonNull(from, "from");
            Check.that(rate > 0, "rate", rate);
            Check.that(size > 0 && size <= SIZE_MAX, "size", size);
        }

        /** The most bytes of a write. */
        public static final long SIZE_MAX = 1L << 30;

        private static final long BITS_NS = 8L * 1_000_000_000;

        /** The time from one write to the next while on. */
        public long gapNs() {
            return Math.max(1, size * BITS_NS / rate);
        }
    }

    /**
     * Timers alone, with no segments: what a queueing formula can be held against.
     *
     * @param arrivals when a connection arms its timers
     * @param delay from arming to deadline
     * @param cancelled the share of timers that is cancelled before they expire
     * @param service the time a callback takes, on top of the host's cost of one
     */
    record Synthetic(Arming arrivals, DistributionSpec delay, double cancelled, DistributionSpec service)
            implements Traffic {
        public Synthetic {
            Objects.requireNonNull(arrivals, "arrivals");
            Objects.requireNonNull(delay, "delay");
            Objects.requireNonNull(service, "service");
            Check.fraction(cancelled, "cancelled");
        }
    }

    /** When each connection arms a synthetic timer. */
    sealed interface Arming {

        /** As a Poisson process, at this rate for each connection. */
        record Poisson(double perSecond) implements Arming {
            public Poisson {
                Check.that(perSecond > 0.0 && Double.isFinite(perSecond), "perSecond", perSecond);
            }
        }

        /** Once every interval; each connection begins at its own random instant of the first one. */
        record Periodic(long intervalNs) implements Arming {
            public Periodic {
                Check.that(intervalNs > 0, "intervalNs", intervalNs);
            }
        }
    }
}

package io.wheelhouse.tcp.path;

import io.wheelhouse.tcp.random.Stream;

/** The way a packet goes, seen from the local end. */
public enum Direction {
    /** From the local end to the remote end. */
    UP(Stream.PATH_DELAY_UP, Stream.JITTER_UP, Stream.LOSS_UP),
    /** From the remote end to the local end. */
    DOWN(Stream.PATH_DELAY_DOWN, Stream.JITTER_DOWN, Stream.LOSS_DOWN);

    private final Stream delay;
    private final Stream jitter;
    private final Stream loss;

    Direction(Stream delay, Stream jitter, Stream loss) {
        this.delay = delay;
        this.jitter = jitter;
        this.loss = loss;
    }

    Stream delay() {
        return delay;
    }

    Stream jitter() {
        return jitter;
    }

    Stream loss() {
        return loss;
    }
}

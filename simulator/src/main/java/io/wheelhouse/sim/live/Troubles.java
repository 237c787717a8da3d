package io.wheelhouse.sim.live;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import org.agrona.ErrorHandler;
import org.agrona.concurrent.AgentTerminationException;
import org.jspecify.annotations.Nullable;

/** What went wrong while timer threads ran: counted, and the first few told. Any thread. */
final class Troubles implements ErrorHandler {
    private static final int LINES_MAX = 20;
    private static final long NS_PER_MS = 1_000_000;

    private final List<String> lines = new ArrayList<>();
    private final AtomicReference<@Nullable Error> bug = new AtomicReference<>();
    private long thrown;

    /** A callback threw. An error is a bug of the simulator, and ends its thread and the run; an exception does neither. */
    @Override
    public void onError(Throwable thrownByCallback) {
        if (thrownByCallback instanceof AgentTerminationException) {
            return;
        }
        if (thrownByCallback instanceof Error error) {
            bug.compareAndSet(null, error);
        }
        StackTraceElement[] stack = thrownByCallback.getStackTrace();
        synchronized (this) {
            thrown++;
            add(Thread.currentThread().getName() + ": a callback threw " + thrownByCallback
                    + (stack.length == 0 ? "" : " at " + stack[0])
                    + (thrownByCallback instanceof Error ? "; the run ends" : "; the thread went on"));
        }
    }

    /** Something else is not as it should be. */
    synchronized void add(String line) {
        if (lines.size() < LINES_MAX) {
            lines.add(line);
        }
    }

    /**
     * A thread has been in one callback for long. Told once a callback.
     *
     * @param sinceNs when the callback began
     */
    synchronized void stalled(int thread, long sinceNs, long forNs, String whereabouts) {
        String stall = "timer thread " + thread + " stalled: in one callback from " + sinceNs / NS_PER_MS + " ms on, ";
        boolean told = lines.stream().anyMatch(line -> line.startsWith(stall));
        if (!told) {
            add(stall + "for " + forNs / NS_PER_MS + " ms so far, at " + whereabouts);
        }
    }

    /** How many callbacks threw. */
    synchronized long thrown() {
        return thrown;
    }

    /** The first few, one line each. */
    synchronized List<String> lines() {
        return List.copyOf(lines);
    }

    /** The first error that a callback threw. */
    @Nullable
    Error bug() {
        return bug.get();
    }
}

package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.Workload;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.thread.TimerThread;
import java.util.List;

/**
 * Says of timer threads that do not end where they stick: at which line, in the callback of which connection, in which bucket.
 * Nobody waits for them, so what is told of their buckets is a hint; but the stack trace that it begins with stops the thread
 * for a moment, so what it wrote before is seen.
 */
record StuckThreads(Scenario scenario, Workload workload, Reports reports, List<TimerBucket> buckets) {
    private static final long NS_PER_MS = 1_000_000;

    /** One line for each, in their order. */
    List<String> inWords(List<LiveThread> stuck) {
        return stuck.stream().map(this::inWords).toList();
    }

    private String inWords(LiveThread thread) {
        String place = thread.whereabouts();
        long sinceNs = thread.timerThread().inStepSinceNs();
        return "timer thread " + thread.number() + " did not end: it sticks at " + place
                + (sinceNs == TimerThread.NOT_IN_STEP
                        ? ""
                        : ", in a callback that began at " + sinceNs / NS_PER_MS + " ms")
                + connection(thread.number()) + ", and keeps its buckets";
    }

    private String connection(int thread) {
        for (TimerBucket bucket : buckets) {
            int connection = bucket.served();
            if (reports.ownerOf(bucket.id()) == thread && connection >= 0) {
                int group = workload.groupOf(bucket, connection);
                return ", with connection " + connection + " of bucket " + bucket.id() + " (group "
                        + scenario.connections().get(group).name() + ")";
            }
        }
        return "";
    }
}

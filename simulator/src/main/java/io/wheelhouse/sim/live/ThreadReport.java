package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.HostClock;
import io.wheelhouse.sim.engine.ProcessorObserver;
import io.wheelhouse.sim.metrics.Recorder;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.thread.TimerThread;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * What the coordinator knows of one timer thread: the thread itself fills it in, between two callbacks, and hands over
 * the recorder that it used since the last time.
 *
 * <pre>
 *   coordinator                         timer thread
 *   ----------------------------------  ------------------------------------
 *   asked = asked + 1; errand
 *                                       fills in, swaps recorders
 *                                       answered = asked     (release)
 *   sees answered = asked  (acquire)
 *   reads, takes the recorder
 * </pre>
 *
 * <p>The coordinator asks again only after the answer, so the two never use it at once.
 */
final class ThreadReport implements Runnable {
    private final TimerThread thread;
    private final LiveProcessor processor;
    private final ProcessorObserver observer;
    private final HostClock clock;
    private final Thread coordinator;
    private final AtomicLong answered = new AtomicLong();
    private long asked;

    final boolean[] owns;
    final long[] epochs;
    final long[] bucketBusyNs;
    final int[] bucketWaiting;
    long busyNs;
    long otherNs;
    long backlogNs;
    long waiting;
    long fired;
    long segments;
    long ticks;
    int owned;
    boolean available;
    Recorder inUse;
    Recorder spare;

    ThreadReport(
            TimerThread thread,
            LiveProcessor processor,
            ProcessorObserver observer,
            HostClock clock,
            int buckets,
            Recorder inUse,
            Recorder spare) {
        this.thread = thread;
        this.processor = processor;
        this.observer = observer;
        this.clock = clock;
        this.coordinator = Thread.currentThread();
        owns = new boolean[buckets];
        epochs = new long[buckets];
        bucketBusyNs = new long[buckets];
        bucketWaiting = new int[buckets];
        this.inUse = inUse;
        this.spare = spare;
        observer.recorder(inUse);
    }

    /** Notes that it is asked again; the errand follows. */
    void ask() {
        assert isAnswered() : "asked again before it answered";
        asked++;
    }

    /** Whether the last question has been answered. */
    boolean isAnswered() {
        return answered.get() == asked;
    }

    /** Runs on the timer thread. */
    @Override
    public void run() {
        fill();
        Recorder handed = inUse;
        inUse = spare;
        spare = handed;
        observer.recorder(inUse);
        answered.incrementAndGet();
        LockSupport.unpark(coordinator);
    }

    /** Fills in what the thread owns and has done. */
    void fill() {
        busyNs = processor.processor().busyNs();
        otherNs = processor.otherNs();
        available = processor.available();
        fired = observer.fired();
        segments = observer.segments();
        ticks = processor.processor().ticks();
        waiting = 0;
        owned = 0;
        long served = 0;
        long servedNs = 0;
        for (int b = 0; b < owns.length; b++) {
            TimerBucket bucket = thread.ownedBucket(b);
            owns[b] = bucket != null;
            if (bucket == null) {
                continue;
            }
            owned++;
            epochs[b] = bucket.epoch();
            bucketBusyNs[b] = bucket.busyNs();
            bucketWaiting[b] = bucket.waiting();
            waiting += bucket.waiting();
            served += bucket.packetsServed() + bucket.timersServed();
            servedNs += bucket.busyNs();
        }
        backlogNs =
                processor.lateNs(clock.wallNs()) + (served == 0 ? 0 : Math.round((double) waiting * servedNs / served));
    }
}

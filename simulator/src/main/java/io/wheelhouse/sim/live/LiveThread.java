package io.wheelhouse.sim.live;

import io.wheelhouse.sim.engine.HostClock;
import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.timer.thread.TimerThread;
import java.util.concurrent.TimeUnit;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;

/** A timer thread with the thread of the host that it runs on. */
final class LiveThread implements Agent {
    private final TimerThread timerThread;
    private final SpinningMeter meter;
    private final AgentRunner runner;
    private final Thread thread;
    private final HostClock clock;
    private long waitedNs = RunDelay.UNKNOWN;

    LiveThread(TimerThread timerThread, SpinningMeter meter, Idle idle, HostClock clock, Troubles troubles) {
        this.timerThread = timerThread;
        this.meter = meter;
        this.clock = clock;
        // Counted are errors by the troubles, which know more of them than a counter of Agrona's could.
        runner = new AgentRunner(idle.of(timerThread, clock), troubles, null, this);
        thread = new Thread(runner, "wheelhouse-" + timerThread.roleName());
        // A callback that never returns must not keep the program from ending.
        thread.setDaemon(true);
        // An error ends the thread, after the runner has told the troubles of it.
        thread.setUncaughtExceptionHandler((ended, error) -> {});
    }

    void start() {
        thread.start();
    }

    @Override
    public void onStart() {
        timerThread.onStart();
    }

    @Override
    public int doWork() {
        return timerThread.doWork();
    }

    @Override
    public void onClose() {
        waitedNs = RunDelay.ofThisThreadNs();
    }

    @Override
    public String roleName() {
        return timerThread.roleName();
    }

    /**
     * From an instant on nothing is spent: a service that is under way ends there. Comes after {@link TimerThread#endAt}, or
     * the thread could serve what waits for nothing. Any thread.
     */
    void spendUntil(long endNs) {
        meter.endAt(endNs);
    }

    /**
     * Waits for the thread to end, after it was told to. An interruption of the waiting thread does not shorten that, and is not
     * forgotten.
     */
    boolean endsWithin(long timeoutNs) {
        boolean interrupted = false;
        long sinceNs = clock.wallNs();
        for (long leftNs = timeoutNs; thread.isAlive() && leftNs > 0; leftNs = timeoutNs - (clock.wallNs() - sinceNs)) {
            try {
                TimeUnit.NANOSECONDS.timedJoin(thread, leftNs);
            } catch (InterruptedException e) {
                interrupted = true;
            }
        }
        if (interrupted) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            return false;
        }
        runner.close();
        return true;
    }

    /** Its number among the timer threads. */
    int number() {
        return timerThread.number();
    }

    /** Whether it has ended, and all that it did can be looked at. */
    boolean hasEnded() {
        return !thread.isAlive();
    }

    /** Where the thread is now, for people: the first place that is not the JDK's. */
    String whereabouts() {
        StackTraceElement[] stack = thread.getStackTrace();
        for (StackTraceElement frame : stack) {
            if (!frame.getClassName().startsWith("java.")
                    && !frame.getClassName().startsWith("jdk.")) {
                return frame.toString();
            }
        }
        return stack.length == 0 ? "nowhere" : stack[0].toString();
    }

    TimerThread timerThread() {
        return timerThread;
    }

    LiveUse.OfThread use() {
        return new LiveUse.OfThread(
                meter.ownNs(),
                meter.gapsNs(),
                meter.longestGapNs(),
                waitedNs,
                timerThread.longestStepNs(),
                timerThread.longestStepAtNs(),
                timerThread.moves(),
                timerThread.staleOrders());
    }
}

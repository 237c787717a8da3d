package io.wheelhouse.sim.live;

import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.timer.thread.TimerThread;
import org.agrona.concurrent.Agent;
import org.agrona.concurrent.AgentRunner;
import org.agrona.concurrent.IdleStrategy;

/** A timer thread with the thread of the host that it runs on. */
final class LiveThread implements Agent {
    private final TimerThread timerThread;
    private final SpinningMeter meter;
    private final AgentRunner runner;
    private final Thread thread;
    private long waitedNs = RunDelay.UNKNOWN;

    LiveThread(TimerThread timerThread, SpinningMeter meter, IdleStrategy idle, Troubles troubles) {
        this.timerThread = timerThread;
        this.meter = meter;
        runner = new AgentRunner(idle, troubles, null, this);
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

    /** Waits for the thread to end. */
    boolean endsWithin(long timeoutMs) {
        try {
            thread.join(Math.max(1, timeoutMs));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        if (thread.isAlive()) {
            return false;
        }
        runner.close();
        return true;
    }

    /** Where the thread is now, for people. */
    String whereabouts() {
        StackTraceElement[] stack = thread.getStackTrace();
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

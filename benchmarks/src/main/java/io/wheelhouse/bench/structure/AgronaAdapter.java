package io.wheelhouse.bench.structure;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.agrona.DeadlineTimerWheel;

/**
 * Agrona's wheel, with ticks of 2^20 ns, as it wants a power of two. It numbers its timers itself, by spoke and place in
 * the spoke. Added: the wheel's number of each of ours, for cancel, and by spoke and place ours of each of the wheel's,
 * for expiry; both arrays, where its own users keep hash maps. Its poll looks at one tick a call, so it is called until
 * no tick that has ended is left. A re-arm is a cancel and a schedule.
 */
final class AgronaAdapter implements TimerAdapter, DeadlineTimerWheel.TimerHandler {
    private static final long AGRONA_TICK_NS = 1 << 20;
    private static final long NOT_ARMED = -1;

    private final DeadlineTimerWheel wheel;
    private final Handler handler;
    private final long[] wheelNumbers;
    private final int[][] numbersOfSpoke;

    AgronaAdapter(int slots, int timers, Handler handler) {
        int timersOfSpoke = Math.max(2, Integer.highestOneBit(timers / slots));
        this.wheel = new DeadlineTimerWheel(TimeUnit.NANOSECONDS, 0, AGRONA_TICK_NS, slots, timersOfSpoke);
        this.handler = handler;
        this.wheelNumbers = new long[timers];
        Arrays.fill(wheelNumbers, NOT_ARMED);
        this.numbersOfSpoke = new int[slots][timersOfSpoke];
    }

    @Override
    public void arm(int timer, long nowNs, long deadlineNs) {
        cancel(timer);
        long wheelNumber = wheel.scheduleTimer(deadlineNs);
        wheelNumbers[timer] = wheelNumber;
        int spoke = (int) (wheelNumber >> 32);
        int place = (int) wheelNumber;
        if (place >= numbersOfSpoke[spoke].length) {
            numbersOfSpoke[spoke] = Arrays.copyOf(numbersOfSpoke[spoke], Integer.highestOneBit(place) << 1);
        }
        numbersOfSpoke[spoke][place] = timer;
    }

    @Override
    public void cancel(int timer) {
        if (wheelNumbers[timer] != NOT_ARMED) {
            wheel.cancelTimer(wheelNumbers[timer]);
            wheelNumbers[timer] = NOT_ARMED;
        }
    }

    @Override
    public void advance(long nowNs) {
        while (wheel.currentTickTime() <= nowNs) {
            wheel.poll(nowNs, this, Integer.MAX_VALUE);
        }
    }

    @Override
    public boolean onTimerExpiry(TimeUnit unit, long nowNs, long wheelNumber) {
        int timer = numbersOfSpoke[(int) (wheelNumber >> 32)][(int) wheelNumber];
        wheelNumbers[timer] = NOT_ARMED;
        handler.onExpiry(timer, nowNs);
        return true;
    }

    @Override
    public int size() {
        return (int) wheel.timerCount();
    }
}

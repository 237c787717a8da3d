package io.wheelhouse.sim.traffic;

import io.wheelhouse.tcp.TimerCount;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.BucketWork;
import io.wheelhouse.timer.bucket.Firing;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.queue.TimerQueue;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntConsumer;

/**
 * Timers alone, without segments: a bucket's work for what a queueing formula can be held against.
 *
 * <p>Each connection arms a timer at each of its arrivals; arming and cancelling take their turn on the processor as
 * packets do. A deadline counts from the arrival and not from the turn, so that waiting to arm moves no expiry.
 *
 * <p>A timer's number is taken when it arrives and given back when both its end and its cancel, if it has one, are past.
 */
public final class SyntheticWork implements BucketWork {
    private static final int NIL = -1;
    private static final int FIRST_CAPACITY = 16;
    // An event or packet is a number shifted by one, and this bit for a cancel.
    private static final int CANCEL_BIT = 1;
    private static final byte WAITS_TO_BE_ARMED = 1;
    private static final byte ARMED = 2;
    private static final byte ENDED = 4;
    private static final byte CANCEL_TO_COME = 8;

    private final List<SyntheticSource> sources;
    private SyntheticObserver observer;

    // by connection
    private int connections;
    private int[] groups = new int[FIRST_CAPACITY];
    private long[] indexes = new long[FIRST_CAPACITY];
    private long[] ordinals = new long[FIRST_CAPACITY];

    // by timer
    private int timersUsed;
    private int freeTimer = NIL;
    private int[] owners = new int[FIRST_CAPACITY];
    private long[] timerOrdinals = new long[FIRST_CAPACITY];
    private long[] deadlines = new long[FIRST_CAPACITY];
    private byte[] states = new byte[FIRST_CAPACITY];

    /**
     * @param sources what each group draws, by group number
     */
    public SyntheticWork(List<SyntheticSource> sources, SyntheticObserver observer) {
        this.sources = List.copyOf(sources);
        this.observer = observer;
    }

    /** Changes who is told what the timers do. */
    public void observer(SyntheticObserver newObserver) {
        observer = newObserver;
    }

    /** Adds a connection that begins to arm timers at an instant. */
    public void open(TimerBucket bucket, int group, long index, long atNs) {
        int connection = connections++;
        if (connection == groups.length) {
            int capacity = connection + (connection >> 1);
            groups = Arrays.copyOf(groups, capacity);
            indexes = Arrays.copyOf(indexes, capacity);
            ordinals = Arrays.copyOf(ordinals, capacity);
        }
        groups[connection] = group;
        indexes[connection] = index;
        ordinals[connection] = 0;
        scheduleNext(bucket, connection, atNs);
    }

    private void scheduleNext(TimerBucket bucket, int connection, long fromNs) {
        SyntheticSource source = sources.get(groups[connection]);
        long gapNs = source.gapNs(indexes[connection], ordinals[connection]);
        bucket.schedule(fromNs + gapNs, connection, 0);
    }

    @Override
    public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {
        if ((event & CANCEL_BIT) != 0) {
            bucket.packetArrived(connection, event, atNs);
            return;
        }
        SyntheticSource source = sources.get(groups[connection]);
        long index = indexes[connection];
        long ordinal = ordinals[connection]++;
        long delayNs = source.delayNs(index, ordinal);
        int timer = takeTimer(connection, ordinal, atNs + delayNs);
        bucket.packetArrived(connection, timer << 1, atNs);
        if (source.isCancelled(index, ordinal)) {
            states[timer] |= CANCEL_TO_COME;
            bucket.schedule(
                    atNs + source.cancelAfterNs(index, ordinal, delayNs), connection, (timer << 1) | CANCEL_BIT);
        }
        scheduleNext(bucket, connection, atNs);
    }

    @Override
    public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {
        int timer = packet >> 1;
        if ((packet & CANCEL_BIT) != 0) {
            cancel(bucket, connection, timer, meter);
            return;
        }
        assert (states[timer] & WAITS_TO_BE_ARMED) != 0 : "timer " + timer + " in state " + states[timer];
        states[timer] = (byte) ((states[timer] & CANCEL_TO_COME) | ARMED);
        observer.countSynthetic(TimerCount.ARMS, groups[connection]);
        bucket.arm(timer, deadlines[timer], meter);
    }

    private void cancel(TimerBucket bucket, int connection, int timer, ServiceMeter meter) {
        states[timer] &= ~CANCEL_TO_COME;
        if ((states[timer] & ARMED) != 0) {
            int group = groups[connection];
            long dueSinceNs = bucket.dueSinceNs(timer);
            boolean cancelled = bucket.cancel(timer, meter);
            assert cancelled : "timer " + timer + " of connection " + connection + " is armed, but not in the bucket";
            observer.countSynthetic(TimerCount.CANCELLED, group);
            if (dueSinceNs != TimerQueue.NONE) {
                observer.endedAfterExpirySynthetic(group, meter.nowNs() - dueSinceNs);
            }
            states[timer] = ENDED;
        }
        giveBackIfOver(timer);
    }

    @Override
    public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {
        assert (states[timer] & ARMED) != 0 : "timer " + timer + " fired in state " + states[timer];
        int connection = owners[timer];
        int group = groups[connection];
        meter.chargeNs(sources.get(group).serviceNs(indexes[connection], timerOrdinals[timer]));
        observer.countSynthetic(TimerCount.FIRED, group);
        observer.firedSynthetic(group, firing);
        states[timer] = (byte) ((states[timer] & CANCEL_TO_COME) | ENDED);
        giveBackIfOver(timer);
    }

    @Override
    public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {
        throw new AssertionError("synthetic timers have no far end, but its timer " + timer + " expired");
    }

    @Override
    public int connectionOf(int timer) {
        return owners[timer];
    }

    /** The group of a connection. */
    public int groupOf(int connection) {
        return groups[connection];
    }

    /** Calls the visitor with the group of each connection. */
    public void forEachConnection(IntConsumer visitor) {
        for (int connection = 0; connection < connections; connection++) {
            visitor.accept(groups[connection]);
        }
    }

    /** Calls the visitor with each timer that is armed and has not ended, waiting ones included. */
    public void forEachArmed(IntConsumer visitor) {
        for (int timer = 0; timer < timersUsed; timer++) {
            if ((states[timer] & ARMED) != 0) {
                visitor.accept(timer);
            }
        }
    }

    private int takeTimer(int connection, long ordinal, long deadlineNs) {
        int timer = freeTimer;
        if (timer == NIL) {
            timer = timersUsed++;
            if (timer == owners.length) {
                int capacity = timer + (timer >> 1);
                owners = Arrays.copyOf(owners, capacity);
                timerOrdinals = Arrays.copyOf(timerOrdinals, capacity);
                deadlines = Arrays.copyOf(deadlines, capacity);
                states = Arrays.copyOf(states, capacity);
            }
        } else {
            freeTimer = owners[timer];
        }
        owners[timer] = connection;
        timerOrdinals[timer] = ordinal;
        deadlines[timer] = deadlineNs;
        states[timer] = WAITS_TO_BE_ARMED;
        return timer;
    }

    private void giveBackIfOver(int timer) {
        if (states[timer] == ENDED) {
            states[timer] = 0;
            owners[timer] = freeTimer;
            freeTimer = timer;
        }
    }
}

package io.wheelhouse.timer.bucket;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.queue.ExpiryHandler;
import io.wheelhouse.timer.queue.TimerQueue;
import org.jspecify.annotations.Nullable;

/**
 * A bucket: connections that share a hash value, with their timers, their waiting packets and their pending events.
 *
 * <p>The unit of ownership, of balancing, of parallelism, of locality and of determinism: it shares nothing with any
 * other bucket, so moving it is handing over this one object, whatever it holds.
 *
 * <p>A timer goes through two places. While it is armed it is in the {@link TimerQueue}; when its owner wakes up at or
 * after its expiry it becomes waiting work beside the packets, and the {@link QueueDiscipline} says when it is served.
 * Cancelling or re-arming works in both; one that happens after the expiry is counted, because overload must not look
 * better than it is.
 *
 * <p>Used by the owner's thread alone, and by the coordinator at a barrier.
 */
public final class TimerBucket extends BucketQueue {
    // numbers first, then what every event needs, then what some do: so they lie, in as few lines of memory as can be
    private final int id;
    private int owner = NOBODY;
    private int eventOrder;
    private long instantNs;

    // of the agenda and the run queue that hold the bucket, and theirs alone to change
    long notedExpiryNs = TimerQueue.NONE;
    int runToken = RunQueue.NO_TOKEN;
    boolean queued;
    boolean isOnAgenda;

    private final BucketWork work;
    // where pending events are: on the agenda that gathers them, or here
    private @Nullable EventSlots gathered;
    private final TimerQueue timers;
    private final OutsideDeadlines outside = new OutsideDeadlines(this::scheduleOutside);
    private @Nullable BucketListener listener;
    private final Ownership ownership = new Ownership();
    private final PendingEvents events = new PendingEvents();
    private final Firing firing = new Firing();
    private final Upkeep upkeep = new Upkeep();
    private final ExpiryHandler dueHandler = this::due;

    /**
     * @param id the bucket's number
     * @param timers the structure under study, empty
     * @param discipline made over {@code items}
     */
    public TimerBucket(int id, TimerQueue timers, QueueDiscipline discipline, WorkItems items, BucketWork work) {
        super(discipline, items);
        this.id = id;
        this.timers = timers;
        this.work = work;
    }

    // ---- what the work may do -------------------------------------------------------------------------------------

    /** Schedules an event of the outside world. At one instant events run by connection, then in order of scheduling. */
    public void schedule(long atNs, int connection, int event) {
        assert atNs >= instantNs : "bucket " + id + ": event for " + atNs + " ns scheduled at " + instantNs + " ns";
        assert connection != EventRecord.OUTSIDE : connection;
        accept(atNs, EventRecord.whose(id, connection), EventRecord.what(eventOrder++, event));
    }

    /** Arms or re-arms a timer of the structure under study and charges for it; also ends the wait of an expired one. */
    public void arm(int timer, long deadlineNs, ServiceMeter meter) {
        long nowNs = meter.nowNs();
        if (withdrawDue(timer)) {
            due.countSuperseded();
        }
        long expiryNs = timers.arm(timer, nowNs, deadlineNs);
        long fromNs = Math.max(deadlineNs, nowNs);
        if (expiryNs - fromNs > timers.roundingBoundNs(fromNs - nowNs)) {
            laws().overRounded();
        }
        meter.charge(Cost.ARM);
    }

    /**
     * Cancels a timer, armed or already waiting to be served, and charges for it. Afterwards it will not be served.
     *
     * @return whether there was something to cancel
     */
    public boolean cancel(int timer, ServiceMeter meter) {
        boolean cancelled = timers.cancel(timer);
        if (!cancelled && withdrawDue(timer)) {
            due.countCancelled();
            cancelled = true;
        }
        if (cancelled) {
            meter.charge(Cost.CANCEL);
        }
        return cancelled;
    }

    /** Arms or re-arms a timer of the far end: exact, and free. */
    public void armOutside(int timer, long nowNs, long deadlineNs) {
        outside.arm(timer, nowNs, Math.max(nowNs, deadlineNs));
    }

    private void scheduleOutside(int timer, long atNs) {
        accept(atNs, EventRecord.whose(id, EventRecord.OUTSIDE), EventRecord.what(timer, timer));
    }

    /** Cancels a timer of the far end. */
    public boolean cancelOutside(int timer) {
        return outside.cancel(timer);
    }

    // ---- what the owner does --------------------------------------------------------------------------------------

    /**
     * The next instant at which something happens in the bucket on its own: an expiry, the end of transit, or an event that
     * no agenda has gathered.
     */
    public long nextInstantNs() {
        return nextInstantNs(timers.nextExpiryNs());
    }

    /** A time that the next expiry is not before, told without looking which timer is next. */
    long nextExpiryBoundNs() {
        return timers.nextExpiryBoundNs();
    }

    /** The next instant at which something happens if that is the next expiry. */
    long nextInstantNs(long expiryNs) {
        long wakeNs = ownership.wakeAtOrAfter(expiryNs);
        long nextNs = gathered == null ? Math.min(events.nextNs(), wakeNs) : wakeNs;
        return hasWork() ? Math.min(nextNs, ownership.transitEndAfter(instantNs)) : nextNs;
    }

    /** Lets happen what happens at one instant, to an owner that takes no time to wake up. */
    public boolean happen(long atNs, int processor) {
        return happen(atNs, processor, Long.MIN_VALUE);
    }

    /**
     * Lets happen what happens at one instant: first events that no agenda has gathered, timers of far ends last among
     * them, then expiries, which become waiting work.
     *
     * @param ownerWokeNs when the owner last woke up from having nothing to do; {@link Long#MIN_VALUE} where waking up
     *     takes no time
     * @return whether the structure under study was woken
     */
    public boolean happen(long atNs, int processor, long ownerWokeNs) {
        checkOwner(processor);
        instantNs = atNs;
        ownership.woke(ownerWokeNs);
        while (events.nextNs() <= atNs) {
            int connection = EventRecord.connection(events.nextWhose());
            int event = EventRecord.event(events.nextWhat());
            events.remove();
            event(connection, event);
        }
        if (ownership.wakeAtOrAfter(timers.nextExpiryNs()) > atNs) {
            return false;
        }
        timers.advance(atNs, Integer.MAX_VALUE, dueHandler);
        return true;
    }

    /** Charges for what the structure has done since the last charge. */
    public void chargeUpkeep(ServiceMeter meter) {
        addUpkeep(upkeep.charge(timers.counts(), meter));
    }

    /** Lets a gathered event happen. */
    void happen(long atNs, int processor, int connection, int event) {
        checkOwner(processor);
        instantNs = atNs;
        event(connection, event);
    }

    private void event(int connection, int event) {
        if (connection != EventRecord.OUTSIDE) {
            work.onEvent(this, connection, event, instantNs);
        } else if (event == OutsideDeadlines.LOOK) {
            outside.look(instantNs);
        } else if (outside.isExpired(event, instantNs)) {
            work.onOutsideExpiry(this, event, instantNs);
        }
    }

    /** Brings closer what an event of a connection will need; returns a number that means nothing. */
    long touch(int connection, int event) {
        if (connection == EventRecord.OUTSIDE) {
            return event == OutsideDeadlines.LOOK ? 0 : outside.touch(event) + work.touchOutside(event);
        }
        return instantNs + touchTime(connection) + work.touchEvent(connection, event, !hasWork());
    }

    /** The same for what will be served next, if the discipline knows. */
    long touchItem() {
        int connection = nextConnection();
        return connection == NOBODY ? 0 : touchTime(connection) + work.touchItem(connection);
    }

    /** Takes a pending event of its own, wherever it was until now. */
    void accept(long atNs, long whose, long what) {
        EventSlots slots = gathered;
        if (slots == null) {
            events.add(atNs, whose, what);
        } else {
            slots.add(atNs, whose, what);
        }
    }

    /** From now on pending events are kept there; null for here. */
    void gatherInto(@Nullable EventSlots slots) {
        gathered = slots;
        while (slots != null && events.size() > 0) {
            slots.add(events.nextNs(), events.nextWhose(), events.nextWhat());
            events.remove();
        }
    }

    /** The end of the last transit. */
    long transitUntilNs() {
        return ownership.transitUntilNs();
    }

    private void due(int timer, long deadlineNs, long expiryNs) {
        // The first wake-up after the expiry, also when that instant passed while the owner was busy.
        long wakeNs = ownership.wakeAtOrAfter(expiryNs);
        if (expiryNs < deadlineNs || expiryNs > instantNs) {
            laws().early();
        }
        if (wakeNs < instantNs) {
            laws().lateWake();
        }
        if (wakeNs > ownership.transitUntilNs()) {
            // In live time the owner may have slept on; while the bucket was in transit, that is what it waited for.
            wakeNs = Math.max(wakeNs, ownership.wokeNs());
        }
        int connection = work.connectionOf(timer);
        int item = items.timer(connection, timer, deadlineNs, expiryNs, wakeNs, ownership.transitBeforeNs(wakeNs));
        timerExpired(connection, timer, item);
    }

    /** Whether the bucket may be served now: it has work and is not in transit. */
    public boolean isServable(long nowNs) {
        return hasWork() && nowNs >= ownership.transitUntilNs();
    }

    /**
     * Serves one packet or one expired timer, whichever the discipline picks.
     *
     * @return whether there was one
     */
    public boolean serve(ServiceMeter meter, int processor) {
        checkOwner(processor);
        int connection = loneConnection();
        if (connection != NOBODY) {
            serveLone(connection, meter);
            return true;
        }
        int item = take();
        if (item == QueueDiscipline.NONE) {
            return false;
        }
        serve(item, items.connection(item), meter);
        return true;
    }

    /** Serves the only packet that waits: the discipline could choose no other, and would not remember it. */
    private void serveLone(int connection, ServiceMeter meter) {
        long startNs = beginService(connection, meter);
        try {
            servePacket(connection, beginLone(), loneArrivalNs(), startNs, meter);
        } finally {
            long serviceNs = meter.nowNs() - startNs;
            endLone(connection, serviceNs);
            endServing(connection, serviceNs);
        }
    }

    private void serve(int item, int connection, ServiceMeter meter) {
        long startNs = beginService(connection, meter);
        try {
            if (items.isPacket(item)) {
                int packet = items.ref(item);
                long arrivalNs = items.availableNs(item);
                items.release(item);
                servePacket(connection, packet, arrivalNs, startNs, meter);
            } else {
                serveTimer(item, connection, startNs, meter);
            }
        } finally {
            long serviceNs = meter.nowNs() - startNs;
            charge(connection, serviceNs);
            endServing(connection, serviceNs);
        }
    }

    private long beginService(int connection, ServiceMeter meter) {
        long startNs = meter.nowNs();
        instantNs = Math.max(instantNs, startNs);
        beginServing(connection);
        return startNs;
    }

    private void servePacket(int connection, int packet, long arrivalNs, long startNs, ServiceMeter meter) {
        notePacket(connection, startNs);
        work.onPacket(this, connection, packet, meter);
        if (listener != null) {
            listener.packetServed(this, connection, packet, arrivalNs, startNs, meter.nowNs());
        }
    }

    private void serveTimer(int item, int connection, long startNs, ServiceMeter meter) {
        int timer = items.ref(item);
        long wakeNs = items.availableNs(item);
        long handoffNs = ownership.transitBeforeNs(startNs) - items.transitMarkNs(item);
        long expiryNs = items.expiryNs(item);
        long deadlineNs = items.deadlineNs(item);
        if (expiryNs < deadlineNs) {
            // A law is broken and counted; the run goes on, so that it can be looked at.
            deadlineNs = expiryNs;
        }
        firing.set(deadlineNs, expiryNs, wakeNs, startNs, handoffNs);
        due.remove(timer);
        items.release(item);
        noteTimer(connection, startNs);
        meter.charge(Cost.EXPIRE);
        work.onExpiry(this, timer, firing, meter);
        if (listener != null) {
            listener.timerServed(this, connection, timer, firing, meter.nowNs());
        }
    }

    private void checkOwner(int processor) {
        if (processor != owner) {
            laws().wrongOwner();
        }
    }

    /**
     * Counts the timers that should have woken the owner before the end of a run and did not. Takes them out of the
     * structure, so it is the last thing that is asked of a bucket.
     */
    public int overlookedBefore(long endNs) {
        int[] overlooked = {0};
        timers.advance(endNs - 1, Integer.MAX_VALUE, (timer, deadlineNs, expiryNs) -> {
            if (ownership.wakeAtOrAfter(expiryNs) < endNs) {
                overlooked[0]++;
            }
        });
        return overlooked[0];
    }

    // ---- handover -------------------------------------------------------------------------------------------------

    /**
     * Gives the bucket to a processor.
     *
     * @param fromNs when the handover began
     * @param availableNs from when on the new owner may serve it; the time between counts as handoff
     */
    public void handTo(int processor, TickGrid processorGrid, long fromNs, long availableNs) {
        ownership.handTo(processorGrid, fromNs, availableNs);
        owner = processor;
    }

    /** The owning processor; -1 before the first handover. */
    public int owner() {
        return owner;
    }

    /** How often the bucket has been given to an owner. */
    public long epoch() {
        return ownership.epoch();
    }

    // ---- readings -------------------------------------------------------------------------------------------------

    public int id() {
        return id;
    }

    /** The structure under study. */
    public TimerQueue timers() {
        return timers;
    }

    public BucketWork work() {
        return work;
    }

    /** Sets who is told of everything served; null for nobody. */
    public void listener(@Nullable BucketListener newListener) {
        listener = newListener;
    }
}

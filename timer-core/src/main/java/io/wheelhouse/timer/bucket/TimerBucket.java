package io.wheelhouse.timer.bucket;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.queue.ExpiryHandler;
import io.wheelhouse.timer.queue.OperationCounts;
import io.wheelhouse.timer.queue.TimerQueue;
import org.agrona.collections.Int2IntHashMap;
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
public final class TimerBucket {
    private static final int NOT_DUE = -1;
    private static final int DUE_CAPACITY = 8;
    private static final float DUE_LOAD_FACTOR = 0.6f;

    private final int id;
    private final TimerQueue timers;
    private final OutsideDeadlines outside = new OutsideDeadlines(this::scheduleOutside);
    private final QueueDiscipline discipline;
    private final WorkItems items;
    private final BucketWork work;
    // where pending events are: on the agenda that gathers them, or here
    private @Nullable EventSlots gathered;
    private final PendingEvents events = new PendingEvents();
    private int eventOrder;

    private final Ownership ownership = new Ownership();
    private final Firing firing = new Firing();
    private final LawCounters laws = new LawCounters();
    private final ConnectionTimes times = new ConnectionTimes();
    private final ExpiryHandler dueHandler = this::due;

    // expired timers that wait to be served, by timer; made when the first one waits
    private @Nullable Int2IntHashMap dueItems;
    private int dueCount;
    private @Nullable BucketListener listener;
    private long instantNs;
    private long wokeNs = Long.MIN_VALUE;
    private int waiting;

    // what has been done
    private long fingerprint = Fingerprint.EMPTY;
    private long busyNs;
    private long packetsServed;
    private long timersServed;
    private long chargedVisits;
    private long chargedRefiles;
    private long cancelledWhileDue;
    private long supersededWhileDue;

    // of the agenda and the run queue that hold the bucket, and theirs alone to change
    boolean isOnAgenda;
    int runToken = RunQueue.NO_TOKEN;
    boolean queued;

    /**
     * @param id the bucket's number
     * @param timers the structure under study, empty
     * @param discipline made over {@code items}
     */
    public TimerBucket(int id, TimerQueue timers, QueueDiscipline discipline, WorkItems items, BucketWork work) {
        this.id = id;
        this.timers = timers;
        this.discipline = discipline;
        this.items = items;
        this.work = work;
    }

    // ---- what the work may do -------------------------------------------------------------------------------------

    /** Schedules an event of the outside world. At one instant events run by connection, then in order of scheduling. */
    public void schedule(long atNs, int connection, int event) {
        assert atNs >= instantNs : "bucket " + id + ": event for " + atNs + " ns scheduled at " + instantNs + " ns";
        assert connection != EventRecord.OUTSIDE : connection;
        accept(atNs, EventRecord.whose(id, connection), EventRecord.what(eventOrder++, event));
    }

    /**
     * Whether the discipline lets one more packet of a connection join what waits. Asked once for each packet that the
     * work can bear to lose, right before {@link #packetArrived}; where the answer is no, the work drops it.
     */
    public boolean admitsPacket(int connection) {
        return discipline.admits(connection);
    }

    /** A packet for the processor has arrived and waits for it from {@code atNs} on. */
    public void packetArrived(int connection, int packet, long atNs) {
        discipline.enqueue(items.packet(connection, packet, atNs), connection);
        waiting++;
    }

    /** Arms or re-arms a timer of the structure under study and charges for it; also ends the wait of an expired one. */
    public void arm(int timer, long deadlineNs, ServiceMeter meter) {
        long nowNs = meter.nowNs();
        if (withdrawDue(timer)) {
            supersededWhileDue++;
        }
        long expiryNs = timers.arm(timer, nowNs, deadlineNs);
        long fromNs = Math.max(deadlineNs, nowNs);
        if (expiryNs - fromNs > timers.roundingBoundNs(fromNs - nowNs)) {
            laws.overRounded();
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
            cancelledWhileDue++;
            cancelled = true;
        }
        if (cancelled) {
            meter.charge(Cost.CANCEL);
        }
        return cancelled;
    }

    /** The instant at which a timer expired that still waits to be served; {@link TimerQueue#NONE} if none does. */
    public long dueSinceNs(int timer) {
        Int2IntHashMap due = dueItems;
        int item = due == null || dueCount == 0 ? NOT_DUE : due.get(timer);
        return item == NOT_DUE ? TimerQueue.NONE : items.expiryNs(item);
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

    /** Nothing is left of a connection of that group: its number may be used for another. */
    public void connectionEnded(int connection, int group) {
        times.end(connection, group);
    }

    /** Folds something that happened into the bucket's fingerprint. */
    public void note(long word) {
        fingerprint = Fingerprint.mix(fingerprint, word);
    }

    private boolean withdrawDue(int timer) {
        Int2IntHashMap due = dueItems;
        int item = due == null || dueCount == 0 ? NOT_DUE : due.remove(timer);
        if (item == NOT_DUE) {
            return false;
        }
        dueCount--;
        items.kill(item);
        waiting--;
        return true;
    }

    // ---- what the owner does --------------------------------------------------------------------------------------

    /**
     * The next instant at which something happens in the bucket on its own: an expiry, the end of transit, or an event that
     * no agenda has gathered.
     */
    public long nextInstantNs() {
        long next = Math.min(events.nextNs(), ownership.wakeAtOrAfter(timers.nextExpiryNs()));
        long untilNs = ownership.transitUntilNs();
        return hasWork() && untilNs > instantNs ? Math.min(next, untilNs) : next;
    }

    /** An instant that the next one is not before, told without looking which timer is next. */
    long nextInstantBoundNs() {
        long next = Math.min(events.nextNs(), ownership.wakeAtOrAfter(timers.nextExpiryBoundNs()));
        long untilNs = ownership.transitUntilNs();
        return hasWork() && untilNs > instantNs ? Math.min(next, untilNs) : next;
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
        wokeNs = ownerWokeNs;
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
        OperationCounts counts = timers.counts();
        long visits = counts.slotVisits() - chargedVisits;
        long refiles = counts.refiles() - chargedRefiles;
        if ((visits | refiles) == 0) {
            return;
        }
        chargedVisits += visits;
        chargedRefiles += refiles;
        long startNs = meter.nowNs();
        meter.charge(Cost.SLOT_VISIT, visits);
        meter.charge(Cost.REFILE, refiles);
        busyNs += meter.nowNs() - startNs;
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
        return times.touch(connection) + work.touchEvent(connection, event, waiting == 0);
    }

    /** The same for what will be served next, if the discipline knows. */
    long touchItem() {
        int item = discipline.peek(QueueDiscipline.NONE);
        return item == QueueDiscipline.NONE
                ? 0
                : times.touch(items.connection(item)) + work.touchItem(items.connection(item));
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
            laws.early();
        }
        if (wakeNs < instantNs) {
            laws.lateWake();
        }
        if (wakeNs > ownership.transitUntilNs()) {
            // In live time the owner may have slept on; while the bucket was in transit, that is what it waited for.
            wakeNs = Math.max(wakeNs, wokeNs);
        }
        int connection = work.connectionOf(timer);
        int item = items.timer(connection, timer, deadlineNs, expiryNs, wakeNs, ownership.transitBeforeNs(wakeNs));
        Int2IntHashMap due = dueItems;
        if (due == null) {
            due = dueItems = new Int2IntHashMap(DUE_CAPACITY, DUE_LOAD_FACTOR, NOT_DUE);
        }
        due.put(timer, item);
        dueCount++;
        discipline.enqueue(item, connection);
        waiting++;
    }

    /** Whether something waits for the processor. */
    public boolean hasWork() {
        return waiting > 0;
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
        int item = dequeueLive();
        if (item == QueueDiscipline.NONE) {
            return false;
        }
        int connection = items.connection(item);
        long startNs = meter.nowNs();
        instantNs = Math.max(instantNs, startNs);
        waiting--;
        times.begin(connection);
        try {
            if (items.isPacket(item)) {
                servePacket(item, connection, startNs, meter);
            } else {
                serveTimer(item, connection, startNs, meter);
            }
        } finally {
            long serviceNs = meter.nowNs() - startNs;
            busyNs += serviceNs;
            discipline.charge(connection, serviceNs);
            times.add(serviceNs);
        }
        return true;
    }

    private int dequeueLive() {
        int item = discipline.dequeue();
        while (item != QueueDiscipline.NONE && items.isDead(item)) {
            discipline.charge(items.connection(item), 0);
            items.release(item);
            item = discipline.dequeue();
        }
        return item;
    }

    private void servePacket(int item, int connection, long startNs, ServiceMeter meter) {
        int packet = items.ref(item);
        long arrivalNs = items.availableNs(item);
        items.release(item);
        packetsServed++;
        note(startNs);
        note(((long) connection << 1) | 1);
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
        if (dueItems != null && dueItems.remove(timer) != NOT_DUE) {
            dueCount--;
        }
        items.release(item);
        timersServed++;
        note(startNs);
        note((long) connection << 1);
        meter.charge(Cost.EXPIRE);
        work.onExpiry(this, timer, firing, meter);
        if (listener != null) {
            listener.timerServed(this, connection, timer, firing, meter.nowNs());
        }
    }

    private void checkOwner(int processor) {
        if (processor != ownership.owner()) {
            laws.wrongOwner();
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
        ownership.handTo(processor, processorGrid, fromNs, availableNs);
    }

    /** The owning processor; -1 before the first handover. */
    public int owner() {
        return ownership.owner();
    }

    /** How often the bucket has been given to an owner. */
    public long epoch() {
        return ownership.epoch();
    }

    // ---- readings -------------------------------------------------------------------------------------------------

    public int id() {
        return id;
    }

    /** Packets and expired timers that wait to be served. */
    public int waiting() {
        return waiting;
    }

    /** Processor time used since the start of the run. */
    public long busyNs() {
        return busyNs;
    }

    public long packetsServed() {
        return packetsServed;
    }

    /** Expired queue entries served. */
    public long timersServed() {
        return timersServed;
    }

    /** Queue entries cancelled after they expired and before they were served. */
    public long cancelledWhileDue() {
        return cancelledWhileDue;
    }

    /** Queue entries re-armed after they expired and before they were served. */
    public long supersededWhileDue() {
        return supersededWhileDue;
    }

    /** Expired queue entries that wait to be served now. */
    public int dueTimers() {
        return dueCount;
    }

    public long fingerprint() {
        return fingerprint;
    }

    public LawCounters laws() {
        return laws;
    }

    /** The processor time that each connection used. */
    public ConnectionTimes connectionTimes() {
        return times;
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

package io.wheelhouse.timer.bucket;

import io.wheelhouse.timer.queue.TimerQueue;

/**
 * What waits in a bucket for the processor, packets and expired timers, and the {@link QueueDiscipline} that says which of it
 * is served next.
 *
 * <p>A packet that finds nothing waiting or being served goes past the discipline: that would choose it, and forget it when it
 * has been charged for. As soon as anything else comes, it is where it would have been.
 *
 * <p>A part of each {@link TimerBucket}, for the same reason as {@link BucketAccount}. Used by the bucket's owner. Each operation
 * costs what it costs the discipline.
 */
public abstract sealed class BucketQueue extends BucketAccount permits TimerBucket {
    private int waiting;
    // items that the discipline holds, those cancelled and the one in service among them
    private int inDiscipline;
    // the lone packet, that waits or is being served past the discipline
    private int lone = NOBODY;
    private int lonePacket;
    private long loneArrivalNs;
    private boolean isLoneServed;
    private final boolean passesLone;
    private final QueueDiscipline discipline;

    /** The items that the discipline holds. */
    final WorkItems items;

    BucketQueue(QueueDiscipline discipline, WorkItems items) {
        this.discipline = discipline;
        this.passesLone = discipline.passesLone();
        this.items = items;
    }

    // ---- coming in

    /**
     * Whether the discipline lets one more packet of a connection join what waits. Asked once for each packet that the
     * work can bear to lose, right before {@link #packetArrived}; where the answer is no, the work drops it.
     */
    public boolean admitsPacket(int connection) {
        return passesLone || discipline.admits(connection);
    }

    /** A packet for the processor has arrived and waits for it from {@code atNs} on. */
    public void packetArrived(int connection, int packet, long atNs) {
        if (passesLone && inDiscipline == 0 && lone == NOBODY && !isLoneServed) {
            lone = connection;
            lonePacket = packet;
            loneArrivalNs = atNs;
        } else {
            enqueue(items.packet(connection, packet, atNs), connection);
        }
        waiting++;
    }

    /** A timer has expired, and waits as an item. */
    void timerExpired(int connection, int timer, int item) {
        due.add(timer, item);
        enqueue(item, connection);
        waiting++;
    }

    /** Gives an item to the discipline, and before it the one that went past it. */
    private void enqueue(int item, int connection) {
        if (lone != NOBODY) {
            int first = lone;
            lone = NOBODY;
            discipline.enqueue(items.packet(first, lonePacket, loneArrivalNs), first);
            inDiscipline++;
        } else if (isLoneServed) {
            isLoneServed = false;
            discipline.enqueue(items.packet(served(), lonePacket, loneArrivalNs), served());
            items.release(discipline.dequeue());
            inDiscipline++;
        }
        discipline.enqueue(item, connection);
        inDiscipline++;
    }

    /** Ends the wait of an expired timer, and says whether it did wait. */
    boolean withdrawDue(int timer) {
        int item = due.remove(timer);
        if (item == DueTimers.NOT_DUE) {
            return false;
        }
        items.kill(item);
        waiting--;
        return true;
    }

    /** The instant at which a timer expired that still waits to be served; {@link TimerQueue#NONE} if none does. */
    public long dueSinceNs(int timer) {
        int item = due.item(timer);
        return item == DueTimers.NOT_DUE ? TimerQueue.NONE : items.expiryNs(item);
    }

    // ---- being served

    /** The connection of the lone packet that waits; {@link #NOBODY} if none does. */
    int loneConnection() {
        return lone;
    }

    /** The lone packet has the processor. Returns its number. */
    int beginLone() {
        waiting--;
        lone = NOBODY;
        isLoneServed = true;
        return lonePacket;
    }

    /** When the lone packet arrived, that waits or is being served. */
    long loneArrivalNs() {
        return loneArrivalNs;
    }

    /** The lone packet has been served. */
    void endLone(int connection, long serviceNs) {
        if (isLoneServed) {
            isLoneServed = false;
        } else {
            charge(connection, serviceNs);
        }
    }

    /** Takes out the item that has the processor next; {@link QueueDiscipline#NONE} if none waits. */
    int take() {
        int item = discipline.dequeue();
        while (item != QueueDiscipline.NONE && items.isDead(item)) {
            charge(items.connection(item), 0);
            items.release(item);
            item = discipline.dequeue();
        }
        if (item != QueueDiscipline.NONE) {
            waiting--;
        }
        return item;
    }

    /** The item that was taken has been served. */
    void charge(int connection, long serviceNs) {
        discipline.charge(connection, serviceNs);
        inDiscipline--;
    }

    /** The connection that is served next, if the discipline knows; {@link #NOBODY} if not. */
    int nextConnection() {
        if (lone != NOBODY) {
            return lone;
        }
        int item = discipline.peek(QueueDiscipline.NONE);
        return item == QueueDiscipline.NONE ? NOBODY : items.connection(item);
    }

    // ---- readings

    /** Whether something waits for the processor. */
    public boolean hasWork() {
        return waiting > 0;
    }

    /** Packets and expired timers that wait to be served. */
    public int waiting() {
        return waiting;
    }
}

package io.wheelhouse.timer.bucket;

/**
 * What has been done in a bucket: a hash of it, the processor time that it took, in all and by connection, and what was served.
 *
 * <p>A part of each {@link TimerBucket}, and not an object beside it, which would be one more line of memory for every event.
 * Written by the bucket's owner, and read at barriers. Each operation costs O(1).
 */
public abstract sealed class BucketAccount permits BucketQueue {
    static final int NOBODY = -1;

    private long fingerprint = Fingerprint.EMPTY;
    private long busyNs;
    private long packetsServed;
    // the connection that has the processor, and its group if it has ended meanwhile
    private int served = NOBODY;
    private int servedEndedOf = NOBODY;
    // the sums of the connections' times, at hand
    private long[] usedNs = {};
    private final ConnectionTimes times = new ConnectionTimes();
    private final LawCounters laws = new LawCounters();

    /** The expired timers that wait. */
    final DueTimers due = new DueTimers();

    BucketAccount() {}

    // ---- what the bucket says -------------------------------------------------------------------------------------

    /** Folds something that happened into the bucket's fingerprint. */
    public void note(long word) {
        fingerprint = Fingerprint.mix(fingerprint, word);
    }

    /** A packet has the processor. */
    void notePacket(int connection, long startNs) {
        packetsServed++;
        note(startNs);
        note(((long) connection << 1) | 1);
    }

    /** An expired timer has the processor. */
    void noteTimer(int connection, long startNs) {
        due.countServed();
        note(startNs);
        note((long) connection << 1);
    }

    /** A connection has the processor from now on. */
    void beginServing(int connection) {
        served = connection;
    }

    /**
     * The connection that has the processor; -1 if none has. Its owner's to ask; or anybody's, of an owner that is seen to be
     * stuck, as a hint for people.
     */
    public int served() {
        return served;
    }

    /** The connection that had the processor has used that much of its time. */
    void endServing(int connection, long serviceNs) {
        busyNs += serviceNs;
        if (connection < usedNs.length) {
            usedNs[connection] += serviceNs;
        } else {
            usedNs = times.addFirst(connection, serviceNs);
        }
        served = NOBODY;
        if (servedEndedOf != NOBODY) {
            times.end(connection, servedEndedOf);
            servedEndedOf = NOBODY;
        }
    }

    /** The structure under study has taken that much of the processor's time to look after itself. */
    void addUpkeep(long upkeepNs) {
        busyNs += upkeepNs;
    }

    /** Reads what a connection has used, if anything. */
    long touchTime(int connection) {
        long[] used = usedNs;
        return connection < used.length ? used[connection] : 0;
    }

    /** Nothing is left of a connection of that group: its number may be used for another. */
    public void connectionEnded(int connection, int group) {
        if (connection == served) {
            // What it is still charged for counts as its own.
            servedEndedOf = group;
        } else {
            times.end(connection, group);
        }
    }

    // ---- readings -------------------------------------------------------------------------------------------------

    /** Processor time used since the start of the run. */
    public long busyNs() {
        return busyNs;
    }

    public long packetsServed() {
        return packetsServed;
    }

    /** Expired queue entries served. */
    public long timersServed() {
        return due.served();
    }

    /** Queue entries cancelled after they expired and before they were served. */
    public long cancelledWhileDue() {
        return due.cancelled();
    }

    /** Queue entries re-armed after they expired and before they were served. */
    public long supersededWhileDue() {
        return due.superseded();
    }

    /** Expired queue entries that wait to be served now. */
    public int dueTimers() {
        return due.count();
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
}

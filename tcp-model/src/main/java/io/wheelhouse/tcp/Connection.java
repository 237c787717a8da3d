package io.wheelhouse.tcp;

/**
 * The connection at hand, as its {@link Application} sees it. A flyweight: valid during the call that it came with. Only
 * the side that the call is for may be acted on, since the other is elsewhere.
 */
public final class Connection {
    private final TcpStack stack;
    private int slot;
    private Side acting = Side.LOCAL;

    Connection(TcpStack stack) {
        this.stack = stack;
    }

    void bind(int newSlot, Side side) {
        slot = newSlot;
        acting = side;
    }

    /** Hands over bytes to send. */
    public void write(Side side, long bytes) {
        endpoint(side).write(bytes);
    }

    /** Stops reading: what arrives from now on fills the end's receive buffer, and its window closes. */
    public void pauseReading(Side side) {
        endpoint(side).pauseReading();
    }

    /** Reads what waits, and from now on reads at once. */
    public void resumeReading(Side side) {
        endpoint(side).resumeReading();
    }

    /**
     * Reads some of what waits while reading is paused; {@link Application#onDelivered} follows.
     *
     * @return how many bytes were read, at most as many as asked for
     */
    public int read(Side side, int bytes) {
        return endpoint(side).read(bytes);
    }

    /** Bytes that wait to be read. */
    public int unread(Side side) {
        return endpoint(side).unread();
    }

    /** Ends the writing, after what was written; reading goes on. Nothing happens if the end is closing already. */
    public void shutdown(Side side) {
        endpoint(side).shutdown();
    }

    /**
     * Closes an end, whose application goes away: what was written is still sent, but what has not been read is lost, and
     * so is what arrives afterwards; a reset tells the peer of it. Nothing happens if it is closing already.
     */
    public void close(Side side) {
        endpoint(side).close();
    }

    /** Ends the connection at once, with a reset. */
    public void abort(Side side) {
        endpoint(side).abort();
    }

    /** Asks for {@link Application#onWake} at an instant that is not past. Wakes are not cancelled. */
    public void wakeAt(Side side, long atNs) {
        check(side);
        stack.scheduleWake(slot, side, atNs);
    }

    /** The state of an end. */
    public TcpState state(Side side) {
        check(side);
        return stack.endpoint(side).state();
    }

    private Endpoint endpoint(Side side) {
        check(side);
        return stack.endpoint(side);
    }

    private void check(Side side) {
        if (side != acting) {
            throw new IllegalStateException("the application at the " + acting + " side cannot act for " + side);
        }
    }

    /** Counts a message, request or answer as completed. */
    public void messageCompleted() {
        stack.countMessage(slot);
    }

    /** The number of the connection's group. */
    public int group() {
        return stack.connections().group(slot);
    }

    /** The connection's number in the run. */
    public int index() {
        return stack.connections().index(slot);
    }

    /** The first of two words that the application may use as it likes; 0 at the start. */
    public long word0() {
        return stack.connections().word(slot, 0);
    }

    public void word0(long value) {
        stack.connections().word(slot, 0, value);
    }

    /** The second word. */
    public long word1() {
        return stack.connections().word(slot, 1);
    }

    public void word1(long value) {
        stack.connections().word(slot, 1, value);
    }
}

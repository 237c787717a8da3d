package io.wheelhouse.tcp;

import io.wheelhouse.timer.ServiceMeter;
import org.jspecify.annotations.Nullable;

/**
 * One end of the connection at hand, as TCP's event processing sees it (RFC 9293, section 3.10): opened, written to,
 * closed, aborted, hearing segments, hearing its timers. The two sides are two objects of this class.
 */
final class Endpoint {
    private final EndContext end;
    private final EndRow row;
    private final Sender sender;
    private final Receiver receiver;
    private final Patience patience;
    private final Persist persist;
    private final Life life;
    private final SegmentArrival arrival;

    Endpoint(EndContext end) {
        this.end = end;
        this.row = end.row;
        this.sender = new Sender(end);
        this.receiver = new Receiver(end);
        this.patience = new Patience(end);
        this.persist = new Persist(end, sender, patience);
        this.life = new Life(end, sender, receiver, patience);
        this.arrival = new SegmentArrival(end, sender, receiver, life, persist, patience);
    }

    /**
     * Binds the end to a connection.
     *
     * @param processorMeter the clock of the processor's side; null at the far end, whose time is {@code atNs}
     */
    void bind(int connection, @Nullable ServiceMeter processorMeter, long atNs) {
        end.bind(connection, processorMeter, atNs);
        sender.bind();
    }

    EndContext context() {
        return end;
    }

    /** For tests: whether what is expected is spared what it need not go through. */
    void predict(boolean expected) {
        arrival.predict(expected);
        sender.predict(expected);
    }

    TcpState state() {
        return row.state();
    }

    boolean isClosed() {
        return row.isClosed();
    }

    /** Whether the end knows nothing of the connection. */
    boolean isGone() {
        return row.isGone();
    }

    /** Prepares a new connection's end: it listens, or will open with {@link #open}. */
    void create(int iss, boolean listens) {
        row.sndUna(iss);
        row.sndNxt(iss);
        row.rcvMss(end.settings().firstRcvMss);
        row.state(listens ? TcpState.LISTEN : TcpState.CLOSED);
    }

    /** The active OPEN (section 3.10.1). */
    void open() {
        assert row.state() == TcpState.CLOSED : row.state();
        row.state(TcpState.SYN_SENT);
        row.set(EndRow.ACTIVE_OPEN);
        sender.sendSyn(0);
        life.opening();
        patience.follow();
    }

    /** SEND (section 3.10.2): what is written to an end that is closing or closed is an error of the application. */
    void write(long bytes) {
        write(bytes, false);
    }

    /** SEND, and that more follows (MSG_MORE): what does not fill a segment may wait for it. */
    void write(long bytes, boolean more) {
        if (bytes <= 0) {
            throw new IllegalArgumentException("bytes to write must be more than 0: " + bytes);
        }
        if (!row.mayWrite() || row.is(EndRow.FIN_QUEUED)) {
            throw new IllegalStateException("cannot write to an end in " + row.state());
        }
        if (!sender.write(bytes, more)) {
            settle();
        }
    }

    /** CLOSE (section 3.10.4) by an application that goes away; nothing happens if the end is closing already. */
    void close() {
        life.close();
        settle();
    }

    /** CLOSE by an application that goes on reading. */
    void shutdown() {
        life.shutdown();
        settle();
    }

    /** The application will read no more. */
    void shutdownReading() {
        row.set(EndRow.DEAF);
    }

    /** What is left of every event: what cannot be sent is watched, and the user's patience follows what is in flight. */
    private void settle() {
        persist.check();
        patience.follow();
    }

    /** The application stops reading: what arrives fills the receive buffer. */
    void pauseReading() {
        receiver.pause();
    }

    /** The application reads what there is, and from now on at once. */
    void resumeReading() {
        receiver.resume();
    }

    /** RECEIVE (section 3.10.3): reads at most so many bytes of those that wait; returns how many. */
    int read(int bytes) {
        return receiver.read(bytes);
    }

    /** Bytes that wait to be read. */
    int unread() {
        return row.unread();
    }

    /** A listener's end forgets what it has of a connection. */
    void stopListening() {
        life.closed(CloseReason.ABORTED);
    }

    /** ABORT (section 3.10.5). */
    void abort() {
        life.abort();
    }

    /** SEGMENT ARRIVES (section 3.10.7). */
    void segmentArrives(ArrivedSegment segment) {
        if (arrival.arrives(segment)) {
            settle();
        }
    }

    /** Whether a SYN begins a new connection in the place of one in TIME-WAIT. */
    boolean reopens(ArrivedSegment segment) {
        return arrival.reopens(segment);
    }

    /** The application has read what was delivered. */
    void applicationRead() {
        end.settings().acks.applicationRead(end);
    }

    /** The application has set TCP_QUICKACK. */
    void quickAsked(int value) {
        end.settings().acks.quickAsked(end, value);
        settle();
    }

    /** The application has set an option: timers that run are brought into line, and what no longer waits is sent. */
    void settingsChanged() {
        life.settingsChanged();
        sender.push();
    }

    /** Holds back what is less than a full segment, or no longer: then what waited is sent. */
    void cork(boolean held) {
        if (held) {
            row.set(EndRow.CORKED);
        } else {
            row.clear(EndRow.CORKED);
            sender.push();
        }
    }

    /** The application has set the idle time of keepalives. */
    void keepaliveTimeSet() {
        life.keepaliveTimeSet();
    }

    /** A timeout (section 3.10.8). */
    void timerFired(TcpTimer timer) {
        if (timer == TcpTimer.DELAYED_ACK) {
            end.settings().acks.timerFired(end);
        } else {
            timedOut(timer);
        }
        settle();
    }

    private void timedOut(TcpTimer timer) {
        switch (timer) {
            case SYN, SYN_ACK, RTO -> {
                if (!sender.recovery().timedOut(timer)) {
                    life.retransmissionsExhausted();
                }
            }
            case DELAYED_ACK -> throw new AssertionError(timer);
            case KEEPALIVE -> life.keepaliveFired();
            case FIN_WAIT_2 -> life.finWait2Fired();
            case TIME_WAIT -> life.closed(CloseReason.ORDERLY);
            case PERSIST -> {
                if (!persist.fired()) {
                    life.giveUp();
                }
            }
            case USER_TIMEOUT -> life.retransmissionsExhausted();
            case ORPHAN -> life.orphanFired();
            case TLP -> sender.probeTimedOut();
            case RACK -> sender.recovery().reorderingTimedOut();
            case PACING -> sender.pacingEnded();
        }
    }
}

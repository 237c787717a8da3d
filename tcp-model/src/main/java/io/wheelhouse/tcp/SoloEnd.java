package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One end of one connection, driven by hand in virtual time: the caller is its application, its peer and its clock.
 *
 * <pre>
 *   SoloEnd end = new SoloSetup().set(Map.of("tcp_retries2", "8")).kernelWheel(250).build();
 *   end.listener((atNs, segment) -> ...);                     // every segment that it sends
 *   end.connect();
 *   end.runUntil(20_000_000);
 *   end.arrive(TcpSegment.of(SYN | ACK, 0, 1, 0, 65_535).with(Options.ofSyn(1460, 7, true)));
 *   end.write(1_000);
 *   while (end.error() == null) { end.runToNextEvent(); }     // the peer says no more: until it is given up
 * </pre>
 *
 * <p>It is the model's own end, on a bucket and a processor of its own, whose operations cost nothing; the far end is
 * missing, and whatever it sends goes to the listener. What a call causes has happened when it returns, at the time
 * {@link #nowNs}. Time goes on in {@link #runUntil} and {@link #runToNextEvent} only; both include what is due at that
 * very instant.
 *
 * <p>The options of the peer's SYN are negotiated with the profile's. Before the first of {@link #listen} and {@link
 * #connect}, and when closed, it answers segments with resets. A socket option holds from the call on.
 *
 * <p>One thread at a time. A listener may ask, but not act. Cost of a call: that of the model's work.
 */
public final class SoloEnd {
    private static final int GROUP = 0;

    /** Is told of every segment sent. */
    @FunctionalInterface
    public interface Listener {
        void sent(long atNs, TcpSegment segment);
    }

    private final TcpConfig config;
    private final TcpBucketWork work;
    private final TimerBucket bucket;
    private final SoloClock clock;
    private final int connection;
    private final int iss;
    private final SoloOptions options;
    private final SoloNews news;
    private Listener listener = (atNs, segment) -> {};

    SoloEnd(SoloSetup setup) {
        options = new SoloOptions(setup.profile);
        news = new SoloNews(setup.profile);
        iss = setup.iss;
        TupleSpace tuples = new TupleSpace(
                setup.local,
                Prefix.parse(
                        setup.remote.address() + "/" + setup.remote.address().bits()),
                setup.remote.port(),
                setup.remote.port(),
                0);
        Path nowhere = Path.of(0, Distribution.constant(0));
        TcpGroup group = new TcpGroup(
                "solo", setup.profile, setup.profile, nowhere, tuples, news, news.isAutoRead(), Side.REMOTE);
        config = new TcpConfig(0, List.of(group), setup.entries);
        work = new TcpBucketWork(config);
        WorkItems items = new WorkItems();
        bucket = new TimerBucket(0, setup.queue, new FifoDiscipline(items), items, work);
        work.attach(bucket);
        work.farEnd(this::sent);
        clock = new SoloClock(bucket, setup.grid);
        connection = work.solo(iss);
        runUntil(setup.startNs);
    }

    /** Sets who is told of every segment sent. */
    public void listener(Listener newListener) {
        listener = newListener;
    }

    /** Sets who is told what is counted, and what its timers do. */
    public void observer(TcpObserver observer) {
        work.observer(observer);
    }

    // ---- the application

    /** The passive OPEN (RFC 9293, section 3.10.1). */
    public void listen() {
        if (state() != TcpState.CLOSED) {
            throw new IllegalStateException("cannot listen in " + state());
        }
        act(endpoint -> endpoint.create(iss, true));
    }

    /** The active OPEN. */
    public void connect() {
        if (state() != TcpState.CLOSED) {
            throw new IllegalStateException("cannot connect in " + state());
        }
        act(Endpoint::open);
    }

    /**
     * SEND.
     *
     * @throws IllegalStateException if the end has closed for writing, or is closed
     */
    public void write(long bytes) {
        write(bytes, false);
    }

    /** SEND, and that more is to follow (MSG_MORE): what does not fill a segment may wait for it. */
    public void write(long bytes, boolean more) {
        act(endpoint -> endpoint.write(bytes, more));
    }

    /**
     * Whether what arrives is read at once, as it is at the start; otherwise it waits in the receive buffer for {@link
     * #read}.
     */
    public void autoRead(boolean atOnce) {
        news.autoRead(atOnce);
        renewSettings();
        if (news.isEstablished()) {
            act(atOnce ? Endpoint::resumeReading : Endpoint::pauseReading);
        }
    }

    /** RECEIVE: reads at most so many bytes of those that wait; returns how many. */
    public int read(int bytes) {
        int[] taken = new int[1];
        act(endpoint -> {
            taken[0] = endpoint.read(bytes);
            if (taken[0] > 0) {
                endpoint.applicationRead();
            }
        });
        return taken[0];
    }

    /** CLOSE by an application that goes away. */
    public void close() {
        act(Endpoint::close);
    }

    /** CLOSE for writing: the application goes on reading. */
    public void shutdown() {
        act(Endpoint::shutdown);
    }

    /** The application will read no more, but has not gone. */
    public void shutdownReading() {
        act(Endpoint::shutdownReading);
    }

    /** ABORT. */
    public void abort() {
        act(Endpoint::abort);
    }

    /**
     * The listener goes, and with it a handshake that is under way: nobody is told (inet_csk_listen_stop(),
     * net/ipv4/inet_connection_sock.c of Linux).
     *
     * @throws IllegalStateException if the end neither listens nor is in the middle of a handshake that it has not begun
     */
    public void stopListening() {
        if (state() != TcpState.LISTEN && state() != TcpState.SYN_RECEIVED) {
            throw new IllegalStateException("cannot stop to listen in " + state());
        }
        act(Endpoint::stopListening);
    }

    /**
     * Sets a socket option, in the option's own unit.
     *
     * @throws IllegalArgumentException if it may not have the value
     */
    public void option(SocketOption option, long value) {
        options.set(option, value);
        renewSettings();
        if (option == SocketOption.TCP_KEEPIDLE) {
            act(Endpoint::keepaliveTimeSet);
        }
    }

    /** Whether what is less than a full segment is held back until more comes or the cork is taken out (TCP_CORK). */
    public void cork(boolean held) {
        act(endpoint -> endpoint.cork(held));
    }

    /** Sets TCP_QUICKACK: 0 for a connection that answers what it hears, 1 for one that does not, 2 for an acknowledgment now. */
    public void quickAck(int value) {
        act(endpoint -> endpoint.quickAsked(value));
    }

    /** What TCP_QUICKACK would say: whether acknowledgments do not wait for answers. */
    public boolean isQuickAcking() {
        boolean[] found = new boolean[1];
        work.act(connection, clock.meter(), endpoint -> {
            EndContext end = endpoint.context();
            found[0] = !end.settings().acks.isInteractive(end.row);
        });
        return found[0];
    }

    /** Sets one of the profile's constants from now on, by the names that {@link Profile#with} knows. */
    public void set(String constant, String value) {
        options.set(constant, value);
        renewSettings();
    }

    private void renewSettings() {
        config.localSettings[GROUP] = options.settings(news.isAutoRead());
        act(Endpoint::settingsChanged);
    }

    private void act(Consumer<Endpoint> action) {
        work.act(connection, clock.meter(), action);
        clock.settle();
    }

    // ---- the peer

    /** A segment of the peer arrives now. */
    public void arrive(TcpSegment segment) {
        if (segment.has(TcpSegment.SYN) && (!state().isSynchronized() || reopens(segment))) {
            options.offered(segment.options());
            renewSettings();
        }
        if (!news.isAutoRead()
                && segment.length() > 0
                && segment.has(TcpSegment.ACK)
                && state() == TcpState.SYN_RECEIVED) {
            // data that comes with the last word of the handshake waits too, and the news of that comes after it
            act(Endpoint::pauseReading);
        }
        work.inject(connection, segment, nowNs());
        clock.settle();
    }

    /** Whether a SYN begins a new connection in the place of one in TIME-WAIT. */
    private boolean reopens(TcpSegment segment) {
        ArrivedSegment arrived = new ArrivedSegment();
        arrived.seq = segment.seq();
        arrived.flags = segment.flags();
        arrived.tsValue = segment.options().tsValue();
        boolean[] found = new boolean[1];
        work.act(connection, clock.meter(), endpoint -> found[0] = endpoint.reopens(arrived));
        return found[0];
    }

    /** The far end's place: a segment has left. */
    private void sent(int from, ArrivedSegment segment, long atNs) {
        listener.sent(atNs, options.onWire(segment, config.localSettings[GROUP]));
    }

    // ---- the clock

    /** The time, in nanoseconds. */
    public long nowNs() {
        return clock.nowNs();
    }

    /** When something will happen by itself, {@link Long#MAX_VALUE} for never: a timer, or an entry found stale. */
    public long nextEventNs() {
        return clock.nextEventNs();
    }

    /** Lets time go on to an instant, and happen what is due until then and at it. */
    public void runUntil(long untilNs) {
        clock.runUntil(untilNs);
    }

    /**
     * Lets time go on to an instant without anybody looking: what came due meanwhile happens then, late. An owner that is
     * kept from its work does that.
     */
    public void sleepUntil(long untilNs) {
        clock.sleepUntil(untilNs);
    }

    /** Lets time go on to the next event; returns whether there was one. */
    public boolean runToNextEvent() {
        long nextNs = nextEventNs();
        if (nextNs == Long.MAX_VALUE) {
            return false;
        }
        runUntil(nextNs);
        return true;
    }

    // ---- what there is to know

    public TcpState state() {
        TcpState[] found = new TcpState[1];
        work.act(connection, clock.meter(), endpoint -> found[0] = endpoint.state());
        return found[0];
    }

    /** What TCP_INFO would say. */
    public TcpInfo info() {
        TcpInfo[] found = new TcpInfo[1];
        work.act(connection, clock.meter(), endpoint -> found[0] = TcpInfo.of(endpoint.context()));
        return found[0];
    }

    /** Why it is closed; null while it is not, or if it was never opened. */
    public @Nullable CloseReason closeReason() {
        return news.closeReason();
    }

    /** When it was closed; -1 while it is not. */
    public long closedNs() {
        return news.closedNs();
    }

    /** What calls of the application fail with; null if the connection has come to no bad end. */
    public @Nullable SocketError error() {
        return news.error();
    }

    /** Bytes that the application has read so far. */
    public long delivered() {
        return news.delivered();
    }

    /** Bytes that have arrived in order and wait to be read. */
    public int unread() {
        int[] found = new int[1];
        work.act(connection, clock.meter(), endpoint -> found[0] = endpoint.unread());
        return found[0];
    }

    /** Whether the peer has closed: what {@link #read} would report as the end of the stream. */
    public boolean isPeerClosed() {
        return news.isPeerClosed();
    }

    /** Throws {@link AssertionError} if a law has been broken: a timer early or over-rounded, counts that do not balance. */
    public void checkInvariants() {
        work.checkInvariants();
        bucket.timers().checkInvariants();
        long early = bucket.laws().earlyFirings();
        long overRounded = bucket.laws().overRoundedTimers();
        if (early + overRounded != 0) {
            throw new AssertionError("timers early: " + early + ", over-rounded: " + overRounded);
        }
    }
}

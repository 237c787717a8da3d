package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.profile.Profile;
import io.wheelhouse.tcp.profile.TcpConstant;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.FifoDiscipline;
import io.wheelhouse.timer.bucket.TimerBucket;
import io.wheelhouse.timer.bucket.WorkItems;
import io.wheelhouse.timer.thread.Processor;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
    private static final int NO_MSS_OPTION = 536; // RFC 9293, section 3.7.1
    // what TcpConstant.MSS may be; a stack does not believe the smallest offers either
    private static final int LEAST_MSS = 64;
    private static final int MOST_MSS = 65_495;
    private static final int GROUP = 0;

    /** Is told of every segment sent. */
    @FunctionalInterface
    public interface Listener {
        void sent(long atNs, TcpSegment segment);
    }

    private final TcpConfig config;
    private final TcpBucketWork work;
    private final TimerBucket bucket;
    private final Processor processor;
    private final FreeMeter meter = new FreeMeter();
    private final int connection;
    private final int iss;
    // the later one counts, if several names of a constant were set; options count more
    private final Map<String, String> ownSettings = new LinkedHashMap<>();
    private final Map<String, String> options = new LinkedHashMap<>();
    private final Profile profile;
    private Profile peer;
    private boolean autoRead = true;
    private Listener listener = (atNs, segment) -> {};

    // what the application has been told
    private long delivered;
    private boolean established;
    private boolean peerClosed;
    private @Nullable CloseReason closeReason;
    private long closedNs = -1;
    private @Nullable SocketError error;

    SoloEnd(SoloSetup setup) {
        profile = setup.profile;
        peer = setup.profile;
        iss = setup.iss;
        TupleSpace tuples = new TupleSpace(
                setup.local,
                Prefix.parse(
                        setup.remote.address() + "/" + setup.remote.address().bits()),
                setup.remote.port(),
                setup.remote.port(),
                0);
        Path nowhere = Path.of(0, Distribution.constant(0));
        TcpGroup group = new TcpGroup("solo", profile, peer, nowhere, tuples, new Ear(), autoRead, Side.REMOTE);
        config = new TcpConfig(0, List.of(group), setup.entries);
        work = new TcpBucketWork(config);
        WorkItems items = new WorkItems();
        bucket = new TimerBucket(0, setup.queue, new FifoDiscipline(items), items, work);
        work.attach(bucket);
        work.observer(SilentObserver.INSTANCE);
        work.farEnd(this::sent);
        processor = new Processor(0, setup.grid);
        processor.adopt(bucket, 0, 0);
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
        autoRead = atOnce;
        renewSettings();
        if (established) {
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
        option.apply(value, options);
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
        work.act(connection, meter, endpoint -> {
            EndContext end = endpoint.context();
            found[0] = !end.settings().acks.isInteractive(end.row);
        });
        return found[0];
    }

    /** Sets one of the profile's constants from now on, by the names that {@link Profile#with} knows. */
    public void set(String constant, String value) {
        profile.with(Map.of(constant, value));
        ownSettings.remove(constant);
        ownSettings.put(constant, value);
        renewSettings();
    }

    private void renewSettings() {
        config.localSettings[GROUP] = new EndSettings(ownProfile(), peer, autoRead);
        act(Endpoint::settingsChanged);
    }

    private Profile ownProfile() {
        return profile.with(ownSettings).with(options);
    }

    private void act(Consumer<Endpoint> action) {
        work.act(connection, meter, action);
        settle();
    }

    // ---- the peer

    /** A segment of the peer arrives now. */
    public void arrive(TcpSegment segment) {
        if (segment.has(TcpSegment.SYN) && (!state().isSynchronized() || reopens(segment))) {
            peer = offered(segment.options());
            renewSettings();
        }
        if (!autoRead && segment.length() > 0 && segment.has(TcpSegment.ACK) && state() == TcpState.SYN_RECEIVED) {
            // data that comes with the last word of the handshake waits too, and the news of that comes after it
            act(Endpoint::pauseReading);
        }
        work.inject(connection, segment, nowNs());
        settle();
    }

    /** Whether a SYN begins a new connection in the place of one in TIME-WAIT. */
    private boolean reopens(TcpSegment segment) {
        ArrivedSegment arrived = new ArrivedSegment();
        arrived.seq = segment.seq();
        arrived.flags = segment.flags();
        arrived.tsValue = segment.options().tsValue();
        boolean[] found = new boolean[1];
        work.act(connection, meter, endpoint -> found[0] = endpoint.reopens(arrived));
        return found[0];
    }

    private Profile offered(TcpSegment.Options options) {
        Map<String, String> offer = new HashMap<>();
        int mss = options.mss() == 0 ? NO_MSS_OPTION : Math.max(LEAST_MSS, Math.min(options.mss(), MOST_MSS));
        offer.put(TcpConstant.MSS.key(), Integer.toString(mss));
        offer.put(TcpConstant.TIMESTAMPS.key(), options.timestamps() ? "on" : "off");
        offer.put(TcpConstant.SACK.key(), options.sackPermitted() ? "on" : "off");
        // a peer that offers to scale by nothing still scales ours
        int scale = options.windowScale() < 0 ? 0 : Math.max(1, options.windowScale());
        offer.put(TcpConstant.WINDOW_SCALE.key(), Integer.toString(scale));
        return peer.with(offer);
    }

    /** The far end's place: a segment has left. */
    private void sent(int from, ArrivedSegment segment, long atNs) {
        listener.sent(atNs, onWire(segment));
    }

    private TcpSegment onWire(ArrivedSegment segment) {
        EndSettings settings = config.localSettings[GROUP];
        TcpSegment.Options options = TcpSegment.Options.NONE;
        boolean syn = segment.has(Segments.SYN);
        if (syn) {
            Profile own = ownProfile();
            boolean answers = segment.has(Segments.ACK);
            boolean sackPermitted = answers ? settings.sack : own.is(TcpConstant.SACK);
            // RFC 7323, section 2.2: an answer has the option only if the SYN had it
            int scale = own.count(TcpConstant.WINDOW_SCALE);
            boolean scales = scale > 0 && (!answers || peer.count(TcpConstant.WINDOW_SCALE) > 0);
            options = TcpSegment.Options.ofSyn(own.count(TcpConstant.MSS), scales ? scale : -1, sackPermitted);
        }
        // RFC 7323, section 5.2: a reset may carry them; one for nobody has none to carry
        if (settings.timestamps && segment.tsValue != 0) {
            options = options.withTimestamps(segment.tsValue, segment.tsEcho);
        }
        if (segment.sacks.count() > 0) {
            options = options.withSackBlocks(segment.sacks.list());
        }
        return new TcpSegment(segment.flags, segment.seq, segment.ack, segment.length, segment.window, options);
    }

    // ---- the clock

    /** The time, in nanoseconds. */
    public long nowNs() {
        return meter.nowNs();
    }

    /** When something will happen by itself, {@link Long#MAX_VALUE} for never: a timer, or an entry found stale. */
    public long nextEventNs() {
        return processor.nextInstantNs();
    }

    /** Lets time go on to an instant, and happen what is due until then and at it. */
    public void runUntil(long untilNs) {
        if (untilNs < nowNs()) {
            throw new IllegalArgumentException("time does not go back: " + untilNs + " ns after " + nowNs() + " ns");
        }
        long nextNs = processor.nextInstantNs();
        while (nextNs <= untilNs) {
            meter.idleUntil(nextNs);
            settle();
            nextNs = processor.nextInstantNs();
        }
        meter.idleUntil(untilNs);
    }

    /**
     * Lets time go on to an instant without anybody looking: what came due meanwhile happens then, late. An owner that is
     * kept from its work does that.
     */
    public void sleepUntil(long untilNs) {
        meter.idleUntil(untilNs);
        settle();
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

    /** Lets happen all that is due at this instant: bounded, for nothing that the model does causes itself at once. */
    private void settle() {
        long limitNs = meter.nowNs() + 1;
        processor.scheduleChanged(bucket);
        processor.happen(meter, limitNs);
        boolean more = true;
        while (more) {
            more = processor.step(meter, limitNs);
        }
    }

    // ---- what there is to know

    public TcpState state() {
        TcpState[] found = new TcpState[1];
        work.act(connection, meter, endpoint -> found[0] = endpoint.state());
        return found[0];
    }

    /** What TCP_INFO would say. */
    public TcpInfo info() {
        TcpInfo[] found = new TcpInfo[1];
        work.act(connection, meter, endpoint -> found[0] = TcpInfo.of(endpoint.context()));
        return found[0];
    }

    /** Why it is closed; null while it is not, or if it was never opened. */
    public @Nullable CloseReason closeReason() {
        return closeReason;
    }

    /** When it was closed; -1 while it is not. */
    public long closedNs() {
        return closedNs;
    }

    /** What calls of the application fail with; null if the connection has come to no bad end. */
    public @Nullable SocketError error() {
        return error;
    }

    /** Bytes that the application has read so far. */
    public long delivered() {
        return delivered;
    }

    /** Bytes that have arrived in order and wait to be read. */
    public int unread() {
        int[] found = new int[1];
        work.act(connection, meter, endpoint -> found[0] = endpoint.unread());
        return found[0];
    }

    /** Whether the peer has closed: what {@link #read} would report as the end of the stream. */
    public boolean isPeerClosed() {
        return peerClosed;
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

    /** Hears the model's news for the application. */
    private final class Ear implements Application {
        @Override
        public void onEstablished(Connection facade, Side side, long nowNs) {
            established = true;
            // it may be the next connection of an end that listens again
            peerClosed = false;
            closeReason = null;
            closedNs = -1;
            error = null;
            if (!autoRead) {
                work.endpoint(Side.LOCAL).pauseReading();
            }
        }

        @Override
        public void onDelivered(Connection facade, Side side, long bytes, long nowNs) {
            delivered += bytes;
        }

        @Override
        public void onWake(Connection facade, Side side, long nowNs) {}

        @Override
        public void onPeerClosed(Connection facade, Side side, long nowNs) {
            peerClosed = true;
        }

        @Override
        public void onClosed(Connection facade, Side side, CloseReason reason, long nowNs) {
            closeReason = reason;
            closedNs = nowNs;
            error = switch (reason) {
                case ORDERLY, ABORTED -> null;
                case GIVEN_UP -> SocketError.ETIMEDOUT;
                case RESET -> resetError();
            };
        }

        private SocketError resetError() {
            if (!established) {
                return SocketError.ECONNREFUSED;
            }
            // tcp_reset(), net/ipv4/tcp_input.c
            boolean pipe =
                    peerClosed && profile.choice(TcpConstant.CLOSING_RULE).equals("linux");
            return pipe ? SocketError.EPIPE : SocketError.ECONNRESET;
        }
    }

    /** A clock that work does not move. */
    private static final class FreeMeter implements ServiceMeter {
        private long nowNs;

        @Override
        public long nowNs() {
            return nowNs;
        }

        @Override
        public void charge(Cost cost, long count) {}

        @Override
        public void chargeNs(long serviceNs) {}

        void idleUntil(long atNs) {
            nowNs = Math.max(nowNs, atNs);
        }
    }
}

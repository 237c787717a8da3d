package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.Direction;
import io.wheelhouse.tcp.profile.Backoff;
import io.wheelhouse.tcp.profile.RttEstimator;
import io.wheelhouse.timer.ServiceMeter;
import org.jspecify.annotations.Nullable;

/**
 * One end of the connection at hand, and what its logic may do: know the time, arm timers, send segments, count, and tell
 * the application. A bucket has two, one a side, which are bound to one connection after another; the logic behind them
 * is the same.
 */
final class EndContext {
    private static final int NANOS_PER_MILLI = 1_000_000;
    /** TCP_RTO_MAX, which no setting moves. */
    private static final long LINUX_RTO_MAX_NS = 120_000_000_000L;

    private static final int ESTABLISHED = 1;
    private static final int PEER_CLOSED = 2;
    private static final int CLOSED = 4;

    final Side side;
    /** The way of what the end sends. */
    final Direction direction;

    final EndRow row;
    final BucketState shared;
    final EndTimers timers;
    private final Wire wire;
    private final Tally tally;
    private final EndSettings[] settingsByGroup;
    private final int endInts;

    private EndSettings settings;
    private int connection;
    private int group;
    private @Nullable ServiceMeter meter;
    private long instantNs;

    // what the application is told when the packet at hand is done with
    private int news;
    private long delivered;
    private CloseReason reason = CloseReason.ORDERLY;

    EndContext(Side side, BucketState shared, Wire wire, Tally tally, EndTimers timers, EndSettings[] settingsByGroup) {
        this.side = side;
        this.direction = side == Side.LOCAL ? Direction.UP : Direction.DOWN;
        this.shared = shared;
        this.row = shared.connections.newEndRow();
        this.endInts = shared.connections.endInts(side);
        this.wire = wire;
        this.tally = tally;
        this.timers = timers;
        this.settingsByGroup = settingsByGroup;
        this.settings = settingsByGroup[0];
        timers.belongTo(this);
    }

    /**
     * Binds the end to a connection.
     *
     * @param processorMeter the clock of the processor's side; null at the far end, whose time is {@code atNs}
     */
    void bind(int newConnection, @Nullable ServiceMeter processorMeter, long atNs) {
        connection = newConnection;
        group = shared.connections.bind(row, newConnection, endInts);
        settings = settingsByGroup[group];
        meter = processorMeter;
        instantNs = atNs;
        // what a callback that threw has left is not this connection's
        news = 0;
        delivered = 0;
    }

    /** The connection's slot in the bucket. */
    int connection() {
        return connection;
    }

    int group() {
        return group;
    }

    EndSettings settings() {
        return settings;
    }

    /** The clock of the processor's side; null at the far end. */
    @Nullable
    ServiceMeter meter() {
        return meter;
    }

    long nowNs() {
        return meter == null ? instantNs : meter.nowNs();
    }

    /** The time as a timestamp, by the stack's own clock; never 0 in the first 2^32 ticks, as an echo of 0 is none. */
    int timestamp() {
        return timestamp(nowNs());
    }

    int timestamp(long ns) {
        return (int) (ns / settings.timestampClockNs) + 1;
    }

    /** Takes note that the peer is alive. */
    void heard() {
        row.lastHeardMs((int) (nowNs() / NANOS_PER_MILLI));
    }

    /** For how long the peer has been silent: to the millisecond, and for less than 49 days. */
    long silentNs() {
        long nowNs = nowNs();
        int ms = (int) (nowNs / NANOS_PER_MILLI) - row.lastHeardMs();
        return Integer.toUnsignedLong(ms) * NANOS_PER_MILLI + nowNs % NANOS_PER_MILLI;
    }

    /** The retransmission timeout as it stands now, backed off or not (RFC 6298, sections 2 and 5). */
    long rtoNs() {
        RttEstimator estimator = settings.estimator;
        long rtoNs = row.is(EndRow.HANDSHAKE_RETRANSMITTED)
                        && row.state().isSynchronized()
                        && !estimator.hasSample(row.ints(), row.estimatorBase())
                ? settings.rtoAfterHandshakeLossNs // RFC 6298, section 5.7
                : estimator.rtoNs(row.ints(), row.estimatorBase());
        int doublings = row.backoff();
        return doublings == 0
                ? rtoNs
                : withSlopNs(Backoff.backedOffNs(
                        withoutSlopNs(rtoNs), Math.min(doublings, settings.rtoDoublingsMax), rtoMaxNs()));
    }

    /** For a request Linux knows no greatest timeout but its own: tcp_reqsk_timeout(), include/net/tcp.h. */
    private long rtoMaxNs() {
        boolean request = row.state() == TcpState.SYN_RECEIVED && !row.is(EndRow.ACTIVE_OPEN);
        return request && settings.arrivalsLikeLinux ? LINUX_RTO_MAX_NS : settings.rtoMaxNs;
    }

    /** A timeout that is not backed off, less the slop that only samples bring: TCP_REXMTVAL() of FreeBSD 14. */
    private long withoutSlopNs(long rtoNs) {
        return settings.rtoSlopNs > 0 && settings.estimator.hasSample(row.ints(), row.estimatorBase())
                ? Math.max(1, rtoNs - settings.rtoSlopNs)
                : rtoNs;
    }

    private long withSlopNs(long timeoutNs) {
        return Math.min(rtoMaxNs(), timeoutNs + settings.rtoSlopNs);
    }

    /** The retransmission timeout without slop and not backed off. */
    long bareRtoNs() {
        return withoutSlopNs(settings.estimator.rtoNs(row.ints(), row.estimatorBase()));
    }

    // ---- sending

    /** Sends a segment that acknowledges RCV.NXT. */
    void send(int seq, int flags, int length) {
        int next = row.rcvNxt();
        wire.send(this, meter, seq, next, flags | Segments.ACK, length);
        row.rcvAcked(next);
        AckPolicy acks = settings.acks;
        acks.acknowledged(this);
        if (length > 0) {
            acks.dataSent(this);
        }
    }

    /** Sends an acknowledgment without data; with a FIN that was sent and is not acknowledged, if the profile does that. */
    void sendAck() {
        if (settings.repeatsFin && row.is(EndRow.FIN_SENT) && row.flight() > 0) {
            send(row.sndNxt() - 1, Segments.FIN, 0);
        } else {
            sendBareAck();
        }
    }

    /** Sends an acknowledgment and nothing else. */
    void sendBareAck() {
        send(acceptableSeq(), 0, 0);
    }

    /**
     * The number of a segment without data: SND.NXT, but on Linux no more than the peer's window takes, if it has been drawn
     * back by more than scaling explains (tcp_acceptable_seq(), net/ipv4/tcp_output.c).
     */
    int acceptableSeq() {
        int next = row.sndNxt();
        int edge = row.sndUna() + row.sndWnd();
        return next - edge > 0 ? acceptableSeq(next, edge) : next;
    }

    private int acceptableSeq(int next, int edge) {
        boolean drawnBack = settings.keepsWindow && next - edge >= 1 << settings.windowShift();
        return drawnBack && row.state().isSynchronized() ? edge : next;
    }

    /**
     * RCV.WND: the numbers from RCV.NXT to the right edge of what has been offered, which is never drawn back (RFC 9293,
     * section 3.8.6). With the application reading all at once the edge follows from the last acknowledgment; otherwise
     * it is kept.
     */
    int standingWindow() {
        return Math.max(0, row.rcvAcked() + lastOffered() - row.rcvNxt());
    }

    /** The window that was offered last, from what was acknowledged then. */
    int lastOffered() {
        return row.isMarked(EndRow.EDGE_KEPT) ? row.cold().rightEdge(row.coldRow()) - row.rcvAcked() : window();
    }

    /** What is offered when nothing waits to be read. */
    int window() {
        return settings.window(row.is(EndRow.ACTIVE_OPEN));
    }

    /** The handshake is done: where the windows that follow it are smaller than its own, the edge must be kept. */
    void keepEdgeIfWide() {
        if (settings.startsWide(row.is(EndRow.ACTIVE_OPEN))) {
            int coldRow = row.madeColdRow();
            row.cold().rightEdge(coldRow, row.rcvNxt() + settings.synWindow(row.is(EndRow.ACTIVE_OPEN)));
            row.mark(EndRow.EDGE_KEPT);
        }
    }

    /** The window that may be offered now, without making the peer silly. */
    int openWindow(int standing) {
        return Math.max(standing, settings.onWire(freshWindow(standing)));
    }

    /** The same, whatever has been offered before. */
    private int freshWindow(int standing) {
        WindowRule rule = settings.windowRule;
        // the field's limit is the last thing: FreeBSD's tcp_output(), Linux's __tcp_select_window()
        int free = Math.max(0, Math.min(settings.windowMax, settings.buffer - row.unread()));
        if (rule.isTight(free, settings.windowMax)) {
            row.quickAcks(0);
        }
        int segment = rule.countsPeersSegments() ? row.rcvMss() : settings.mss;
        return rule.offered(free, settings.windowMax, segment, standing, lastOffered(), settings.windowShift());
    }

    /** Whether an acknowledgment sent now moves the right edge of the window on by all that it acknowledges. */
    boolean edgeMovesOn() {
        return row.unread() == 0 || settings.onWire(freshWindow(standingWindow())) >= lastOffered();
    }

    /** The window that a segment sent now offers: takes note of it. */
    int offerWindow() {
        if (!row.isMarked(EndRow.EDGE_KEPT)) {
            return window();
        }
        int offered = openWindow(standingWindow());
        if (settings.roundsWindowsUp()) {
            // what has been offered stands, and a window that the field cannot say is said as a larger one
            offered = settings.onWire(offered);
        }
        int coldRow = row.coldRow();
        row.cold().rightEdge(coldRow, row.rcvNxt() + offered);
        if (offered == window() && !row.isMarked(EndRow.PAUSED)) {
            row.unmark(EndRow.EDGE_KEPT);
        }
        return offered;
    }

    /** Whether a doubtful segment may be answered now; takes note of the answer. */
    boolean mayChallenge() {
        int nowMs = (int) (nowNs() / NANOS_PER_MILLI) | 1;
        int lastMs = row.lastChallengeMs();
        if (lastMs != 0 && nowMs - lastMs >= 0 && nowMs - lastMs < settings.challengeIntervalMs) {
            return false;
        }
        row.lastChallengeMs(nowMs);
        return true;
    }

    /** Sends a segment as it is given: a SYN or a reset. */
    void sendSegment(int seq, int ack, int flags, int length) {
        wire.send(this, meter, seq, ack, flags, length);
    }

    /**
     * Answers a segment that is for nobody with a reset, which offers no window and has no options: nothing is known of
     * the connection (tcp_v4_send_reset() of Linux 6.18; tcp_respond() of FreeBSD 14).
     */
    private void answerReset(int seq, int ack, int flags) {
        wire.sendBare(this, meter, seq, ack, flags | Segments.RST);
    }

    /** Section 3.10.7.1 of RFC 9293: a segment for a connection that is not there is answered with a reset. */
    void answerReset(ArrivedSegment segment) {
        if (segment.has(Segments.RST)) {
            return;
        }
        if (segment.has(Segments.ACK)) {
            answerReset(segment.ack, 0, 0);
        } else {
            answerReset(0, segment.seq + segment.span(), Segments.ACK);
        }
    }

    // ---- counting; what has a count for the processor's side only is not counted at the far end

    void count(TcpCount what) {
        count(what, 1);
    }

    void count(TcpCount what, long n) {
        if (side == Side.LOCAL) {
            tally.count(what, group, n);
        }
    }

    void count(TcpCount local, TcpCount remote, long n) {
        tally.count(side == Side.LOCAL ? local : remote, group, n);
    }

    /** A segment is being processed. */
    void countProcessed() {
        if (side == Side.LOCAL) {
            tally.processed(group);
        } else {
            tally.count(TcpCount.SEGMENTS_PROCESSED_OUTSIDE, group, 1);
        }
    }

    /** Counts of the connection as a whole. */
    void countConnection(TcpCount what) {
        tally.count(what, group, 1);
    }

    // ---- news for the application

    void tellEstablished() {
        news |= ESTABLISHED;
    }

    void tellDelivered(long bytes) {
        delivered += bytes;
    }

    void tellPeerClosed() {
        news |= PEER_CLOSED;
    }

    void tellClosed(CloseReason why) {
        news |= CLOSED;
        reason = why;
    }

    boolean hasDelivered() {
        return delivered != 0;
    }

    boolean hasNews() {
        return (news | delivered) != 0;
    }

    /** Tells the application one thing, in the order in which a connection lives. */
    void tell(Application application, Connection facade) {
        if (delivered != 0 && (news & ESTABLISHED) == 0) {
            long bytes = delivered;
            delivered = 0;
            application.onDelivered(facade, side, bytes, nowNs());
        } else {
            tellChange(application, facade);
        }
    }

    private void tellChange(Application application, Connection facade) {
        if ((news & ESTABLISHED) != 0) {
            news &= ~ESTABLISHED;
            application.onEstablished(facade, side, nowNs());
        } else if ((news & PEER_CLOSED) != 0) {
            news &= ~PEER_CLOSED;
            application.onPeerClosed(facade, side, nowNs());
        } else if ((news & CLOSED) != 0) {
            news &= ~CLOSED;
            application.onClosed(facade, side, reason, nowNs());
        }
    }
}

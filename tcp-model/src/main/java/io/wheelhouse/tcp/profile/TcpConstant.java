package io.wheelhouse.tcp.profile;

import io.wheelhouse.tcp.profile.ValueKind.Bytes;
import io.wheelhouse.tcp.profile.ValueKind.Choice;
import io.wheelhouse.tcp.profile.ValueKind.Count;
import io.wheelhouse.tcp.profile.ValueKind.Flag;
import io.wheelhouse.tcp.profile.ValueKind.Time;
import java.util.List;
import java.util.Locale;

/**
 * The constants by which one TCP stack differs from another. A new one takes a line here and a line in each profile's
 * file, which gives the value and its source.
 */
@SuppressWarnings("ImmutableEnumChecker") // every kind is a record of immutable parts
public enum TcpConstant {
    /** The period to which the stack rounds a retransmission timeout up; 0 for exact time. */
    JIFFY(time(0)),

    /** How the retransmission timeout follows from samples of the round-trip time. */
    ESTIMATOR(new Choice(List.of("rfc6298", "linux"))),
    /** The retransmission timeout before the first sample. */
    RTO_INITIAL(time(1)),
    /** The floor of the retransmission timeout. */
    RTO_MIN(time(0)),
    /** Whether that floor is under the variation that is added to the smoothed time, rather than under the sum. */
    RTO_MIN_ON_VARIATION(new Flag()),
    /** Added to every retransmission timeout that comes of samples, and to every one backed off; not doubled with it. */
    RTO_SLOP(time(0)),
    /** The ceiling of the retransmission timeout, backed off or not. */
    RTO_MAX(time(1)),
    /** How often the retransmission timeout is doubled at most, whatever its ceiling. */
    RTO_DOUBLINGS(new Count("doublings", 0, 63, true)),
    /** The G of RFC 6298: the least variation added to the smoothed round-trip time. */
    CLOCK_GRANULARITY(time(0)),
    /** The timeout that data starts with if the handshake was retransmitted and gave no sample. */
    RTO_AFTER_HANDSHAKE_LOSS(time(1)),

    /** Which segments are timed, where timestamps do not do it. */
    RTT_SAMPLES(new Choice(List.of("one-at-a-time", "every-segment"))),

    /** Retransmissions of a segment before the network layer is told (R1). */
    RETRIES1(retransmissions()),
    /** Doublings whose sum is the time that data may go unacknowledged before the connection is given up (R2). */
    RETRIES2(retransmissions()),
    /** The timeout with which the sum for {@link #RETRIES2} and {@link #ORPHAN_RETRIES} begins. */
    RETRIES_BASE(time(1)),
    /** Give up data at the first timeout at least this long after the first retransmission (R2 as a time). */
    GIVE_UP_TIME(limit()),
    /** How long data and probes may stay unanswered if the user says so; none if the user says nothing. */
    USER_TIMEOUT(limit()),
    /** Whether the user timeout is a timer of its own, or a bound on when the other timers expire next. */
    USER_TIMEOUT_RULE(new Choice(List.of("timer", "linux"))),
    /** Retransmissions of data after which the connection is given up, whatever time they took. */
    DATA_RETRANSMISSIONS(retransmissions()),
    /** Whether a connection given up is reset, in case its peer is there after all. */
    RESET_ON_GIVE_UP(new Flag()),
    /** Whether the timeout of a thin stream, less than four segments in flight, is not doubled at first. */
    THIN_LINEAR_TIMEOUTS(new Flag()),
    /** Retransmissions of a thin stream before its timeout is doubled after all. */
    THIN_LINEAR_RETRIES(new Count("retransmissions", 0, 255, false)),
    /** As {@link #RETRIES2}, once the application has closed; 0 stands for 8. */
    ORPHAN_RETRIES(retransmissions()),

    /** Retransmissions of a SYN before the attempt is given up, beside the linear ones. */
    SYN_RETRIES(retransmissions()),
    /** The first so many retransmissions of a SYN do not double the timeout. */
    SYN_LINEAR_TIMEOUTS(new Count("retransmissions", 0, 255, false)),
    /** Retransmissions of a SYN-ACK before the attempt is given up. */
    SYNACK_RETRIES(retransmissions()),
    /** Give up a SYN or SYN-ACK at the first timeout at least this long after it was first sent. */
    SYN_GIVE_UP_TIME(limit()),
    /** Give up an opening when it has taken this long: a timer of its own, in keepalive's place. */
    CONNECT_TIMEOUT(limit()),

    /** The least time before a closed window is probed. */
    PERSIST_MIN(time(1)),
    /** The most time between two probes of a closed window. */
    PERSIST_MAX(time(1)),
    /** What a probe of a closed window is, how long the next waits, and what an answer to one does to that. */
    PERSIST_RULE(new Choice(List.of("bsd", "linux", "freebsd"))),

    /** How long an acknowledgment waits at first for company. */
    DELAYED_ACK_MIN(time(0)),
    /** How long an acknowledgment waits at most; the stack may grow its delay up to here. */
    DELAYED_ACK_MAX(time(0)),
    /** Acknowledgments sent at once at the start, and again after an idle time. */
    QUICK_ACKS(new Count("acknowledgments", 0, 255, false)),
    /** Replies in a row that make a connection interactive, so that it delays acknowledgments at once. */
    PINGPONG_THRESHOLD(new Count("replies", 1, 255, false)),
    /** A full-sized segment in so many is acknowledged at once. */
    ACK_EVERY(new Count("segments", 1, 255, false)),
    /** The rule by which acknowledgments are sent. */
    ACK_RULE(new Choice(List.of("rfc5681", "linux", "freebsd"))),
    /** How segments are dealt with that begin a connection, or do not fit it. */
    ARRIVAL_RULE(new Choice(List.of("rfc9293", "linux", "bsd"))),
    /** Doubtful segments without data are answered at most once in this time. */
    CHALLENGE_INTERVAL(time(0)),

    /** Whether idle connections are probed at all. */
    KEEPALIVE(new Flag()),
    /** Idle time before the first keepalive probe. */
    KEEPALIVE_TIME(time(1)),
    /** Time from an unanswered keepalive probe to the next. */
    KEEPALIVE_INTERVAL(time(1)),
    /** Unanswered keepalive probes after which the connection is given up. */
    KEEPALIVE_PROBES(new Count("probes", 1, 255, false)),

    /** Whether a closed connection waits in FIN-WAIT-2 at all; off stands for a TCP_LINGER2 below 0. */
    FIN_WAIT_2(new Flag()),
    /** How long a closed connection waits in FIN-WAIT-2 for the peer's FIN. */
    FIN_WAIT_2_TIMEOUT(limit()),
    /** How long a connection stays in TIME-WAIT. */
    TIME_WAIT(time(0)),
    /** How FIN-WAIT-2 is bounded, and what starts TIME-WAIT again. */
    CLOSING_RULE(new Choice(List.of("rfc9293", "linux"))),
    /** Whether every acknowledgment bears a FIN again that was sent and is not acknowledged. */
    REPEAT_FIN(new Flag()),
    /** Whether a reset does not end TIME-WAIT (RFC 1337). */
    IGNORE_RESET_IN_TIME_WAIT(new Flag()),

    /** The congestion window at the start. */
    INITIAL_WINDOW(new Count("segments", 1, 65_535, false)),
    /** Retransmissions of the handshake after which data still starts with that window, and not with one segment. */
    HANDSHAKE_LOSSES_ALLOWED(new Count("retransmissions", 0, 255, false)),
    /** The congestion window after a retransmission timeout. */
    LOSS_WINDOW(new Count("segments", 1, 65_535, false)),
    /** What windows and what is in flight are counted in. */
    WINDOW_UNIT(new Choice(List.of("bytes", "segments"))),
    /** How the congestion window grows, and what a loss does to it. */
    CONGESTION_CONTROL(new Choice(List.of("reno", "cubic"))),
    /** How the congestion window comes down in a recovery: at once, or in proportion to what is delivered. */
    WINDOW_REDUCTION(new Choice(List.of("at-once", "proportional"))),
    /** What becomes of the congestion window when nothing has been sent for longer than a timeout. */
    IDLE_RESTART(new Choice(List.of("none", "rfc5681", "rfc2861"))),
    /** When a segment that is not full waits for an acknowledgment; off stands for TCP_NODELAY. */
    NAGLE(new Choice(List.of("off", "rfc9293", "minshall"))),
    /** When a segment that offers a smaller window is believed. */
    OFFERED_WINDOW_RULE(new Choice(List.of("rfc9293", "linux", "freebsd"))),

    /** How losses are told from selective acknowledgments. */
    LOSS_DETECTION(new Choice(List.of("rfc6675", "rack"))),
    /** Duplicate acknowledgments, or segments acknowledged above another, that make a loss. */
    REORDERING(new Count("segments", 1, 255, false)),
    /** The most that the same may grow to when the path is seen to reorder. */
    REORDERING_MAX(new Count("segments", 1, 65_535, false)),
    /** Details of RACK as bits: 2, its window does not grow; 4, many duplicates do not close it. */
    RACK_OPTIONS(new Count("bits", 0, 7, false)),
    /** Recoveries for which a reordering window that was widened stays so. */
    RACK_PERSISTENCE(new Count("recoveries", 0, 255, false)),
    /** What a peer that has forgotten what it acknowledged selectively is given at least, before all is sent again. */
    RENEGING_WAIT(time(0)),
    /** Whether a lost tail is probed before the retransmission timer expires. */
    TAIL_LOSS_PROBE(new Flag()),
    /** What a probe waits longer where a single segment is outstanding; none stands for the least RTO. */
    PROBE_ACK_DELAY(limit()),
    /** What a probe of several segments, and a wait for reordered ones, last longer at least. */
    TIMEOUT_MIN(time(0)),
    /** Whether the first duplicate acknowledgments let new data go (RFC 3042). */
    LIMITED_TRANSMIT(new Flag()),
    /** Whether a reduction that was in vain is undone. */
    UNDO(new Flag()),
    /** Whether a timeout is checked for having been in vain (RFC 5682). */
    FORWARD_RTO(new Flag()),

    /** The pacing rate in percent of cwnd / SRTT, in slow start. */
    PACING_SLOW_START_RATIO(new Count("percent", 1, 1_000, false)),
    /** The same, in congestion avoidance. */
    PACING_AVOIDANCE_RATIO(new Count("percent", 1, 1_000, false)),
    /** The first so many segments of a connection are not paced. */
    PACING_UNPACED(new Count("segments", 0, 255, false)),
    /** Whether segments are sent at a pace of their own, rather than as acknowledgments come. */
    PACING(new Flag()),
    /** The maximum segment size offered, options not deducted. */
    MSS(new Bytes(64, 65_495)),
    /** Whether segments bear timestamps. */
    TIMESTAMPS(new Flag()),
    /** What the peer's last timestamp is good for: after such a silence an older one does not make a segment old. */
    TIMESTAMP_EXPIRY(time(1)),
    /** The tick of the clock that timestamps are read from. */
    TIMESTAMP_CLOCK(time(1_000)),
    /** Whether selective acknowledgments are offered and, if the peer offers them too, sent and used. */
    SACK(new Flag()),
    /** The receive window offered when nothing waits to be read. */
    RECEIVE_WINDOW(new Bytes(1, 65_535L << 14)),
    /** How much must be free before the window is opened again. */
    WINDOW_RULE(new Choice(List.of("rfc1122", "linux", "freebsd"))),
    /** Bits by which windows are shifted on the wire. */
    WINDOW_SCALE(new Count("bits", 0, 14, false)),

    /** Whether segments that arrive twice are reported (RFC 2883). */
    DSACK(new Flag()),

    /** How the stack's timers share the entries of its timer queue. */
    TIMER_SHARING(new Choice(List.of("none", "linux", "one")));

    private final ValueKind kind;
    private final String key;

    TcpConstant(ValueKind kind) {
        this.kind = kind;
        this.key = name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The name used in profiles and scenarios, for example {@code rto-min}. */
    public String key() {
        return key;
    }

    /** What kind of value it has. */
    public ValueKind kind() {
        return kind;
    }

    private static ValueKind time(long minNs) {
        return new Time(minNs, false);
    }

    private static ValueKind limit() {
        return new Time(0, true);
    }

    private static ValueKind retransmissions() {
        return new Count("retransmissions", 0, 255, true);
    }
}

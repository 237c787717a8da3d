package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * The state of one end of a connection: a flyweight over its ints, which {@link EndInts} lays out, bound by {@link #at}.
 * The names are RFC 9293's where it has one (section 3.3.1); sequence numbers are modulo 2^32.
 *
 * <p>What only a busy or a troubled end needs is elsewhere and made on demand: what is being sent in {@link SendRows},
 * data that arrived out of order in {@link Reassembly}.
 */
final class EndRow extends EndInts {
    // FLAGS: state in the low four bits, then single flags, then two counters
    private static final int STATE_MASK = 0xF;

    private static final int CLOSED = TcpState.CLOSED.ordinal();
    private static final int LISTEN = TcpState.LISTEN.ordinal();
    private static final int ESTABLISHED = TcpState.ESTABLISHED.ordinal();

    /** The application holds back what is not a full segment. */
    static final int CORKED = 1 << 4;

    static final int FIN_QUEUED = 1 << 5;
    static final int FIN_SENT = 1 << 6;
    static final int HANDSHAKE_RETRANSMITTED = 1 << 7;
    static final int WAS_ESTABLISHED = 1 << 8;
    static final int ACK_SCHEDULED = 1 << 9;
    static final int ACK_NOW = 1 << 10;
    static final int ACK_PUSHED = 1 << 11;
    static final int ACK_PUSHED_TWICE = 1 << 12;
    static final int PEER_CLOSED = 1 << 13;
    static final int ACTIVE_OPEN = 1 << 14;
    /** The application has closed both directions: nobody will read what the peer still sends. */
    static final int ORPHANED = 1 << 15;
    /** More is to be written after what was written last, which needs no PSH of its own. */
    static final int MORE_COMES = 1 << 16;
    /** The application has shut down reading, but has not gone. */
    static final int DEAF = 1 << 17;
    /** What an end that listens again forgets. */
    static final int OF_ONE_OPENING = CORKED
            | FIN_QUEUED
            | FIN_SENT
            | HANDSHAKE_RETRANSMITTED
            | ACK_SCHEDULED
            | ACK_NOW
            | ACK_PUSHED
            | ACK_PUSHED_TWICE
            | MORE_COMES
            | DEAF
            | ORPHANED;

    private static final int BACKOFF_SHIFT = 18;
    private static final int BACKOFF_MAX = 0x3F;
    private static final int RETRANSMITS_SHIFT = 24;
    private static final int RETRANSMITS_MAX = 0xFF;

    private static final int[] OF_ONE_CONNECTION = {
        ACKING, SEGMENT_SIZES, CWND, MIN_RTT_US, TS_RECENT, LAST_DATA_JIFFY, LAST_SEGMENT_SIZE, RACK_RTT_US
    };

    // ACKING: delayed-ACK timeout in jiffies, quick ACKs left, probes unanswered
    private static final int ATO_MASK = 0xFFFF;
    private static final int QUICK_SHIFT = 16;
    private static final int QUICK_MASK = 0xFF;
    private static final int PROBES_SHIFT = 24;
    private static final int PROBES_MAX = 0xFF;

    // SEGMENT_SIZES: rcv_mss, answers in a row
    private static final int RCV_MSS_MASK = 0xFFFF;
    private static final int PING_PONG_SHIFT = 24;
    private static final int PING_PONG_MAX = 0xFF;

    EndRow(ColdRows cold) {
        super(cold);
    }

    // ---- state and flags

    TcpState state() {
        return TcpState.of(ints[base + FLAGS] & STATE_MASK);
    }

    boolean isEstablished() {
        return (ints[base + FLAGS] & STATE_MASK) == ESTABLISHED;
    }

    boolean isClosed() {
        return (ints[base + FLAGS] & STATE_MASK) == CLOSED;
    }

    /** Whether the end is closed, or listens. */
    boolean isGone() {
        return (ints[base + FLAGS] & STATE_MASK) <= LISTEN;
    }

    /** Whether the application may hand over more data to send. */
    boolean mayWrite() {
        return (ints[base + FLAGS] & STATE_MASK) == ESTABLISHED || state().mayWrite();
    }

    void state(TcpState state) {
        ints[base + FLAGS] = (ints[base + FLAGS] & ~STATE_MASK) | state.ordinal();
    }

    boolean is(int flag) {
        return (ints[base + FLAGS] & flag) != 0;
    }

    /** Whether a FIN is still to be sent, which takes a place in the window too. */
    boolean isFinLeft() {
        return (ints[base + FLAGS] & (FIN_QUEUED | FIN_SENT)) == FIN_QUEUED;
    }

    void set(int flag) {
        ints[base + FLAGS] |= flag;
    }

    void clear(int flags) {
        ints[base + FLAGS] &= ~flags;
    }

    /** How often the retransmission timeout has been doubled since the last valid sample. */
    int backoff() {
        return (ints[base + FLAGS] >>> BACKOFF_SHIFT) & BACKOFF_MAX;
    }

    void backoff(int doublings) {
        int bounded = Math.min(doublings, BACKOFF_MAX);
        ints[base + FLAGS] = (ints[base + FLAGS] & ~(BACKOFF_MAX << BACKOFF_SHIFT)) | (bounded << BACKOFF_SHIFT);
    }

    /** Timeouts since something new was acknowledged; stops counting at 255. */
    int retransmits() {
        return ints[base + FLAGS] >>> RETRANSMITS_SHIFT;
    }

    void retransmits(int count) {
        int bounded = Math.min(count, RETRANSMITS_MAX);
        ints[base + FLAGS] =
                (ints[base + FLAGS] & ~(RETRANSMITS_MAX << RETRANSMITS_SHIFT)) | (bounded << RETRANSMITS_SHIFT);
    }

    /** Listens, with nothing left of the connection before but what timers and tables keep for the end. */
    void startAnew(int iss, int estimatorInts) {
        ints[base + FLAGS] = TcpState.LISTEN.ordinal();
        for (int field : OF_ONE_CONNECTION) {
            ints[base + field] = 0;
        }
        Arrays.fill(ints, estimatorBase(), estimatorBase() + estimatorInts, 0);
        unmark(PAUSED | EDGE_KEPT | BYTE_PROBED);
        sndUna(iss);
        sndNxt(iss);
    }

    // ---- sequence numbers and windows

    int sndUna() {
        return ints[base + SND_UNA];
    }

    void sndUna(int value) {
        ints[base + SND_UNA] = value;
    }

    int sndNxt() {
        return ints[base + SND_NXT];
    }

    void sndNxt(int value) {
        ints[base + SND_NXT] = value;
    }

    int sndWnd() {
        return ints[base + SND_WND];
    }

    void sndWnd(int value) {
        ints[base + SND_WND] = value;
    }

    /** The sequence number of the segment that last changed the send window. */
    int sndWl1() {
        return ints[base + SND_WL1];
    }

    void sndWl1(int value) {
        ints[base + SND_WL1] = value;
    }

    int rcvNxt() {
        return ints[base + RCV_NXT];
    }

    void rcvNxt(int value) {
        ints[base + RCV_NXT] = value;
    }

    /** RCV.NXT when an acknowledgment was last sent. */
    int rcvAcked() {
        return ints[base + RCV_ACKED];
    }

    void rcvAcked(int value) {
        ints[base + RCV_ACKED] = value;
    }

    /** Bytes and flags sent and not acknowledged, in sequence numbers. */
    int flight() {
        return ints[base + SND_NXT] - ints[base + SND_UNA];
    }

    // ---- congestion control

    /** The congestion window, in the profile's unit. */
    int cwnd() {
        return ints[base + CWND];
    }

    void cwnd(int window) {
        ints[base + CWND] = window;
    }

    /** The least round-trip time seen, in microseconds; 0 before the first. */
    int minRttUs() {
        return ints[base + MIN_RTT_US];
    }

    void minRttUs(int us) {
        ints[base + MIN_RTT_US] = us;
    }

    /** The round-trip time of the segment delivered last, as RACK has it, in microseconds (RFC 8985, section 5.2). */
    int rackRttUs() {
        return ints[base + RACK_RTT_US];
    }

    void rackRttUs(int us) {
        ints[base + RACK_RTT_US] = us;
    }

    // ---- acknowledging

    /** TS.Recent of RFC 7323: the timestamp to echo, in ticks of the peer's clock, modulo 2^32; 0 for none. */
    int tsRecent() {
        return ints[base + TS_RECENT];
    }

    void tsRecent(int value) {
        ints[base + TS_RECENT] = value;
    }

    /** Linux's delayed-ACK timeout, in jiffies; 0 before the first data. */
    int atoJiffies() {
        return ints[base + ACKING] & ATO_MASK;
    }

    void atoJiffies(int jiffies) {
        ints[base + ACKING] = (ints[base + ACKING] & ~ATO_MASK) | Math.min(jiffies, ATO_MASK);
    }

    int quickAcks() {
        return (ints[base + ACKING] >>> QUICK_SHIFT) & QUICK_MASK;
    }

    void quickAcks(int count) {
        ints[base + ACKING] = (ints[base + ACKING] & ~(QUICK_MASK << QUICK_SHIFT)) | (count << QUICK_SHIFT);
    }

    /** Probes of an idle peer or of a closed window in a row that were not answered. */
    int probes() {
        return ints[base + ACKING] >>> PROBES_SHIFT;
    }

    void probes(int count) {
        int bounded = Math.min(count, PROBES_MAX);
        ints[base + ACKING] = (ints[base + ACKING] & ~(PROBES_MAX << PROBES_SHIFT)) | (bounded << PROBES_SHIFT);
    }

    /** The size that counts as a full segment when data arrives. */
    int rcvMss() {
        return ints[base + SEGMENT_SIZES] & RCV_MSS_MASK;
    }

    void rcvMss(int bytes) {
        ints[base + SEGMENT_SIZES] = (ints[base + SEGMENT_SIZES] & ~RCV_MSS_MASK) | bytes;
    }

    /** Answers in a row that were sent soon after what they answer. */
    int pingPongs() {
        return ints[base + SEGMENT_SIZES] >>> PING_PONG_SHIFT;
    }

    void pingPongs(int count) {
        int bounded = Math.min(count, PING_PONG_MAX);
        ints[base + SEGMENT_SIZES] = (ints[base + SEGMENT_SIZES] & RCV_MSS_MASK) | (bounded << PING_PONG_SHIFT);
    }

    /** The size of the last segment, if it was smaller than {@link #rcvMss} and may nevertheless have been full; else 0. */
    int lastSegmentSize() {
        return ints[base + LAST_SEGMENT_SIZE];
    }

    void lastSegmentSize(int bytes) {
        ints[base + LAST_SEGMENT_SIZE] = bytes;
    }

    int lastDataJiffy() {
        return ints[base + LAST_DATA_JIFFY];
    }

    void lastDataJiffy(int jiffy) {
        ints[base + LAST_DATA_JIFFY] = jiffy;
    }

    /** When the peer was last heard, in ms modulo 2^32. */
    int lastHeardMs() {
        return ints[base + LAST_HEARD_MS];
    }

    void lastHeardMs(int ms) {
        ints[base + LAST_HEARD_MS] = ms;
    }

    /** When an acknowledgment was last sent in answer to a doubtful segment, in ms modulo 2^32; 0 for never. */
    int lastChallengeMs() {
        int row = coldRow();
        return row == ColdRows.NONE ? 0 : cold.lastChallengeMs(row);
    }

    void lastChallengeMs(int ms) {
        cold.lastChallengeMs(madeColdRow(), ms);
    }

    // ---- the path and the cold rows

    /** Segments sent so far. */
    int sent() {
        return ints[base + SENT];
    }

    /** Counts a segment sent; returns how many were sent before: the ordinal of the path's draws. */
    int countSent() {
        return ints[base + SENT]++;
    }

    int sendingRow() {
        return ints[base + SENDING] - 1;
    }

    void sendingRow(int row) {
        ints[base + SENDING] = row + 1;
    }

    /** The row of {@link Reassembly} that holds what arrived out of order; named in the cold row. */
    int reassemblyRow() {
        int row = coldRow();
        return row == ColdRows.NONE ? Reassembly.NONE : cold.reassembly(row) - 1;
    }

    void reassemblyRow(int held) {
        cold.reassembly(madeColdRow(), held + 1);
        releaseColdIfClear();
    }
}

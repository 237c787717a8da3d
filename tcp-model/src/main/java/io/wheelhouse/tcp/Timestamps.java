package io.wheelhouse.tcp;

/**
 * What the timestamps of arriving segments are good for: which segments are old (PAWS, RFC 7323, section 5), and which
 * timestamp is echoed (section 4.3).
 *
 * <p>Linux lets a tick of disorder pass, and a pure duplicate acknowledgment that others overtook, for as long as a timeout
 * is young: tcp_paws_check(), include/net/tcp.h; tcp_disordered_ack_check(), net/ipv4/tcp_input.c of Linux 6.18.
 */
final class Timestamps {
    /** Linux: tcp_tsval_replay(), in timeouts. */
    private static final double REPLAY_TIMEOUTS = 1.2;

    private final EndContext end;
    private final EndRow row;

    Timestamps(EndContext end) {
        this.end = end;
        this.row = end.row;
    }

    /** A segment that comes without is let through, as Linux does. */
    private boolean areOn(ArrivedSegment segment) {
        return end.settings().timestamps && segment.tsValue != 0;
    }

    /** PAWS: the segment's timestamp lies before the last one kept, which is not stale (RFC 7323, sections 5.3 and 5.5). */
    boolean isOld(ArrivedSegment segment) {
        if (!areOn(segment) || row.tsRecent() == 0) {
            return false;
        }
        int tolerance = end.settings().arrivalsLikeLinux ? 1 : 0;
        return row.tsRecent() - segment.tsValue > tolerance && !isStale();
    }

    private boolean isStale() {
        return end.silentNs() >= end.settings().timestampExpiryNs;
    }

    /** Whether an old segment is but an acknowledgment that others overtook, which does no harm. */
    boolean isOvertakenAck(ArrivedSegment segment) {
        EndSettings settings = end.settings();
        long replayNs = (long) (end.rtoNs() * REPLAY_TIMEOUTS);
        return settings.arrivalsLikeLinux
                && isPureAck(segment)
                && segment.seq == row.rcvNxt()
                && segment.ack == row.sndUna()
                && segment.window <= row.sndWnd()
                && segment.window != 0
                && (row.tsRecent() - segment.tsValue) * settings.timestampClockNs <= replayNs;
    }

    /** Whether an old segment is but an old acknowledgment, which Linux does not answer; FreeBSD answers data alone. */
    boolean isOldAck(ArrivedSegment segment) {
        EndSettings settings = end.settings();
        return settings.arrivalsLikeFreeBsd
                ? segment.length == 0 && !segment.has(Segments.SYN)
                : settings.arrivalsLikeLinux && isPureAck(segment) && Sequence.lessThan(segment.seq, row.rcvNxt());
    }

    /** Whether a segment's timestamp is later than the last one kept. */
    boolean isLater(ArrivedSegment segment) {
        return areOn(segment) && row.tsRecent() != 0 && segment.tsValue - row.tsRecent() > 0;
    }

    private static boolean isPureAck(ArrivedSegment segment) {
        return segment.has(Segments.ACK) && segment.span() == 0;
    }

    /**
     * RFC 7323, section 4.3, (2); only after the acknowledgment was found acceptable, as tcp_ack() of Linux 6.18 does: a
     * forged timestamp far ahead would have PAWS drop all that follows.
     */
    void remember(ArrivedSegment segment) {
        boolean covers = Sequence.atMost(segment.seq, row.rcvAcked());
        boolean newer = row.tsRecent() == 0 || segment.tsValue - row.tsRecent() >= 0 || isStale();
        if (areOn(segment) && covers && newer) {
            row.tsRecent(segment.tsValue);
        }
    }

    /** The same for a segment that is no older than what is kept. */
    void rememberExpected(ArrivedSegment segment) {
        if (areOn(segment) && Sequence.atMost(segment.seq, row.rcvAcked())) {
            row.tsRecent(segment.tsValue);
        }
    }
}

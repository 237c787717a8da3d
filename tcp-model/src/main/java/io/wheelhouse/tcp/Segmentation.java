package io.wheelhouse.tcp;

/**
 * What goes as the next segment (RFC 9293, sections 3.7.4 and 3.8.6.2.1): how much of what waits, whether the offered window
 * takes it, and whether it had better wait for company. Asks, and changes nothing. Each question costs O(1).
 */
final class Segmentation {
    private final SendContext of;
    private final EndContext end;
    private final EndRow row;
    private final Flow flow;
    private final Pacer pacer;
    /** The application is writing. */
    boolean writing;

    Segmentation(SendContext of) {
        this.of = of;
        this.end = of.end;
        this.row = of.row;
        this.flow = of.flow;
        this.pacer = of.pacer;
    }

    /** Bytes that the application wrote and that have not been sent. */
    long unsent() {
        return of.hasFlow() ? flow.getLong(Flow.UNSENT) : 0;
    }

    /** How much of what waits a segment would take. */
    int wanted() {
        return (int) Math.min(of.segmentBytes(), flow.getLong(Flow.UNSENT));
    }

    /** 1 if the FIN would go with so many bytes, and the profile does not part the two. */
    private int finBehind(int bytes) {
        boolean parts = bytes > 0 && !end.settings().keepsWindow;
        return !parts && row.isFinLeft() && bytes == flow.getLong(Flow.UNSENT) ? 1 : 0;
    }

    /**
     * How much to send as a segment, by the offered window: a full segment, or all that is left, or a part that fills half
     * the largest window ever offered; else nothing (RFC 9293, section 3.8.6.2.1). Linux's full segment is no more than that
     * half. But of what Linux hands to the card as one buffer only the first segment is held against the window, and the rest
     * is cut to it, where a FIN counts for nothing: tcp_snd_wnd_test(), tcp_mss_split_point(), net/ipv4/tcp_output.c.
     *
     * @param before segments sent just before
     */
    int fitting(int before) {
        int room = of.offeredEnd() - row.sndNxt();
        int wanted = wanted();
        if (wanted + finBehind(wanted) <= room) {
            return wanted;
        }
        if (end.settings().keepsWindow) {
            return room > 0 && isBehind(before) ? Math.min(room, wanted) : 0;
        }
        return room > 0 && room >= of.largestWindow() >> 1 ? room : 0;
    }

    /** Whether a segment is in the same buffer of Linux as the one before, if so many were sent just before. */
    boolean isBehind(int before) {
        if (before == 0 || !end.settings().keepsWindow) {
            return false;
        }
        int bytes = of.segmentBytes();
        int together = pacer.segmentsAtOnce(bytes);
        // what is being written goes by buffers of half the largest window: tcp_xmit_size_goal(), net/ipv4/tcp.c
        int most = writing ? Math.max(1, (of.largestWindow() >> 1) / bytes) : together;
        return before % Math.min(together, most) != 0;
    }

    /** Whether a segment waits for company: RFC 9293, section 3.7.4, or the application's cork. */
    boolean isHeld(Nagle nagle, int length) {
        boolean last = flow.getLong(Flow.UNSENT) == length;
        if (length >= of.segmentBytes() || (last && row.is(EndRow.FIN_QUEUED))) {
            return false;
        }
        if (row.is(EndRow.CORKED)) {
            return true;
        }
        return switch (nagle) {
            case OFF -> false;
            case RFC9293 -> row.flight() > 0;
            case MINSHALL -> row.flight() > 0 && Sequence.greaterThan(flow.get(Flow.SMALL_END), row.sndUna());
        };
    }

    /** Whether the peer's window lets the next segment through. */
    boolean nextFits() {
        return wanted() + finBehind(wanted()) <= of.offeredEnd() - row.sndNxt();
    }

    /**
     * Whether the FIN is next, and the offered window takes it. For the congestion window it is a segment as any other on
     * Linux: tcp_cwnd_test(), net/ipv4/tcp_output.c.
     */
    boolean finFits() {
        return row.isFinLeft() && unsent() == 0 && Sequence.lessThan(row.sndNxt(), of.offeredEnd());
    }
}

package io.wheelhouse.tcp;

/**
 * The first check of what arrives at an end that is synchronized: whether any of its sequence numbers lies in the window
 * (RFC 9293, section 3.10.7.4, table 6). Linux asks less of data than the RFC.
 */
final class FirstCheck {
    private final EndContext end;
    private final EndRow row;

    FirstCheck(EndContext end) {
        this.end = end;
        this.row = end.row;
    }

    /** Whether to go on with a segment; otherwise it is answered at most. */
    boolean isAcceptable(ArrivedSegment segment) {
        boolean inData = row.state().isSynchronized() && row.state() != TcpState.TIME_WAIT;
        if (end.settings().windowRule.takesWhole() && inData && !segment.has(Segments.RST)) {
            return isAcceptableToLinux(segment);
        }
        int next = row.rcvNxt();
        int window = end.standingWindow();
        if (window == 0) {
            return segment.span() == 0 && segment.seq == next;
        }
        int last = segment.seq + Math.max(1, segment.span()) - 1;
        return inWindow(segment.seq, next, window) || (segment.span() > 0 && inWindow(last, next, window));
    }

    /**
     * What begins in the window, if nothing waits to be read that would have to make room for what is beyond; and what ends
     * no earlier than the last acknowledgment, since it may acknowledge something: tcp_sequence(), net/ipv4/tcp_input.c.
     */
    private boolean isAcceptableToLinux(ArrivedSegment segment) {
        int past = segment.seq + segment.span();
        int edge = row.rcvNxt() + end.standingWindow();
        if (Sequence.lessThan(past, row.rcvAcked()) || Sequence.greaterThan(segment.seq, edge)) {
            return false;
        }
        boolean overhangs = Sequence.greaterThan(segment.seq + segment.length, edge);
        return !overhangs || row.unread() == 0;
    }

    private static boolean inWindow(int seq, int next, int window) {
        int offset = seq - next;
        return offset >= 0 && offset < window;
    }

    /** Whether all that a segment says has been heard before, and it acknowledges something. */
    boolean isOldAcknowledgment(ArrivedSegment segment) {
        return segment.has(Segments.ACK)
                && !segment.has(Segments.SYN)
                && Sequence.lessThan(segment.seq, row.rcvNxt())
                && Sequence.atMost(segment.seq + segment.span(), row.rcvNxt());
    }
}

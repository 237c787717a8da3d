package io.wheelhouse.tcp;

/**
 * The order in which a sender deals with an acknowledgment (RFC 9293, section 3.10.7.4, fifth): the offered window, what was
 * acknowledged selectively, what leaves the retransmission queue, then losses, the timer, the congestion window, and what is
 * to be sent again.
 *
 * <p>Cost: O(segments acknowledged), and what {@link Scoreboard} and {@link Recovery} take. Source of the order of things:
 * the behaviour of Linux 6.18, tcp_ack(), tcp_clean_rtx_queue(), tcp_ack_update_window() in net/ipv4/tcp_input.c.
 */
final class AckArrival {
    private final SendContext of;
    private final EndContext end;
    private final EndRow row;
    private final Flow flow;
    private final SentSegments sent;
    private final Ack ack;
    private final Scoreboard scoreboard;
    private final Rack rack;
    private final RoundTrip roundTrip;
    private final Undo undo;
    private final Recovery recovery;
    private final LossProbe probe;
    private final Sender sender;

    AckArrival(
            SendContext of,
            Sender sender,
            Scoreboard scoreboard,
            Rack rack,
            RoundTrip roundTrip,
            Undo undo,
            Recovery recovery,
            LossProbe probe) {
        this.of = of;
        this.end = of.end;
        this.row = of.row;
        this.flow = of.flow;
        this.sent = of.sent;
        this.ack = of.ack;
        this.sender = sender;
        this.scoreboard = scoreboard;
        this.rack = rack;
        this.roundTrip = roundTrip;
        this.undo = undo;
        this.recovery = recovery;
        this.probe = probe;
    }

    /**
     * An acknowledgment has arrived that is not of data unsent, and not too old (RFC 9293, section 3.10.7.4, fifth).
     * What it lets go of new data is for {@link Sender#push} to send.
     */
    void acknowledged(ArrivedSegment segment) {
        int number = segment.ack;
        if (!of.hasFlow()) {
            acknowledgedAtRest(segment);
            return;
        }
        ack.begin(row.sndUna(), of.highestSack(), segment.tsEcho);
        if (row.state() != TcpState.SYN_RECEIVED) {
            flow.set(Flow.OFFERED_MAX, Math.max(flow.get(Flow.OFFERED_MAX), row.sndWnd()));
        }
        if (Sequence.lessThan(number, row.sndUna())) {
            acknowledgedBefore(segment);
            return;
        }
        boolean nothingOutstanding = flow.get(Flow.HEAD) == SentSegments.NONE;
        int deliveredBefore = flow.get(Flow.DELIVERED);
        int lostBefore = scoreboard.lostEver();
        ack.raise(segment.span() > 0 ? Ack.DATA : 0);
        if (updateWindow(segment)) {
            ack.raise(Ack.WINDOW_UPDATE);
        }
        if (Sequence.greaterThan(number, row.sndUna())) {
            ack.raise(Ack.ADVANCED);
            row.retransmits(0);
            row.sndUna(number);
            if (!end.settings().undoes) {
                // RFC 9293, section 3.8.3: R2 is of one segment
                of.forgetFirstRetransmission();
            }
        }
        takeSacks(segment);
        if (nothingOutstanding) {
            if (ack.is(Ack.DUPLICATE_REPORTED)) {
                recovery.alert(0);
            }
            probe.acknowledged(number);
            return;
        }
        cleanQueue(number);
        if (ack.knowsDeliveredBefore) {
            rack.adaptWindow(ack.deliveredBefore);
        }
        probe.acknowledged(number);
        if (isDubious()) {
            recovery.alert(duplicates());
        }
        if (ack.is(Ack.SET_TIMER)) {
            setTimer();
        }
        of.congestion.acknowledged(flow.get(Flow.DELIVERED) - deliveredBefore, scoreboard.lostEver() - lostBefore);
        resend();
    }

    /** The same where nothing is sent or remembered. */
    void acknowledgedAtRest(ArrivedSegment segment) {
        int before = row.sndWnd();
        updateWindow(segment);
        if (row.sndWnd() < before >> 1
                && end.settings().keepsWindow
                && row.state().isSynchronized()) {
            sender.rememberOffered(before);
        }
    }

    private void setTimer() {
        if (row.state().isSynchronized()) {
            of.timer.set();
        } else if (flow.get(Flow.HEAD) == SentSegments.NONE) {
            of.timer.cancel();
        }
    }

    /** An old acknowledgment may still report what arrived. */
    private void acknowledgedBefore(ArrivedSegment segment) {
        if (segment.sacks.count() > 0 && of.hasSack()) {
            takeSacks(segment);
            recovery.alert(0);
            resend();
        }
    }

    private void takeSacks(ArrivedSegment segment) {
        if (segment.sacks.count() > 0 && of.hasSack()) {
            scoreboard.tag(segment.sacks, segment.ack);
            flow.add(Flow.DELIVERED, ack.sackDelivered);
        }
    }

    private boolean isDubious() {
        return !ack.is(Ack.NOT_DUPLICATE)
                || ack.is(Ack.DATA_SACKED | Ack.DUPLICATE_REPORTED)
                || flow.get(Flow.STATE) != Flow.OPEN;
    }

    /** Duplicate acknowledgments as RFC 5681, section 2, has them: this one, or none. */
    private int duplicates() {
        return ack.is(Ack.ADVANCED | Ack.NOT_DUPLICATE | Ack.DUPLICATE_REPORTED) ? 0 : 1;
    }

    private void resend() {
        if (!row.state().isSynchronized() || ack.resend == Ack.Resend.NONE) {
            return;
        }
        if (ack.resend == Ack.Resend.NEW) {
            sender.sendNewData(Nagle.OFF);
            if (Sequence.greaterThan(row.sndNxt(), flow.get(Flow.HIGH_SEQ))) {
                return;
            }
            flow.drop(Flow.FRTO);
        }
        recovery.resend();
    }

    /** RFC 9293, section 3.10.7.4, fifth; returns whether it counts as a change. */
    private boolean updateWindow(ArrivedSegment segment) {
        int seq = segment.seq;
        boolean newer = Sequence.lessThan(row.sndWl1(), seq);
        boolean advances = Sequence.greaterThan(segment.ack, row.sndUna());
        boolean same = row.sndWl1() == seq && Sequence.atLeast(segment.ack, row.sndUna());
        boolean changes = segment.window != row.sndWnd();
        EndSettings settings = end.settings();
        if (settings.keepsWindow || settings.keepsWindowOpen) {
            // nothing but a new acknowledgment or new data makes the window smaller, except on Linux to nothing
            boolean shuts = settings.keepsWindow && segment.window == 0;
            boolean larger = same && (segment.window > row.sndWnd() || shuts);
            if (!advances && !newer && !larger) {
                return false;
            }
        } else if (!newer && !same) {
            return false;
        }
        boolean counts = settings.keepsWindow || changes;
        row.sndWnd(segment.window);
        row.sndWl1(seq);
        return counts;
    }

    /** Takes what is acknowledged out of the queue, and samples the round-trip time. */
    private void cleanQueue(int number) {
        int reordered = row.sndNxt();
        int acked = 0;
        roundTrip.begin();
        int segment = flow.get(Flow.HEAD);
        while (segment != SentSegments.NONE && Sequence.atMost(sent.end(segment), number)) {
            int flags = sent.flags(segment);
            if (isOriginal(flags)) {
                roundTrip.acknowledgedOnce(segment);
                reordered = Sequence.lessThan(sent.seq(segment), reordered) ? sent.seq(segment) : reordered;
            }
            acked += acknowledge(segment, flags);
            segment = remove(segment);
        }
        acked += trimHead(segment, number);
        if (segment != SentSegments.NONE && sent.is(segment, SentSegments.SACKED)) {
            ack.raise(Ack.RENEGING);
        }
        boolean sampled = roundTrip.sample();
        if (ack.is(Ack.ACKED)) {
            ack.raise(Ack.SET_TIMER);
            progressed(acked, reordered);
        } else if (segment != SentSegments.NONE && sampled && roundTrip.sackedWasSentBefore(segment)) {
            ack.raise(Ack.SET_TIMER);
        }
    }

    private void progressed(int acked, int reordered) {
        if (!of.hasSack()) {
            scoreboard.removeDuplicates(acked);
            if (ack.is(Ack.RESENT_ACKED)) {
                ack.drop(Ack.ORIGINAL_DELIVERED);
            }
        } else if (Sequence.lessThan(reordered, ack.priorHighest)) {
            scoreboard.checkReordering(reordered);
        }
    }

    /** Sent once, and news. */
    private static boolean isOriginal(int flags) {
        return (flags & (SentSegments.RETRANSMITTED | SentSegments.SACKED)) == 0;
    }

    /** Takes note of a segment acknowledged; returns how much it counts. */
    private int acknowledge(int segment, int flags) {
        int weight = of.weight(segment);
        if ((flags & SentSegments.RETRANSMITTED) != 0) {
            ack.raise(Ack.RESENT_ACKED);
        } else if (isOriginal(flags) && Sequence.atMost(sent.end(segment), flow.get(Flow.HIGH_SEQ))) {
            ack.raise(Ack.ORIGINAL_DELIVERED);
        }
        if ((flags & SentSegments.SACKED) == 0) {
            scoreboard.noteDelivered(segment);
            if (of.hasSack()) {
                flow.add(Flow.DELIVERED, weight);
                if (!undo.isSpuriouslyResent(segment)) {
                    rack.delivered(segment);
                }
            }
        }
        if ((flags & SentSegments.TIMED) != 0) {
            roundTrip.timed(segment);
            flow.drop(Flow.TIMED);
        }
        boolean syn = (flags & Segments.SYN) != 0;
        ack.raise(syn ? Ack.SYN_ACKED : Ack.DATA_ACKED);
        if (syn) {
            of.forgetFirstRetransmission();
        }
        end.count(TcpCount.BYTES_ACKNOWLEDGED, sent.length(segment));
        return weight;
    }

    private int remove(int segment) {
        int next = sent.next(segment);
        scoreboard.acknowledged(segment);
        flow.set(Flow.HEAD, next);
        if (next == SentSegments.NONE) {
            flow.set(Flow.TAIL, SentSegments.NONE);
        }
        of.releaseSegment(segment);
        return next;
    }

    /** Part of a segment is acknowledged. Where segments are counted, it goes on counting as one. */
    private int trimHead(int segment, int number) {
        if (segment == SentSegments.NONE || Sequence.atLeast(sent.seq(segment), number)) {
            return 0;
        }
        int cut = number - sent.seq(segment);
        end.count(TcpCount.BYTES_ACKNOWLEDGED, cut);
        if (!end.settings().countsBytes) {
            sent.trim(segment, number);
            return 0;
        }
        scoreboard.trimmed(segment, cut);
        sent.trim(segment, number);
        ack.raise(Ack.DATA_ACKED);
        return cut;
    }
}

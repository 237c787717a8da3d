package io.wheelhouse.tcp;

/**
 * The sending half of an end: segmentation, the two windows, and the order in which an acknowledgment is dealt with (RFC
 * 9293, sections 3.7.4, 3.8 and 3.10.7.4). What it does about losses is {@link Recovery}'s, {@link LossProbe}'s and {@link
 * Rack}'s, how much it may send {@link Congestion}'s.
 */
final class Sender {
    private final EndContext end;
    private final EndRow row;
    private final SendContext of;
    private final Flow flow;
    private final SendRows rows;
    private final SentSegments sent;
    private final Ack ack;
    private final Scoreboard scoreboard;
    private final Rack rack;
    private final RoundTrip roundTrip;
    private final Recovery recovery;
    private final LossProbe probe;
    private final Pacer pacer;
    private final PushMarks pushMarks;

    Sender(EndContext end) {
        this.end = end;
        this.row = end.row;
        this.of = new SendContext(end);
        this.flow = of.flow;
        this.rows = of.rows;
        this.sent = of.sent;
        this.ack = of.ack;
        this.rack = new Rack(of);
        this.scoreboard = new Scoreboard(of, rack);
        this.roundTrip = new RoundTrip(of);
        this.recovery = new Recovery(of, scoreboard, rack);
        this.probe = new LossProbe(of, this, recovery);
        this.pacer = of.pacer;
        this.pushMarks = new PushMarks(of);
    }

    Recovery recovery() {
        return recovery;
    }

    // ---- what the application and the handshake hand over

    /** Sends the SYN or SYN-ACK, at ISS, and arms its timer (RFC 6298, section 5.1). */
    void sendSyn(int flags) {
        int iss = row.sndNxt();
        row.sndUna(iss);
        work();
        int segment = sent.take(iss, Segments.SYN | flags | SentSegments.TIMED, 0, 0);
        flow.raise(Flow.TIMED);
        append(segment);
        row.sndNxt(iss + 1);
        of.sendSyn(iss, flags);
        sent.sentNs(segment, end.nowNs());
        // Linux too counts a handshake's time from its first segment: tcp_connect()
        flow.setLong(Flow.FIRST_RETRANSMISSION_NS, end.nowNs());
        end.timers.arm(synTimer(), end.nowNs() + end.rtoNs());
    }

    /** Both ends opened: what was sent as a SYN is sent, and sent again, as a SYN-ACK. */
    void turnSynIntoSynAck() {
        of.bind();
        int segment = flow.get(Flow.HEAD);
        sent.set(segment, Segments.ACK | SentSegments.RETRANSMITTED);
        of.sendSyn(sent.seq(segment), Segments.ACK);
        end.timers.arm(TcpTimer.SYN_ACK, end.nowNs() + end.rtoNs());
    }

    private TcpTimer synTimer() {
        return row.state() == TcpState.SYN_SENT ? TcpTimer.SYN : TcpTimer.SYN_ACK;
    }

    /** The handshake is done: the windows of the start. */
    void established(int initialSegments) {
        row.cwnd(initialSegments * of.unit());
    }

    /** Takes over data from the application (RFC 9293, section 3.10.2). */
    void write(long bytes) {
        work();
        of.congestion.restartIfIdle();
        long before = flow.getLong(Flow.UNSENT);
        flow.setLong(Flow.UNSENT, before + bytes);
        end.count(TcpCount.BYTES_WRITTEN, bytes);
        pushMarks.written(before, bytes);
        push();
        if (before == 0) {
            pushMarks.firstSent();
        }
    }

    /** Whether data waits to be sent or to be acknowledged. */
    boolean hasWork() {
        return of.bind() && !flow.isEmpty();
    }

    /** Whether anything waits to be acknowledged. */
    boolean hasOutstanding() {
        return of.bind() && flow.get(Flow.HEAD) != SentSegments.NONE;
    }

    /** Bytes that the application wrote and that have not been sent. */
    long unsent() {
        return of.bind() ? flow.getLong(Flow.UNSENT) : 0;
    }

    /** Binds the flow, which is made if there is none. */
    private void work() {
        if (of.bind()) {
            return;
        }
        int at = rows.take();
        row.sendingRow(at);
        flow.at(rows, at);
        flow.set(Flow.THRESHOLD, Reno.NO_THRESHOLD);
        flow.set(Flow.REORDERING, end.settings().duplicatesThreshold);
        flow.set(Flow.RACK_STEPS, 1);
        flow.setLong(Flow.RACK_SENT_NS, -1);
        flow.set(Flow.USAGE_SEQ, row.sndUna());
        flow.set(Flow.PUSHED, row.sndNxt());
        flow.set(Flow.HIGH_SEQ, row.sndUna());
        flow.set(Flow.SMALL_END, row.sndUna());
        flow.setLong(Flow.WINDOW_STAMP_NS, end.nowNs());
    }

    // ---- sending

    /** Sends what the windows allow: new data, then the FIN. */
    void push() {
        if (!row.state().maySend()) {
            return;
        }
        if (of.bind() && flow.getLong(Flow.UNSENT) > 0) {
            sendNewData(end.settings().nagle);
        }
        if (row.is(EndRow.FIN_QUEUED) && !row.is(EndRow.FIN_SENT) && unsent() == 0) {
            work();
            sendNew(0);
            timerAfterSending();
        }
    }

    /** The sequence number after the last that the offered window takes. */
    private int offeredEnd() {
        return row.sndUna() + row.sndWnd();
    }

    /** Bounded by the windows. */
    private void sendNewData(Nagle nagle) {
        boolean sentAny = false;
        boolean limited = false;
        int before = flow.get(Flow.OUT);
        while (flow.getLong(Flow.UNSENT) > 0 && !pacer.waits()) {
            int wanted = (int) Math.min(end.settings().mss, flow.getLong(Flow.UNSENT));
            int length = fitting(wanted);
            if (congestionRoom() < (end.settings().countsBytes ? length : 1)) {
                limited = true;
                break;
            }
            if (length == 0 || isHeld(nagle, length)) {
                break;
            }
            send(length);
            sentAny = true;
        }
        limited |= congestionRoom() < of.unit();
        if (sentAny || limited) {
            of.congestion.used(limited);
        }
        if (sentAny) {
            if (flow.reducesWindow()) {
                flow.add(Flow.PRR_OUT, flow.get(Flow.OUT) - before);
            }
            timerAfterSending();
        }
    }

    private void send(int length) {
        flow.setLong(Flow.UNSENT, flow.getLong(Flow.UNSENT) - length);
        sendNew(length);
    }

    /** Sends what an open but small window lets through, as a probe (RFC 9293, section 3.8.6.2.1, (4)). */
    void sendPiece(int room) {
        work();
        send((int) Math.min(Math.min(room, end.settings().mss), flow.getLong(Flow.UNSENT)));
    }

    /** Whether the peer's window lets the next segment through. */
    boolean nextFits() {
        return Math.min(end.settings().mss, unsent()) <= offeredEnd() - row.sndNxt();
    }

    /** The peer has taken a byte that was sent as a probe: it counts as sent, and as new data it will be acknowledged. */
    void byteTaken() {
        work();
        flow.setLong(Flow.UNSENT, flow.getLong(Flow.UNSENT) - 1);
        append(sent.take(row.sndNxt(), SentSegments.RETRANSMITTED, 1, end.nowNs()));
        row.sndNxt(row.sndNxt() + 1);
    }

    private void timerAfterSending() {
        of.timer.scheduleProbe(false);
    }

    /** How much of a segment the offered window takes: all of it, or what the profile sends of it, or 0. */
    private int fitting(int wanted) {
        int room = offeredEnd() - row.sndNxt();
        if (wanted <= room) {
            return wanted;
        }
        // RFC 9293, section 3.8.6.2.1: a part only if nothing is outstanding
        return row.flight() == 0 ? Math.max(0, room) : 0;
    }

    private int congestionRoom() {
        int state = flow.get(Flow.STATE);
        boolean strict = !end.settings().limitedTransmit && state < Flow.REDUCTION;
        int inFlight = strict ? flow.get(Flow.OUT) : flow.inFlight();
        // something may always be in flight
        return Math.max(row.cwnd() - inFlight, flow.get(Flow.OUT) == 0 ? of.unit() : 0);
    }

    /** Whether a segment waits for company: RFC 9293, section 3.7.4, or the application's cork. */
    private boolean isHeld(Nagle nagle, int length) {
        boolean last = flow.getLong(Flow.UNSENT) == length;
        if (length >= end.settings().mss || (last && row.is(EndRow.FIN_QUEUED))) {
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

    private void sendNew(int length) {
        int seq = row.sndNxt();
        boolean last = flow.getLong(Flow.UNSENT) == 0;
        boolean fin = last && row.is(EndRow.FIN_QUEUED);
        int flags = (fin ? Segments.FIN : 0) | (pushMarks.take(seq, length, last) ? Segments.PSH : 0);
        boolean nothingOutstanding = flow.get(Flow.HEAD) == SentSegments.NONE;
        int segment = sent.take(seq, flags, length, 0);
        append(segment);
        row.sndNxt(sent.end(segment));
        if (fin) {
            row.set(EndRow.FIN_SENT);
        }
        if (length > 0 && length < end.settings().mss) {
            flow.set(Flow.SMALL_END, row.sndNxt());
        }
        end.send(seq, flags, length);
        sent.sentNs(segment, end.nowNs());
        sent.delivered(segment, flow.get(Flow.DELIVERED));
        if (length > 0) {
            flow.setLong(Flow.LAST_SENT_NS, end.nowNs());
            pacer.sent(length);
        }
        if (end.settings().sampling == RttSampling.ONE_AT_A_TIME && !flow.is(Flow.TIMED)) {
            sent.set(segment, SentSegments.TIMED);
            flow.raise(Flow.TIMED);
        }
        if (nothingOutstanding || of.timer.isArmed(TcpTimer.TLP)) {
            // RFC 6298, section 5.1
            of.timer.rearmRto();
        }
    }

    private void append(int segment) {
        int tail = flow.get(Flow.TAIL);
        if (tail == SentSegments.NONE) {
            flow.set(Flow.HEAD, segment);
        } else {
            sent.next(tail, segment);
        }
        flow.set(Flow.TAIL, segment);
        flow.add(Flow.OUT, of.weight(segment));
    }

    // ---- timers

    void probeTimedOut() {
        probe.timedOut();
    }

    /** A paced sender may go on. */
    void pacingEnded() {
        if (of.bind()) {
            recovery.resend();
            push();
        }
    }

    /** Whether a loss probe may be new data: there is some, and the offered window takes it. */
    boolean mayProbeWithNewData() {
        long unsent = flow.getLong(Flow.UNSENT);
        return unsent > 0 && fitting((int) Math.min(end.settings().mss, unsent)) > 0;
    }

    /** Sends one segment of new data, whatever the congestion window says. */
    boolean sendProbe() {
        if (pacer.waits()) {
            return false;
        }
        send(fitting((int) Math.min(end.settings().mss, flow.getLong(Flow.UNSENT))));
        of.congestion.used(congestionRoom() < of.unit());
        if (flow.reducesWindow()) {
            flow.add(Flow.PRR_OUT, of.unit());
        }
        return true;
    }

    // ---- acknowledgments

    /**
     * An acknowledgment has arrived that is not of data unsent, and not too old (RFC 9293, section 3.10.7.4, fifth).
     * What it lets go of new data is for {@link #push} to send.
     */
    void acknowledged(ArrivedSegment segment) {
        int number = segment.ack;
        if (!of.bind()) {
            updateWindow(segment);
            return;
        }
        ack.begin(row.sndUna(), of.highestSack(), segment.tsEcho);
        flow.set(Flow.OFFERED_MAX, Math.max(flow.get(Flow.OFFERED_MAX), row.sndWnd()));
        if (Sequence.lessThan(number, row.sndUna())) {
            acknowledgedBefore(segment);
            return;
        }
        boolean nothingOutstanding = flow.get(Flow.HEAD) == SentSegments.NONE;
        int deliveredBefore = flow.get(Flow.DELIVERED);
        int lostBefore = flow.get(Flow.LOST_EVER);
        ack.raise(segment.length > 0 ? Ack.DATA : 0);
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
        rack.adaptWindow();
        probe.acknowledged(number);
        if (isDubious()) {
            recovery.alert(duplicates());
        }
        if (ack.is(Ack.SET_TIMER)) {
            setTimer();
        }
        of.congestion.acknowledged(flow.get(Flow.DELIVERED) - deliveredBefore, flow.get(Flow.LOST_EVER) - lostBefore);
        resend();
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
            sendNewData(Nagle.OFF);
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
        if (end.settings().keepsWindow) {
            // Linux: nothing but a new acknowledgment or new data makes the window smaller, except to nothing
            boolean larger = same && (segment.window > row.sndWnd() || segment.window == 0);
            if (!advances && !newer && !larger) {
                return false;
            }
        } else if (!newer && !same) {
            return false;
        }
        boolean counts = end.settings().keepsWindow || changes;
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
            if (isOriginal(segment)) {
                roundTrip.acknowledgedOnce(segment);
                reordered = Sequence.lessThan(sent.seq(segment), reordered) ? sent.seq(segment) : reordered;
            }
            acked += acknowledge(segment);
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
    private boolean isOriginal(int segment) {
        return !sent.is(segment, SentSegments.RETRANSMITTED) && !sent.is(segment, SentSegments.SACKED);
    }

    /** Takes note of a segment acknowledged; returns how much it counts. */
    private int acknowledge(int segment) {
        int weight = of.weight(segment);
        if (sent.is(segment, SentSegments.RETRANSMITTED)) {
            ack.raise(Ack.RESENT_ACKED);
        } else if (isOriginal(segment) && Sequence.atMost(sent.end(segment), flow.get(Flow.HIGH_SEQ))) {
            ack.raise(Ack.ORIGINAL_DELIVERED);
        }
        if (!sent.is(segment, SentSegments.SACKED)) {
            scoreboard.noteDelivered(segment);
            if (of.hasSack()) {
                flow.add(Flow.DELIVERED, weight);
                if (!recovery.isSpuriouslyResent(segment)) {
                    rack.delivered(segment);
                }
            }
        }
        if (sent.is(segment, SentSegments.TIMED)) {
            roundTrip.timed(segment);
            flow.drop(Flow.TIMED);
        }
        boolean syn = sent.is(segment, Segments.SYN);
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
        sent.release(segment);
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

    // ---- the end of it

    /** Gives back what is known of the path if nothing is outstanding and nothing worth keeping is known. */
    void tidy() {
        if (of.bind() && flow.isEmpty() && isForgettable()) {
            rows.release(row.sendingRow());
            row.sendingRow(IntRows.NONE);
        }
    }

    private boolean isForgettable() {
        return flow.get(Flow.STATE) == Flow.OPEN
                && !flow.is(Flow.PROBING)
                && flow.get(Flow.THRESHOLD) >= Reno.NO_THRESHOLD
                && flow.get(Flow.REORDERINGS_SEEN) == 0
                && row.cwnd() <= end.settings().initialWindowSegments * of.unit();
    }

    /** Forgets everything: the end is closed. */
    void close() {
        if (!of.bind()) {
            return;
        }
        int segment = flow.get(Flow.HEAD);
        while (segment != SentSegments.NONE) {
            int next = sent.next(segment);
            sent.release(segment);
            segment = next;
        }
        rows.release(row.sendingRow());
        row.sendingRow(IntRows.NONE);
    }
}

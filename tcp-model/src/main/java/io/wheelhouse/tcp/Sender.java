package io.wheelhouse.tcp;

/**
 * The sending half of an end: segmentation and the two windows (RFC 9293, sections 3.7.4 and 3.8). What an acknowledgment
 * does is {@link AckArrival}'s, what is done about losses {@link Recovery}'s, {@link LossProbe}'s and {@link Rack}'s, how
 * much may be sent {@link Congestion}'s.
 */
final class Sender {
    private final EndContext end;
    private final EndRow row;
    private final SendContext of;
    private final Flow flow;
    private final SentSegments sent;
    private final Recovery recovery;
    private final LossProbe probe;
    private final AckArrival acks;
    private final PredictedAck predictedAck;
    private final PredictedWrite predictedWrite;
    private boolean predicts = true;
    private final Pacer pacer;
    private final PushMarks pushMarks;
    private final Segmentation next;

    Sender(EndContext end) {
        this.end = end;
        this.row = end.row;
        this.of = new SendContext(end);
        this.flow = of.flow;
        this.sent = of.sent;
        Rack rack = new Rack(of);
        Scoreboard scoreboard = new Scoreboard(of, rack);
        Undo undo = new Undo(of, scoreboard);
        this.recovery = new Recovery(of, scoreboard, rack, undo);
        this.probe = new LossProbe(of, this, recovery);
        RoundTrip roundTrip = new RoundTrip(of);
        this.acks = new AckArrival(of, this, scoreboard, rack, roundTrip, undo, recovery, probe);
        this.predictedAck = new PredictedAck(of, rack, roundTrip);
        this.predictedWrite = new PredictedWrite(of);
        this.pacer = of.pacer;
        this.pushMarks = new PushMarks(of);
        this.next = new Segmentation(of);
    }

    /** The end has been bound to another connection. */
    void bind() {
        of.bind();
    }

    Recovery recovery() {
        return recovery;
    }

    /** Sets whether what is usual is spared what it need not go through. */
    void predict(boolean usual) {
        predicts = usual;
    }

    /** Whether nothing is sent or to be sent, nor anything of that remembered. */
    boolean isAtRest() {
        return !of.hasFlow() && !row.is(EndRow.FIN_QUEUED);
    }

    // ---- what the application and the handshake hand over

    /** Sends the SYN or SYN-ACK, at ISS, and arms its timer (RFC 6298, section 5.1). */
    void sendSyn(int flags) {
        int iss = row.sndNxt();
        row.sndUna(iss);
        of.work();
        int segment = of.takeSegment(iss, Segments.SYN | flags | SentSegments.TIMED, 0, 0);
        flow.raise(Flow.TIMED);
        append(segment);
        row.sndNxt(iss + 1);
        of.sendSyn(iss, flags);
        sent.sentNs(segment, end.nowNs());
        // Linux too counts a handshake's time from its first segment: tcp_connect()
        flow.setFirstRetransmissionNs(end.nowNs());
        end.timers.arm(synTimer(), end.nowNs() + end.rtoNs());
    }

    /** Both ends opened: what was sent as a SYN is sent, and sent again, as a SYN-ACK. */
    void turnSynIntoSynAck() {
        int segment = flow.get(Flow.HEAD);
        boolean timed = end.settings().arrivalsLikeLinux && !sent.is(segment, SentSegments.RETRANSMITTED);
        sent.set(segment, Segments.ACK | (timed ? 0 : SentSegments.RETRANSMITTED));
        of.sendSyn(sent.seq(segment), Segments.ACK);
        // Linux: tcp_send_synack() sends the head of the queue anew, and leaves its timer alone
        long deadlineNs = end.nowNs() + end.rtoNs();
        if (end.settings().arrivalsLikeLinux) {
            sent.sentNs(segment, end.nowNs());
            deadlineNs = row.deadlineNs(TimerSlot.WRITE);
        }
        end.timers.arm(TcpTimer.SYN_ACK, deadlineNs);
    }

    private TcpTimer synTimer() {
        return row.state() == TcpState.SYN_SENT ? TcpTimer.SYN : TcpTimer.SYN_ACK;
    }

    /** The handshake is done: the windows of the start. */
    void established(int initialSegments) {
        row.cwnd(initialSegments * of.unit());
    }

    /**
     * Takes over data from the application (RFC 9293, section 3.10.2).
     *
     * @param more whether more is to follow, for which what does not fill a segment may wait
     * @return whether it has all been sent, and nothing is left to settle
     */
    boolean write(long bytes, boolean more) {
        if (predicts && !more && predictedWrite.is(bytes)) {
            predictedWrite.send((int) bytes);
            return true;
        }
        enqueue(bytes, more);
        return false;
    }

    private void enqueue(long bytes, boolean more) {
        of.work();
        of.congestion.restartIfIdle();
        long before = flow.getLong(Flow.UNSENT);
        flow.setLong(Flow.UNSENT, before + bytes);
        end.count(TcpCount.BYTES_WRITTEN, bytes);
        pushMarks.written(before, bytes, more);
        boolean corked = row.is(EndRow.CORKED);
        if (more) {
            row.set(EndRow.CORKED);
        }
        next.writing = true;
        try {
            push();
        } finally {
            next.writing = false;
        }
        if (!corked) {
            row.clear(EndRow.CORKED);
        }
        if (before == 0) {
            pushMarks.firstSent();
        }
    }

    /** Whether data waits to be sent or to be acknowledged. */
    boolean hasWork() {
        return of.hasFlow() && !flow.isEmpty();
    }

    /** Whether anything waits to be acknowledged. */
    boolean hasOutstanding() {
        return of.hasFlow() && flow.get(Flow.HEAD) != SentSegments.NONE;
    }

    /** Makes a flow, for the peer has offered more than now: half of that bounds the segments on Linux. */
    void rememberOffered(int window) {
        of.work();
        flow.set(Flow.OFFERED_MAX, window);
    }

    /** Bytes that the application wrote and that have not been sent. */
    long unsent() {
        return next.unsent();
    }

    /** MAX.SND.WND of RFC 5961, section 5.2: the largest window that the peer has offered, as far as it is remembered. */
    int offeredMax() {
        return of.hasFlow() ? Math.max(flow.get(Flow.OFFERED_MAX), row.sndWnd()) : row.sndWnd();
    }

    // ---- sending

    /** Sends what the windows allow: new data, then the FIN. */
    void push() {
        if (!row.state().maySend()) {
            return;
        }
        if (of.hasFlow() && flow.getLong(Flow.UNSENT) > 0) {
            sendNewData(end.settings().nagle);
        }
        if (next.finFits()) {
            of.work();
            if (!end.settings().keepsWindow) {
                sendNew(0, 0, 0);
                timerAfterSending();
            } else if (congestionRoom() > 0) {
                sendNew(0, flow.is(Flow.FIN_PARTED) ? Segments.PSH : 0, 0);
                of.congestion.used(congestionRoom() < of.unit());
                timerAfterSending();
            }
        }
    }

    /** Whether there is anything left to send: data, or the FIN, which takes a place in the window too. */
    boolean hasLeft() {
        return unsent() > 0 || row.isFinLeft();
    }

    /** Bounded by the windows. */
    void sendNewData(Nagle nagle) {
        int sentSegments = 0;
        boolean limited = false;
        int before = flow.get(Flow.OUT);
        while (flow.getLong(Flow.UNSENT) > 0 && !pacer.waits()) {
            int length = next.fitting(sentSegments);
            if (congestionRoom() < (end.settings().countsBytes ? length : 1)) {
                limited = true;
                break;
            }
            if (length == 0 || next.isHeld(nagle, length)) {
                break;
            }
            send(length, sentSegments);
            sentSegments++;
        }
        limited |= congestionRoom() < of.unit();
        boolean sentAny = sentSegments > 0;
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

    private void send(int length, int before) {
        flow.setLong(Flow.UNSENT, flow.getLong(Flow.UNSENT) - length);
        sendNew(length, 0, before);
    }

    /** Sends what an open but small window lets through, as a probe (RFC 9293, section 3.8.6.2.1, (4)). */
    void sendPiece(int room) {
        of.work();
        int length = Math.min(room, next.wanted());
        flow.setLong(Flow.UNSENT, flow.getLong(Flow.UNSENT) - length);
        if (unsent() == 0 && row.isFinLeft()) {
            flow.raise(Flow.FIN_PARTED);
        }
        // tcp_write_wakeup(), net/ipv4/tcp_output.c
        sendNew(length, end.settings().keepsWindow ? Segments.PSH : 0, 0);
    }

    /** Whether the peer's window lets the next segment through. */
    boolean nextFits() {
        of.work();
        return next.nextFits();
    }

    /** The peer has taken the byte or the FIN of a probe: it counts as sent, and as new data it will be acknowledged. */
    void byteTaken() {
        of.work();
        boolean fin = unsent() == 0;
        if (fin) {
            row.set(EndRow.FIN_SENT);
        } else {
            flow.setLong(Flow.UNSENT, flow.getLong(Flow.UNSENT) - 1);
        }
        int flags = SentSegments.RETRANSMITTED | (fin ? Segments.FIN : 0);
        append(of.takeSegment(row.sndNxt(), flags, fin ? 0 : 1, end.nowNs()));
        row.sndNxt(row.sndNxt() + 1);
    }

    private void timerAfterSending() {
        of.timer.scheduleProbe(false);
    }

    private int congestionRoom() {
        int state = flow.get(Flow.STATE);
        boolean strict = !end.settings().limitedTransmit && state < Flow.REDUCTION;
        int inFlight = strict ? flow.get(Flow.OUT) : flow.inFlight();
        // something may always be in flight
        return Math.max(row.cwnd() - inFlight, flow.get(Flow.OUT) == 0 ? of.unit() : 0);
    }

    private void sendNew(int length, int extraFlags, int before) {
        int seq = row.sndNxt();
        boolean last = flow.getLong(Flow.UNSENT) == 0;
        boolean fin = last
                && row.is(EndRow.FIN_QUEUED)
                && (Sequence.lessThan(seq + length, of.offeredEnd()) || next.isBehind(before));
        int flags = (fin ? Segments.FIN : 0) | (pushMarks.take(seq, length, last) ? Segments.PSH : 0) | extraFlags;
        boolean nothingOutstanding = flow.get(Flow.HEAD) == SentSegments.NONE;
        int segment = of.takeSegment(seq, flags, length, 0);
        append(segment);
        row.sndNxt(sent.end(segment));
        if (fin) {
            row.set(EndRow.FIN_SENT);
        }
        if (length > 0 && length < of.segmentBytes()) {
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
        if (of.hasFlow()) {
            recovery.resend();
            push();
        }
    }

    /** Whether a loss probe may be new data, or the FIN: there is some, and the offered window takes it. */
    boolean mayProbeWithNewData() {
        return flow.getLong(Flow.UNSENT) > 0 ? next.fitting(0) > 0 : next.finFits();
    }

    /** Sends one segment of new data, whatever the congestion window says. */
    boolean sendProbe() {
        if (pacer.waits()) {
            return false;
        }
        if (flow.getLong(Flow.UNSENT) > 0) {
            send(next.fitting(0), 0);
        } else {
            sendNew(0, 0, 0);
        }
        of.congestion.used(congestionRoom() < of.unit());
        if (flow.reducesWindow()) {
            flow.add(Flow.PRR_OUT, of.unit());
        }
        return true;
    }

    // ---- acknowledgments

    /** See {@link AckArrival}. */
    void acknowledged(ArrivedSegment segment) {
        acks.acknowledged(segment);
    }

    /** The same of an end that {@linkplain #isAtRest is at rest}. */
    void acknowledgedAtRest(ArrivedSegment segment) {
        acks.acknowledgedAtRest(segment);
    }

    /** Whether a segment without data, which is the one that the end expects next, is a {@link PredictedAck}. */
    boolean predicts(ArrivedSegment segment) {
        return predictedAck.is(segment);
    }

    /** Takes in what {@link #predicts} says of. */
    void predictedAcknowledged(ArrivedSegment segment) {
        predictedAck.take(segment);
        tidy();
    }

    // ---- the end of it

    /** Gives back what is known of the path if nothing is outstanding and nothing worth keeping is known. */
    void tidy() {
        of.tidy();
    }

    /** Forgets everything: the end is closed. */
    void close() {
        if (!of.hasFlow()) {
            return;
        }
        int segment = flow.get(Flow.HEAD);
        while (segment != SentSegments.NONE) {
            int next = sent.next(segment);
            of.releaseSegment(segment);
            segment = next;
        }
        of.releaseFlow();
    }
}

package io.wheelhouse.tcp;

/**
 * The sending half of an end: segmentation, the two windows, acknowledgments and samples of the round-trip time (RFC
 * 9293, section 3.8; RFC 5681; RFC 6298). What it does about losses is {@link Recovery}'s.
 *
 * <p>Nagle's algorithm is off, as servers turn it off: a last segment that is not full goes out when the windows allow
 * it. A window that stays closed is probed by {@link Persist}.
 */
final class Sender {
    private final EndContext end;
    private final EndRow row;
    private final SendRows sending;
    private final SentSegments sent;
    private final Recovery recovery;

    Sender(EndContext end) {
        this.end = end;
        this.row = end.row;
        this.sending = end.shared.sending;
        this.sent = end.shared.sent;
        this.recovery = new Recovery(end, this);
    }

    Recovery recovery() {
        return recovery;
    }

    // ---- what the application and the handshake hand over

    /** Sends the SYN or SYN-ACK, at ISS, and arms its timer (RFC 6298, section 5.1). */
    void sendSyn(int flags) {
        int iss = row.sndNxt();
        row.sndUna(iss);
        int work = workRow();
        int segment = sent.take(iss, Segments.SYN | flags | SentSegments.TIMED, 0, 0);
        sending.timed(work, true);
        append(work, segment);
        row.sndNxt(iss + 1);
        transmitSyn(iss, flags);
        sent.sentNs(segment, end.nowNs());
        // Linux too counts a handshake's time from its first segment: tcp_connect()
        sending.firstRetransmissionNs(work, end.nowNs());
        end.timers.arm(synTimer(), end.nowNs() + end.rtoNs());
    }

    void transmitSyn(int iss, int flags) {
        int ack = (flags & Segments.ACK) == 0 ? 0 : row.rcvNxt();
        end.sendSegment(iss, ack, Segments.SYN | flags, 0);
        row.rcvAcked(row.rcvNxt());
    }

    /** Both ends opened: what was sent as a SYN is sent, and sent again, as a SYN-ACK. */
    void turnSynIntoSynAck() {
        int segment = sending.head(row.sendingRow());
        sent.set(segment, Segments.ACK | SentSegments.RETRANSMITTED);
        transmitSyn(sent.seq(segment), Segments.ACK);
        end.timers.arm(TcpTimer.SYN_ACK, end.nowNs() + end.rtoNs());
    }

    private TcpTimer synTimer() {
        return row.state() == TcpState.SYN_SENT ? TcpTimer.SYN : TcpTimer.SYN_ACK;
    }

    /** Takes over data from the application (RFC 9293, section 3.10.2). */
    void write(long bytes) {
        int work = workRow();
        sending.unsent(work, sending.unsent(work) + bytes);
        end.count(TcpCount.BYTES_WRITTEN, bytes);
        push();
    }

    /** Whether data waits to be sent or to be acknowledged. */
    boolean hasWork() {
        return row.sendingRow() != IntRows.NONE;
    }

    private int workRow() {
        int work = row.sendingRow();
        if (work == IntRows.NONE) {
            work = sending.take();
            row.sendingRow(work);
        }
        return work;
    }

    // ---- sending

    /** Sends what the windows allow: first what is held for lost, then new data, then the FIN. */
    void push() {
        if (!row.state().maySend()) {
            return;
        }
        if (hasWork()) {
            int work = row.sendingRow();
            recovery.resend(work);
            sendNewData(work);
        }
        if (row.is(EndRow.FIN_QUEUED) && !row.is(EndRow.FIN_SENT) && unsent() == 0) {
            sendNew(workRow(), 0);
        }
    }

    /** Sends what an open but small window lets through, as a probe (RFC 9293, section 3.8.6.2.1, (4)). */
    void sendPiece(int room) {
        int work = workRow();
        long unsent = sending.unsent(work);
        int length = (int) Math.min(Math.min(room, end.settings().mss), unsent);
        sending.unsent(work, unsent - length);
        sendNew(work, length);
    }

    /** Whether the peer's window lets the next segment through. */
    boolean nextFits() {
        return Math.min(end.settings().mss, unsent()) <= row.sndWnd() - row.flight();
    }

    /** The peer has taken a byte that was sent as a probe: it counts as sent, and as new data it will be acknowledged. */
    void byteTaken() {
        int work = workRow();
        sending.unsent(work, sending.unsent(work) - 1);
        int segment = sent.take(row.sndNxt(), SentSegments.RETRANSMITTED, 1, end.nowNs());
        append(work, segment);
        row.sndNxt(row.sndNxt() + 1);
    }

    /** Bytes that the application wrote and that have not been sent. */
    long unsent() {
        int work = row.sendingRow();
        return work == IntRows.NONE ? 0 : sending.unsent(work);
    }

    /** Bounded by the windows. A segment that is not full goes out if it is the last, or if nothing else is in flight. */
    private void sendNewData(int work) {
        int mss = end.settings().mss;
        long unsent = sending.unsent(work);
        while (unsent > 0) {
            int wanted = (int) Math.min(mss, unsent);
            int room = room(work);
            if (wanted > room && (room <= 0 || row.flight() > 0)) {
                row.set(EndRow.CWND_LIMITED);
                return;
            }
            int length = Math.min(wanted, room);
            unsent -= length;
            sending.unsent(work, unsent);
            sendNew(work, length);
        }
    }

    /** How many sequence numbers both windows leave. */
    int room(int work) {
        int congestion = row.cwnd() - (row.flight() - sending.lost(work));
        int offered = row.sndWnd() - row.flight();
        return Math.min(congestion, offered);
    }

    private void sendNew(int work, int length) {
        int seq = row.sndNxt();
        boolean last = sending.unsent(work) == 0;
        boolean fin = last && row.is(EndRow.FIN_QUEUED);
        int flags = (fin ? Segments.FIN : 0) | (last && length > 0 ? Segments.PSH : 0);
        boolean nothingInFlight = row.flight() == 0;
        int segment = sent.take(seq, flags, length, 0);
        append(work, segment);
        row.sndNxt(sent.end(segment));
        if (fin) {
            row.set(EndRow.FIN_SENT);
        }
        end.send(seq, flags, length);
        sent.sentNs(segment, end.nowNs());
        if (end.settings().sampling == RttSampling.ONE_AT_A_TIME && !sending.timed(work)) {
            sent.set(segment, SentSegments.TIMED);
            sending.timed(work, true);
        }
        if (nothingInFlight) {
            // RFC 6298, section 5.1
            end.timers.arm(TcpTimer.RTO, end.nowNs() + end.rtoNs());
        }
    }

    private void append(int work, int segment) {
        int tail = sending.tail(work);
        if (tail == SentSegments.NONE) {
            sending.head(work, segment);
        } else {
            sent.next(tail, segment);
        }
        sending.tail(work, segment);
    }

    // ---- acknowledgments

    /**
     * An acknowledgment of something new has arrived: SND.UNA < SEG.ACK =< SND.NXT (RFC 9293, section 3.10.7.4).
     *
     * @param echo the timestamp echoed
     */
    void acknowledged(int ack, int echo) {
        int work = row.sendingRow();
        assert work != IntRows.NONE : "acknowledged " + ack + " with nothing sent";
        int priorFlight = row.flight();
        int advance = ack - row.sndUna();
        row.sndUna(ack);
        long sampleNs = removeAcknowledged(work, ack, echo);
        if (sampleNs >= 0) {
            end.settings().estimator.sample(row.ints(), row.estimatorBase(), sampleNs, ack, row.sndNxt());
            row.backoff(0);
        }
        row.retransmits(0);
        sending.firstRetransmissionNs(work, SendRows.NEVER);
        recovery.acknowledged(work, ack, advance, priorFlight);
        // RFC 6298, sections 5.2 and 5.3
        if (row.flight() == 0) {
            cancelWriteTimer();
            row.clear(EndRow.CWND_LIMITED);
        } else if (row.state().isSynchronized()) {
            end.timers.arm(TcpTimer.RTO, end.nowNs() + end.rtoNs());
        }
    }

    private void cancelWriteTimer() {
        TcpTimer armed = row.armed(TimerSlot.WRITE);
        if (armed != null) {
            end.timers.cancel(armed);
        }
    }

    /** Gives back the row of what is being sent when nothing is: called when an acknowledgment is done with. */
    void tidy() {
        int work = row.sendingRow();
        if (work != IntRows.NONE && sending.head(work) == SentSegments.NONE && sending.unsent(work) == 0) {
            sending.release(work);
            row.sendingRow(IntRows.NONE);
        }
    }

    /**
     * Takes what is acknowledged out of the retransmission queue.
     *
     * @return a sample of the round-trip time in nanoseconds, or -1
     */
    private long removeAcknowledged(int work, int ack, int echo) {
        RttSampling sampling = end.settings().sampling;
        long firstSentNs = -1;
        boolean resent = false;
        boolean timed = false;
        int segment = sending.head(work);
        while (segment != SentSegments.NONE && Sequence.atMost(sent.end(segment), ack)) {
            resent |= sent.is(segment, SentSegments.RETRANSMITTED);
            boolean counts = sampling != RttSampling.ONE_AT_A_TIME || sent.is(segment, SentSegments.TIMED);
            timed |= sent.is(segment, SentSegments.TIMED);
            if (counts && firstSentNs < 0) {
                firstSentNs = sent.sentNs(segment);
            }
            end.count(TcpCount.BYTES_ACKNOWLEDGED, sent.length(segment));
            segment = remove(work, segment);
        }
        trimHead(work, segment, ack);
        if (timed) {
            sending.timed(work, false);
        }
        return sampleNs(sampling, firstSentNs, resent, echo);
    }

    private int remove(int work, int segment) {
        int next = sent.next(segment);
        if (sent.is(segment, SentSegments.LOST)) {
            sending.lost(work, sending.lost(work) - sent.span(segment));
        }
        if (sending.cursor(work) == segment) {
            sending.cursor(work, next);
        }
        sending.head(work, next);
        if (next == SentSegments.NONE) {
            sending.tail(work, SentSegments.NONE);
        }
        sent.release(segment);
        return next;
    }

    private void trimHead(int work, int segment, int ack) {
        if (segment == SentSegments.NONE || !Sequence.lessThan(sent.seq(segment), ack)) {
            return;
        }
        int cut = ack - sent.seq(segment);
        if (sent.is(segment, SentSegments.LOST)) {
            sending.lost(work, sending.lost(work) - cut);
        }
        end.count(TcpCount.BYTES_ACKNOWLEDGED, cut);
        sent.trim(segment, ack);
    }

    private long sampleNs(RttSampling sampling, long firstSentNs, boolean resent, int echo) {
        boolean sentOnce = firstSentNs >= 0 && !resent;
        return switch (sampling) {
            case ONE_AT_A_TIME -> sentOnce ? end.nowNs() - firstSentNs : -1;
            case TIMESTAMPS -> echoSampleNs(echo);
            case EVERY_SEGMENT -> {
                if (sentOnce) {
                    yield end.nowNs() - firstSentNs;
                }
                yield end.settings().timestamps ? echoSampleNs(echo) : -1;
            }
        };
    }

    /** Negative, as if there were none, for an echo of what was never sent. */
    private long echoSampleNs(int echo) {
        return echo == 0 ? -1 : (end.timestamp() - echo) * end.settings().timestampClockNs;
    }

    /** Forgets everything: the end is closed. */
    void close() {
        int work = row.sendingRow();
        if (work == IntRows.NONE) {
            return;
        }
        int segment = sending.head(work);
        while (segment != SentSegments.NONE) {
            int next = sent.next(segment);
            sent.release(segment);
            segment = next;
        }
        sending.release(work);
        row.sendingRow(IntRows.NONE);
    }
}

package io.wheelhouse.tcp;

/**
 * SEGMENT ARRIVES: RFC 9293, section 3.10.7, in its order, with the checks of RFC 5961 that it took over. The first segments
 * of a connection are {@link OpeningArrival}'s.
 *
 * <p>Also: PAWS (RFC 7323, section 5.3); an answer to what is out of order or out of the window, seldom enough not to
 * answer each other for ever (RFC 5961, section 7).
 *
 * <p>Not modeled: security, and urgent data.
 */
final class SegmentArrival {
    private final EndContext end;
    private final EndRow row;
    private final Sender sender;
    private final Receiver receiver;
    private final Life life;
    private final Persist persist;
    private final Patience patience;
    private final Timestamps timestamps;
    private final FirstCheck firstCheck;
    private final FreeBsdArrival freeBsd;
    private final MiniSocket miniSocket;
    private final OpeningArrival opening;
    private boolean predicts = true;

    SegmentArrival(EndContext end, Sender sender, Receiver receiver, Life life, Persist persist, Patience patience) {
        this.end = end;
        this.row = end.row;
        this.sender = sender;
        this.receiver = receiver;
        this.life = life;
        this.persist = persist;
        this.patience = patience;
        this.timestamps = new Timestamps(end);
        this.firstCheck = new FirstCheck(end);
        this.freeBsd = new FreeBsdArrival(end, life);
        this.miniSocket = new MiniSocket(end, sender, life, timestamps, freeBsd);
        this.opening = new OpeningArrival(end, sender, receiver, life);
    }

    /** Returns whether anything may be left to settle: what cannot be sent, or the user's patience. */
    boolean arrives(ArrivedSegment segment) {
        if (isExpected(segment)) {
            return expected(segment);
        }
        switch (row.state()) {
            case CLOSED -> end.answerReset(segment);
            case LISTEN -> opening.inListen(segment);
            case SYN_SENT -> opening.inSynSent(segment);
            case SYN_RECEIVED, ESTABLISHED, FIN_WAIT_1, FIN_WAIT_2, CLOSING, TIME_WAIT, CLOSE_WAIT, LAST_ACK ->
                otherwise(segment);
        }
        return true;
    }

    /** Sets whether what is expected is spared what it need not go through. */
    void predict(boolean expected) {
        predicts = expected;
    }

    /** Whether a SYN begins a new connection in the place of one in TIME-WAIT. */
    boolean reopens(ArrivedSegment segment) {
        return miniSocket.reopens(segment);
    }

    /**
     * Header prediction (RFC 7323, section 5.6): takes in what an established connection expects next, with nothing special
     * about it. It would pass all checks, so it is spared them.
     */
    private boolean expected(ArrivedSegment segment) {
        assert !miniSocket.isOne() && !timestamps.isOld(segment) && firstCheck.isAcceptable(segment)
                : "not to be expected: " + segment.seq + ", " + segment.length + " bytes";
        timestamps.rememberExpected(segment);
        return segment.length > 0 ? expectedData(segment) : expectedAcknowledgment(segment);
    }

    private boolean expectedAcknowledgment(ArrivedSegment segment) {
        if (!sender.predicts(segment)) {
            takeIn(segment);
            return true;
        }
        life.heardFromPeer();
        sender.predictedAcknowledged(segment);
        return false;
    }

    private boolean expectedData(ArrivedSegment segment) {
        boolean atRest = sender.isAtRest();
        if (atRest) {
            life.heardFromPeer();
            sender.acknowledgedAtRest(segment);
        } else if (!takeIn(segment)) {
            return true;
        }
        if (receiver.isPlain()) {
            receiver.acceptExpected(segment);
            end.settings().acks.decide(end, false);
        } else {
            data(segment);
        }
        return !atRest || end.settings().hasUserTimer;
    }

    /** Section 3.10.7.4. */
    private void otherwise(ArrivedSegment segment) {
        if (miniSocket.isOne()) {
            if (!miniSocket.arrives(segment)) {
                return;
            }
            if (row.state() == TcpState.LISTEN) {
                opening.inListen(segment);
                return;
            }
        }
        if (timestamps.isOld(segment) && !segment.has(Segments.RST) && !timestamps.isOvertakenAck(segment)) {
            // RFC 7323, section 5.3, R1
            if (!timestamps.isOldAck(segment)) {
                doubtful(segment);
            }
            return;
        }
        if (!firstCheck.isAcceptable(segment)) {
            unacceptable(segment);
            return;
        }
        if (segment.has(Segments.RST)) {
            reset(segment);
        } else if (segment.has(Segments.SYN)) {
            challenge();
        } else if (segment.has(Segments.ACK) && acknowledge(segment, true)) {
            text(segment);
        }
    }

    /** Whether this is the segment that an established connection expects next, and nothing about it is special. */
    private boolean isExpected(ArrivedSegment segment) {
        return predicts
                && row.isEstablished()
                && (segment.flags | Segments.PSH) == (Segments.ACK | Segments.PSH)
                && segment.seq == row.rcvNxt()
                && segment.tsValue - row.tsRecent() >= 0
                && Sequence.atLeast(segment.ack, row.sndUna())
                && Sequence.atMost(segment.ack, row.sndNxt())
                && (segment.length == 0 || (!row.is(EndRow.ORPHANED) && segment.length <= end.standingWindow()));
    }

    private void unacceptable(ArrivedSegment segment) {
        if (segment.has(Segments.RST)) {
            if (end.settings().arrivalsLikeFreeBsd) {
                freeBsd.reset(segment);
            }
            return;
        }
        boolean windowIsClosed = segment.seq == row.rcvNxt() && end.standingWindow() == 0;
        if (windowIsClosed && segment.has(Segments.ACK) && !segment.has(Segments.SYN)) {
            // RFC 9293, section 3.10.7.4: a closed window still lets acknowledgments through
            acknowledge(segment, false);
        }
        boolean repeatedSyn = segment.has(Segments.SYN) && segment.seq == row.rcvNxt() - 1;
        if (row.state() == TcpState.SYN_RECEIVED && repeatedSyn && !segment.has(Segments.ACK)) {
            sender.recovery().repeatSynAck();
            return;
        }
        if (row.state() == TcpState.SYN_RECEIVED && repeatedSyn && segment.length == 0 && segment.ack == row.sndNxt()) {
            // RFC 9293, section 3.5, figure 7: the SYN-ACK of the other end of a simultaneous open
            acknowledge(segment, false);
            return;
        }
        if (row.state() == TcpState.TIME_WAIT && segment.has(Segments.FIN)) {
            life.timeWait();
        }
        if (end.settings().arrivalsLikeFreeBsd
                && row.state().isSynchronized()
                && firstCheck.isOldAcknowledgment(segment)) {
            old(segment);
        } else {
            doubtful(segment);
        }
    }

    /** FreeBSD answers at once what is old, and goes on with its acknowledgment: tcp_do_segment(), sys/netinet/tcp_input.c. */
    private void old(ArrivedSegment segment) {
        if (segment.span() > 0) {
            receiver.segmentArrivedAgain(segment.seq, segment.length, segment.span());
        }
        row.set(EndRow.ACK_SCHEDULED | EndRow.ACK_NOW);
        if (acknowledge(segment, true)) {
            end.settings().acks.decide(end, receiver.hasGaps());
        }
    }

    /** Answers with where we are: data always, anything else seldom (RFC 5961, section 7; Linux's tcp_oow_rate_limited()). */
    private void doubtful(ArrivedSegment segment) {
        if (!row.state().isSynchronized() && row.state() != TcpState.SYN_RECEIVED) {
            return;
        }
        if (segment.span() > 0 && !segment.has(Segments.SYN)) {
            if (Sequence.lessThan(segment.seq, row.rcvNxt())) {
                receiver.segmentArrivedAgain(segment.seq, segment.length, segment.span());
            }
            end.sendAck();
        } else {
            challenge();
        }
    }

    /** Second: RFC 5961, section 3.2. */
    private void reset(ArrivedSegment segment) {
        if (end.settings().arrivalsLikeFreeBsd) {
            freeBsd.reset(segment);
        } else if (segment.seq != row.rcvNxt()) {
            challenge();
        } else if (row.state() == TcpState.SYN_RECEIVED && !row.is(EndRow.ACTIVE_OPEN)) {
            life.listenAgain();
        } else if (row.state() == TcpState.TIME_WAIT && end.settings().ignoresResetInTimeWait) {
            // RFC 1337, section 3: an old reset must not end TIME-WAIT
            return;
        } else if (row.state() == TcpState.TIME_WAIT
                || row.state() == TcpState.CLOSING
                || row.state() == TcpState.LAST_ACK) {
            life.closed(CloseReason.ORDERLY);
        } else {
            life.closed(CloseReason.RESET);
        }
    }

    /**
     * What an attacker might have made is answered with where we are (RFC 5961, sections 3 to 5), but not too often:
     * two ends that disagree would go on for ever (section 7).
     */
    private void challenge() {
        if (end.mayChallenge()) {
            end.sendBareAck();
        }
    }

    /**
     * Fifth: the acknowledgment field.
     *
     * @param timestampCounts whether the segment's timestamp may be one to echo
     * @return whether to go on with the segment
     */
    private boolean acknowledge(ArrivedSegment segment, boolean timestampCounts) {
        int ack = segment.ack;
        if (row.state() == TcpState.SYN_RECEIVED) {
            if (Sequence.atMost(ack, row.sndUna()) || Sequence.greaterThan(ack, row.sndNxt())) {
                end.answerReset(segment);
                return false;
            }
            if (timestampCounts) {
                timestamps.remember(segment);
            }
            int losses = sender.recovery().handshakeLosses();
            sender.acknowledged(segment);
            life.established(losses);
            sender.push();
            life.closeIfAsked();
            sender.tidy();
            return true;
        }
        persist.takesByte(ack);
        if (Sequence.greaterThan(ack, row.sndNxt())) {
            // RFC 5961, section 5.2
            challenge();
            return false;
        }
        if (row.sndUna() - ack > sender.offeredMax()) {
            // RFC 5961, section 5.2
            challenge();
            return false;
        }
        if (timestampCounts) {
            timestamps.remember(segment);
        }
        return takeIn(segment);
    }

    /** An acknowledgment of something sent, maybe an old one; returns whether to go on with the segment. */
    private boolean takeIn(ArrivedSegment segment) {
        int ack = segment.ack;
        life.heardFromPeer();
        if (Sequence.greaterThan(ack, row.sndUna())) {
            sender.acknowledged(segment);
            persist.acknowledged();
            patience.rewarded();
            sender.push();
            boolean finAcknowledged = row.is(EndRow.FIN_SENT) && row.sndUna() == row.sndNxt();
            sender.tidy();
            if (finAcknowledged) {
                life.finAcknowledged(segment);
            }
        } else {
            if (ack == row.sndUna() && segment.span() == 0 && segment.window == row.sndWnd() && row.flight() > 0) {
                end.count(TcpCount.DUPLICATE_ACKS);
            }
            sender.acknowledged(segment);
            if (ack == row.sndUna() && !isPredicted(segment)) {
                persist.acknowledged();
            }
            sender.push();
            sender.tidy();
        }
        return row.state() != TcpState.CLOSED;
    }

    /** Linux looks at nothing but the data of what it expects: tcp_rcv_established(), net/ipv4/tcp_input.c. */
    private boolean isPredicted(ArrivedSegment segment) {
        return end.settings().arrivalsLikeLinux
                && segment.length > 0
                && segment.length == segment.span()
                && segment.seq == row.rcvNxt()
                && segment.window == row.sndWnd()
                && !receiver.hasGaps();
    }

    /**
     * New data after the application has gone: RFC 1122, section 4.2.2.13. Linux holds it to be so too where both directions
     * have been shut down: tcp_rcv_state_process(), net/ipv4/tcp_input.c.
     */
    private boolean isForNobody(ArrivedSegment segment) {
        boolean closed = row.state() == TcpState.FIN_WAIT_1 || row.state() == TcpState.FIN_WAIT_2;
        boolean deaf = closed && end.settings().closesLikeLinux && row.is(EndRow.DEAF);
        return (row.is(EndRow.ORPHANED) || deaf)
                && segment.length > 0
                && Sequence.greaterThan(segment.seq + segment.length, row.rcvNxt());
    }

    /** Linux lets through what is old or has no room, for its acknowledgment, and drops it here: tcp_data_queue(). */
    private boolean bringsNothingNew(ArrivedSegment segment) {
        if (Sequence.atMost(segment.seq + segment.span(), row.rcvNxt())) {
            receiver.segmentArrivedAgain(segment.seq, segment.length, segment.span());
            return true;
        }
        int window = end.standingWindow();
        boolean bareFin = segment.length == 0 && segment.seq == row.rcvNxt();
        if (bareFin || (window > 0 && Sequence.lessThan(segment.seq, row.rcvNxt() + window))) {
            return false;
        }
        end.settings().acks.dataArrivedAgain(end);
        row.set(EndRow.ACK_SCHEDULED);
        return true;
    }

    /** Seventh and eighth: the segment's text, and its FIN. */
    private void text(ArrivedSegment segment) {
        if (row.state() == TcpState.TIME_WAIT) {
            if (segment.has(Segments.FIN)) {
                life.timeWait();
            }
            return;
        }
        if (segment.span() == 0) {
            return;
        }
        if (bringsNothingNew(segment)) {
            end.settings().acks.decide(end, receiver.hasGaps());
            return;
        }
        if (!row.state().mayReceive()) {
            return;
        }
        if (isForNobody(segment)) {
            end.answerReset(segment);
            life.closed(row.is(EndRow.ORPHANED) ? CloseReason.ABORTED : CloseReason.RESET);
            return;
        }
        data(segment);
    }

    private void data(ArrivedSegment segment) {
        if (end.settings().windowRule.takesWhole() && row.unread() > 2L * end.settings().receiveSpace) {
            // tcp_data_queue(), net/ipv4/tcp_input.c: what arrives while more is kept than the whole buffer holds
            row.set(EndRow.ACK_SCHEDULED | EndRow.ACK_NOW);
        }
        boolean finInOrder =
                receiver.accept(segment.seq, segment.length, segment.has(Segments.FIN), segment.has(Segments.PSH));
        if (finInOrder) {
            life.finArrived();
        }
        end.settings().acks.decide(end, receiver.hasGaps());
    }
}

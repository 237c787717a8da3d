package io.wheelhouse.tcp;

/**
 * What a sender does about losses: the retransmission timer (RFC 6298, section 5), fast retransmit and recovery (RFC 5681,
 * section 3.2; RFC 6582; RFC 6675; RFC 8985), F-RTO (RFC 5682), and the undoing of what was in vain (RFC 3522 and RFC 4015
 * by timestamps, RFC 3708 by reported duplicates).
 *
 * <p>The states are {@link Flow}'s. From OPEN or DISORDER a loss leads to RECOVERY, a timeout from anywhere to LOSS; both end
 * when all that was outstanding at their beginning is acknowledged. In RECOVERY and LOSS what is held for lost is sent again
 * as the window allows, oldest first, and new data behind it.
 *
 * <p>Which of this a stack has is its profile's. Cost: O(segments outstanding) for a dubious acknowledgment and for a
 * timeout. Source of the order of things: the behaviour of Linux 6.18, tcp_fastretrans_alert(), tcp_process_loss(),
 * tcp_enter_loss(), tcp_retransmit_timer().
 */
final class Recovery {
    private final SendContext of;
    private final EndContext end;
    private final EndRow row;
    private final Flow flow;
    private final SentSegments sent;
    private final Ack ack;
    private final Congestion congestion;
    private final Scoreboard scoreboard;
    private final Rack rack;
    private final Patience patience;

    Recovery(SendContext of, Scoreboard scoreboard, Rack rack) {
        this.of = of;
        this.end = of.end;
        this.row = of.row;
        this.flow = of.flow;
        this.sent = of.sent;
        this.ack = of.ack;
        this.congestion = of.congestion;
        this.scoreboard = scoreboard;
        this.rack = rack;
        this.patience = new Patience(of.end);
    }

    // ---- timeouts

    /**
     * The retransmission timer of data, FIN, SYN or SYN-ACK fired (RFC 6298, sections 5.4 to 5.7).
     *
     * @return whether to go on; false if the profile gives up here
     */
    boolean timedOut(TcpTimer timer) {
        boolean working = of.bind();
        assert working : timer + " fired with nothing sent";
        if (patience.givesUp(timer)) {
            return false;
        }
        int retransmission = row.retransmits() + 1;
        if (timer == TcpTimer.RTO) {
            enterLoss();
        } else {
            row.set(EndRow.HANDSHAKE_RETRANSMITTED);
        }
        of.retransmit(flow.get(Flow.HEAD), TcpCount.TIMEOUT_RETRANSMISSIONS);
        row.retransmits(retransmission);
        row.backoff(patience.doubles(timer, retransmission) ? row.backoff() + 1 : 0);
        end.timers.arm(timer, end.nowNs() + patience.beforeNextRetransmissionNs(end.rtoNs()));
        return true;
    }

    private void enterLoss() {
        int state = flow.get(Flow.STATE);
        EndSettings settings = end.settings();
        markLostAtTimeout();
        boolean first = state <= Flow.DISORDER
                || Sequence.atMost(flow.get(Flow.HIGH_SEQ), row.sndUna())
                || (state == Flow.LOSS && row.retransmits() == 0);
        if (first) {
            congestion.beginLoss();
            beginUndo();
        }
        congestion.collapse();
        if (state <= Flow.DISORDER && flow.get(Flow.SACKED) >= settings.duplicatesThreshold * of.unit()) {
            // so many duplicates, and yet a timeout: less is reordered than was thought
            flow.set(Flow.REORDERING, Math.min(flow.get(Flow.REORDERING), settings.duplicatesThreshold));
        }
        flow.set(Flow.STATE, Flow.LOSS);
        flow.set(Flow.HIGH_SEQ, row.sndNxt());
        flow.drop(Flow.PROBING | Flow.FRTO);
        if (settings.forwardRto && (state < Flow.RECOVERY || row.retransmits() > 0)) {
            flow.raise(Flow.FRTO);
        }
    }

    private void markLostAtTimeout() {
        int head = flow.get(Flow.HEAD);
        boolean reneged = sent.is(head, SentSegments.SACKED);
        if (reneged) {
            scoreboard.clearAllSacked();
        } else if (!of.hasSack()) {
            scoreboard.resetDuplicates();
        }
        boolean byTime = end.settings().detection == LossDetection.RACK;
        for (int segment = head; segment != SentSegments.NONE; segment = sent.next(segment)) {
            boolean spared = byTime && !reneged && segment != head && rack.isRecent(segment);
            if (!spared) {
                scoreboard.markLost(segment);
            }
        }
    }

    /** The wait for reordered segments is over (RFC 8985, section 6.3). */
    void reorderingTimedOut() {
        if (!of.bind() || flow.get(Flow.HEAD) == SentSegments.NONE) {
            return;
        }
        ack.begin(row.sndUna(), of.highestSack(), 0);
        int inFlight = flow.inFlight();
        int lostBefore = flow.get(Flow.LOST_EVER);
        rack.detect(scoreboard);
        if (inFlight != flow.inFlight()) {
            if (flow.get(Flow.STATE) != Flow.RECOVERY) {
                enterRecovery();
                congestion.reduce(of.unit(), flow.get(Flow.LOST_EVER) - lostBefore);
            }
            resend();
        }
        if (!of.timer.isArmed(TcpTimer.RTO)) {
            of.timer.rearmRto(true);
        }
    }

    /** The peer has sent its SYN again, so it has not seen our SYN-ACK: sends it again, without waiting for the timer. */
    void repeatSynAck() {
        boolean working = of.bind();
        assert working : "no SYN-ACK to repeat";
        row.set(EndRow.HANDSHAKE_RETRANSMITTED);
        of.retransmit(flow.get(Flow.HEAD), TcpCount.FAST_RETRANSMISSIONS);
    }

    // ---- acknowledgments

    /** An acknowledgment is dubious, or arrived in trouble. */
    void alert(int duplicates) {
        if (reneges()) {
            return;
        }
        if (flow.get(Flow.STATE) == Flow.OPEN) {
            of.forgetFirstRetransmission();
        } else if (Sequence.atLeast(row.sndUna(), flow.get(Flow.HIGH_SEQ)) && endsTrouble()) {
            return;
        }
        boolean begins;
        switch (flow.get(Flow.STATE)) {
            case Flow.RECOVERY -> begins = inRecovery(duplicates);
            case Flow.LOSS -> {
                inLoss(duplicates);
                identifyLosses();
                boolean elsewhere = flow.get(Flow.STATE) == Flow.OPEN || ack.is(Ack.RESENT_LOST);
                begins = elsewhere && outsideOfRecovery(duplicates);
            }
            default -> begins = outsideOfRecovery(duplicates);
        }
        if (begins) {
            ack.resend = Ack.Resend.LOST;
        }
    }

    private boolean reneges() {
        if (!ack.is(Ack.RENEGING) || !ack.is(Ack.ADVANCED)) {
            return false;
        }
        of.timer.armForReneging();
        ack.drop(Ack.SET_TIMER);
        return true;
    }

    /** All that was outstanding at the beginning of the trouble is acknowledged; returns whether that is all. */
    private boolean endsTrouble() {
        switch (flow.get(Flow.STATE)) {
            case Flow.REDUCTION -> {
                if (row.sndUna() != flow.get(Flow.HIGH_SEQ)) {
                    congestion.endReduction();
                    flow.set(Flow.STATE, Flow.OPEN);
                }
            }
            case Flow.RECOVERY -> {
                if (!of.hasSack()) {
                    scoreboard.resetDuplicates();
                }
                if (endRecovery()) {
                    return true;
                }
                congestion.endReduction();
            }
            default -> {
                // LOSS ends in inLoss(), DISORDER in tryToOpen()
            }
        }
        return false;
    }

    private boolean inRecovery(int duplicates) {
        if (ack.is(Ack.ADVANCED)) {
            if (undoesPartly()) {
                return false;
            }
        } else if (!of.hasSack()) {
            scoreboard.addDuplicates(duplicates);
        }
        if (undoneByDuplicates()) {
            tryToOpen();
        }
        identifyLosses();
        if (flow.get(Flow.STATE) != Flow.RECOVERY) {
            if (flow.get(Flow.LOST) == 0) {
                return false;
            }
            enterRecovery();
        }
        return true;
    }

    private boolean outsideOfRecovery(int duplicates) {
        if (!of.hasSack()) {
            if (ack.is(Ack.ADVANCED)) {
                scoreboard.resetDuplicates();
            }
            if (duplicates > 0) {
                scoreboard.addDuplicates(duplicates);
            }
        }
        if (flow.get(Flow.STATE) <= Flow.DISORDER) {
            undoneByDuplicates();
        }
        identifyLosses();
        if (flow.get(Flow.LOST) == 0) {
            tryToOpen();
            return false;
        }
        enterRecovery();
        return true;
    }

    private void enterRecovery() {
        if (!of.anythingResent()) {
            of.forgetFirstRetransmission();
        }
        flow.set(Flow.PRIOR_THRESHOLD, 0);
        beginUndo();
        if (!flow.reducesWindow()) {
            flow.set(Flow.PRIOR_THRESHOLD, congestion.remembered());
            congestion.beginReduction();
        }
        flow.set(Flow.STATE, Flow.RECOVERY);
    }

    /** A loss that a probe has repaired already: the window is reduced, nothing is to be recovered. */
    void reduceOnce() {
        congestion.beginReduction();
        flow.set(Flow.STATE, Flow.REDUCTION);
        congestion.endReduction();
        tryKeepOpen();
    }

    private void tryToOpen() {
        if (!of.anythingResent()) {
            of.forgetFirstRetransmission();
        }
        if (flow.get(Flow.STATE) != Flow.REDUCTION) {
            tryKeepOpen();
        }
    }

    private void tryKeepOpen() {
        boolean dubious = flow.get(Flow.SACKED) + flow.get(Flow.LOST) > 0 || of.anythingResent();
        int state = dubious ? Flow.DISORDER : Flow.OPEN;
        if (flow.get(Flow.STATE) != state) {
            flow.set(Flow.STATE, state);
            flow.set(Flow.HIGH_SEQ, row.sndNxt());
        }
    }

    // ---- after a timeout

    private void inLoss(int duplicates) {
        boolean advanced = ack.is(Ack.ADVANCED);
        if (advanced && undoesLoss(false)) {
            return;
        }
        boolean recovered = Sequence.atLeast(row.sndUna(), flow.get(Flow.HIGH_SEQ));
        if (flow.is(Flow.FRTO) && forwardRto(duplicates, advanced && !recovered)) {
            return;
        }
        if (recovered) {
            endRecovery();
            return;
        }
        if (!of.hasSack()) {
            boolean newData = Sequence.greaterThan(row.sndNxt(), flow.get(Flow.HIGH_SEQ));
            if (newData && duplicates > 0) {
                scoreboard.addDuplicates(duplicates);
            } else if (advanced) {
                scoreboard.resetDuplicates();
            }
        }
        ack.resend = Ack.Resend.LOST;
    }

    /** RFC 5682, section 3: was the timeout in vain? Returns whether the acknowledgment is dealt with. */
    private boolean forwardRto(int duplicates, boolean partial) {
        if (ack.is(Ack.ORIGINAL_DELIVERED) && undoesLoss(true)) {
            return true; // step 3.b
        }
        if (Sequence.greaterThan(row.sndNxt(), flow.get(Flow.HIGH_SEQ))) {
            if (ack.is(Ack.DATA_SACKED) || duplicates > 0) {
                flow.drop(Flow.FRTO); // step 3.a: the loss is real
            }
        } else if (partial) {
            flow.set(Flow.HIGH_SEQ, row.sndNxt());
            boolean windowLeft = Sequence.greaterThan(row.sndUna() + row.sndWnd(), row.sndNxt());
            if (flow.getLong(Flow.UNSENT) > 0 && windowLeft) {
                ack.resend = Ack.Resend.NEW; // step 2.b
                return true;
            }
            flow.drop(Flow.FRTO);
        }
        return false;
    }

    // ---- undoing

    private void beginUndo() {
        int resent = flow.get(Flow.RESENT) / of.unit();
        if (flow.is(Flow.PROBING) && flow.is(Flow.PROBE_RESENT)) {
            resent++;
        }
        flow.raise(Flow.UNDOABLE);
        flow.set(Flow.UNDO_MARKER, row.sndUna());
        flow.set(Flow.UNDO_RESENT, resent == 0 ? -1 : resent);
    }

    private boolean mayUndo() {
        return end.settings().undoes
                && flow.is(Flow.UNDOABLE)
                && (flow.get(Flow.UNDO_RESENT) == 0 || originalWasDelayed());
    }

    /** Nothing was retransmitted, or what is acknowledged was sent before the first retransmission (Eifel, RFC 3522). */
    private boolean originalWasDelayed() {
        long firstNs = flow.getLong(Flow.FIRST_RETRANSMISSION_NS);
        if (firstNs != Flow.NEVER) {
            return isEchoBefore(firstNs);
        }
        boolean forgotten = !of.hasSack() && Sequence.atLeast(row.sndUna(), flow.get(Flow.HIGH_SEQ));
        return !forgotten && row.state() != TcpState.SYN_SENT;
    }

    private boolean isEchoBefore(long atNs) {
        return end.settings().timestamps && ack.echo != 0 && ack.echo - end.timestamp(atNs) < 0;
    }

    /** Whether the acknowledgment is of a segment as first sent, although it was sent again. */
    boolean isSpuriouslyResent(int segment) {
        return sent.is(segment, SentSegments.RETRANSMITTED) && isEchoBefore(sent.sentNs(segment));
    }

    private void undo(boolean clearLosses) {
        if (clearLosses) {
            scoreboard.clearAllLost();
        }
        congestion.undo();
        flow.drop(Flow.UNDOABLE);
        flow.raise(Flow.RACK_ADVANCED);
        end.count(TcpCount.UNDONE_REDUCTIONS);
    }

    /** Returns whether the state stays: without SACK, until something sent later is acknowledged (RFC 6582, section 4). */
    private boolean endRecovery() {
        if (mayUndo()) {
            undo(false);
        } else {
            rack.recoveryEnded();
        }
        if (staysWithoutSack()) {
            return true;
        }
        flow.set(Flow.STATE, Flow.OPEN);
        return false;
    }

    private boolean staysWithoutSack() {
        if (of.hasSack() || row.sndUna() != flow.get(Flow.HIGH_SEQ) || !end.settings().staysInRecovery) {
            return false;
        }
        if (!of.anythingResent()) {
            of.forgetFirstRetransmission();
        }
        return true;
    }

    private boolean undoneByDuplicates() {
        if (!end.settings().undoes || !flow.is(Flow.UNDOABLE) || flow.get(Flow.UNDO_RESENT) != 0) {
            return false;
        }
        rack.recoveryUndone();
        undo(false);
        return true;
    }

    private boolean undoesLoss(boolean byForwardRto) {
        if (!byForwardRto && !mayUndo()) {
            return false;
        }
        undo(true);
        row.retransmits(0);
        if (staysWithoutSack()) {
            return true;
        }
        if (byForwardRto || of.hasSack()) {
            flow.set(Flow.STATE, Flow.OPEN);
        }
        return true;
    }

    /** A hole was filled by the original: returns whether to send nothing again for now. */
    private boolean undoesPartly() {
        if (!end.settings().undoes || !flow.is(Flow.UNDOABLE) || !originalWasDelayed()) {
            return false;
        }
        scoreboard.checkReordering(ack.priorUna);
        if (flow.get(Flow.RESENT) > 0) {
            return true;
        }
        if (!of.anythingResent()) {
            of.forgetFirstRetransmission();
        }
        undo(true);
        tryKeepOpen();
        return false;
    }

    // ---- which segments are lost

    private void identifyLosses() {
        if (flow.get(Flow.HEAD) == SentSegments.NONE) {
            return;
        }
        if (!of.hasSack()) {
            markByDuplicates();
            return;
        }
        switch (end.settings().detection) {
            case RFC6675 -> markBySacked();
            case RACK -> {
                int resentBefore = flow.get(Flow.RESENT);
                if (rack.detectAndWait(scoreboard)) {
                    ack.drop(Ack.SET_TIMER);
                }
                if (flow.get(Flow.RESENT) < resentBefore) {
                    ack.raise(Ack.RESENT_LOST);
                }
            }
        }
    }

    /** RFC 6582, section 3.2: the head, at enough duplicates, and at each partial acknowledgment. */
    private void markByDuplicates() {
        int state = flow.get(Flow.STATE);
        boolean enough = flow.get(Flow.SACKED) >= flow.get(Flow.REORDERING) * of.unit();
        if ((state < Flow.RECOVERY && enough) || (state == Flow.RECOVERY && ack.is(Ack.ADVANCED))) {
            scoreboard.markLost(flow.get(Flow.HEAD));
        }
    }

    /** RFC 6675, section 4, IsLost(): enough has been acknowledged above. */
    private void markBySacked() {
        int unit = of.unit();
        int above = flow.get(Flow.SACKED);
        int threshold = (flow.get(Flow.REORDERING) - 1) * unit;
        for (int segment = flow.get(Flow.HEAD);
                segment != SentSegments.NONE && above > threshold;
                segment = sent.next(segment)) {
            if (sent.is(segment, SentSegments.SACKED)) {
                above -= of.weight(segment);
            } else if (!sent.is(segment, SentSegments.LOST)) {
                scoreboard.markLost(segment);
            }
        }
    }

    // ---- sending again

    /** Sends again what is held for lost, as far as the windows allow. */
    void resend() {
        int head = flow.get(Flow.HEAD);
        boolean rearm = false;
        for (int segment = head; segment != SentSegments.NONE; segment = sent.next(segment)) {
            int weight = of.weight(segment);
            int inFlight = flow.inFlight();
            boolean full = inFlight + weight > row.cwnd() && inFlight > 0;
            if (full || flow.get(Flow.RESENT) >= flow.get(Flow.LOST) || of.pacer.waits()) {
                break;
            }
            boolean waits = sent.is(segment, SentSegments.LOST)
                    && !sent.is(segment, SentSegments.SACKED)
                    && !sent.is(segment, SentSegments.RESENT);
            if (waits) {
                boolean beyond = Sequence.atLeast(sent.seq(segment), row.sndUna() + row.sndWnd()) && segment != head;
                if (beyond) {
                    break;
                }
                of.retransmit(segment, cause());
                if (flow.reducesWindow()) {
                    flow.add(Flow.PRR_OUT, weight);
                }
                rearm |= segment == head && !of.timer.isArmed(TcpTimer.RACK);
            }
        }
        if (rearm) {
            of.timer.armRto();
        }
    }

    private TcpCount cause() {
        return flow.get(Flow.STATE) == Flow.LOSS ? TcpCount.TIMEOUT_RETRANSMISSIONS : TcpCount.FAST_RETRANSMISSIONS;
    }
}

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
    private final Ack ack;
    private final Congestion congestion;
    private final Scoreboard scoreboard;
    private final Rack rack;
    private final Undo undo;
    private final Losses losses;
    private final Resending resending;
    private final Patience patience;

    Recovery(SendContext of, Scoreboard scoreboard, Rack rack, Undo undo) {
        this.of = of;
        this.end = of.end;
        this.row = of.row;
        this.flow = of.flow;
        this.ack = of.ack;
        this.congestion = of.congestion;
        this.scoreboard = scoreboard;
        this.rack = rack;
        this.undo = undo;
        this.losses = new Losses(of, scoreboard, rack);
        this.resending = new Resending(of);
        this.patience = new Patience(of.end);
    }

    // ---- timeouts

    /**
     * The retransmission timer of data, FIN, SYN or SYN-ACK fired (RFC 6298, sections 5.4 to 5.7).
     *
     * @return whether to go on; false if the profile gives up here
     */
    boolean timedOut(TcpTimer timer) {
        assert of.hasFlow() : timer + " fired with nothing sent";
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
        row.backoff(patience.doubles(timer, retransmission, flow.get(Flow.OUT)) ? row.backoff() + 1 : 0);
        end.timers.arm(timer, end.nowNs() + patience.beforeNextRetransmissionNs(end.rtoNs()));
        return true;
    }

    private void enterLoss() {
        int state = flow.get(Flow.STATE);
        EndSettings settings = end.settings();
        losses.markAtTimeout();
        boolean first = state <= Flow.DISORDER
                || Sequence.atMost(flow.get(Flow.HIGH_SEQ), row.sndUna())
                || (state == Flow.LOSS && row.retransmits() == 0);
        if (first) {
            congestion.beginLoss();
            undo.begin();
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

    /** The wait for reordered segments is over (RFC 8985, section 6.3). */
    void reorderingTimedOut() {
        if (!of.hasFlow() || flow.get(Flow.HEAD) == SentSegments.NONE) {
            return;
        }
        ack.begin(row.sndUna(), of.highestSack(), 0);
        int inFlight = flow.inFlight();
        int lostBefore = scoreboard.lostEver();
        rack.detect(scoreboard);
        if (inFlight != flow.inFlight()) {
            if (flow.get(Flow.STATE) != Flow.RECOVERY) {
                enterRecovery();
                congestion.reduce(of.unit(), scoreboard.lostEver() - lostBefore);
            }
            resending.resend();
        }
        if (!of.timer.isArmed(TcpTimer.RTO)) {
            of.timer.rearmRto(true);
        }
    }

    /** Sends again what is held for lost, as far as the windows allow. */
    void resend() {
        resending.resend();
    }

    /** The peer has sent its SYN again, so it has not seen our SYN-ACK: sends it again, without waiting for the timer. */
    void repeatSynAck() {
        assert of.hasFlow() : "no SYN-ACK to repeat";
        EndSettings settings = end.settings();
        row.set(EndRow.HANDSHAKE_RETRANSMITTED);
        of.retransmit(flow.get(Flow.HEAD), TcpCount.FAST_RETRANSMISSIONS);
        if (settings.arrivalsLikeFreeBsd) {
            row.retransmits(0);
            row.backoff(0);
        }
        if (settings.arrivalsLikeLinux || settings.arrivalsLikeFreeBsd) {
            end.timers.arm(TcpTimer.SYN_ACK, end.nowNs() + end.rtoNs());
        }
    }

    /** How often the SYN or SYN-ACK was sent again, if a timeout was among the causes: tcp_init_transfer() of Linux 6.18. */
    int handshakeLosses() {
        return row.retransmits() > 0 && of.hasFlow() ? flow.get(Flow.RESENT_EVER) : 0;
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
                losses.identify();
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
        losses.identify();
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
        losses.identify();
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
        undo.begin();
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

    // ---- the end of a reduction

    /** Returns whether the state stays: without SACK, until something sent later is acknowledged (RFC 6582, section 4). */
    private boolean endRecovery() {
        if (undo.isDue()) {
            undo.undo(false);
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
        undo.undo(false);
        return true;
    }

    private boolean undoesLoss(boolean byForwardRto) {
        if (!byForwardRto && !undo.isDue()) {
            return false;
        }
        undo.undo(true);
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
        if (!end.settings().undoes || !flow.is(Flow.UNDOABLE) || !undo.originalWasDelayed()) {
            return false;
        }
        scoreboard.checkReordering(ack.priorUna);
        if (flow.get(Flow.RESENT) > 0) {
            return true;
        }
        if (!of.anythingResent()) {
            of.forgetFirstRetransmission();
        }
        undo.undo(true);
        tryKeepOpen();
        return false;
    }
}

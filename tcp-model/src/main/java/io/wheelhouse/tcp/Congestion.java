package io.wheelhouse.tcp;

/**
 * The congestion window of an end: its use, its growth, its reductions and its decay when idle. The algorithm is the
 * profile's {@link CongestionControl}.
 *
 * <p>During a recovery the window either stays at the threshold (RFC 6582, RFC 6675), or follows proportional rate reduction
 * (RFC 6937; the bound that depends on progress is that of RFC 9937), which sends in proportion to what is delivered.
 *
 * <p>A window grows only if it is used (RFC 7661, section 1): in a round trip in which it was full; and in slow start up to
 * twice the most that was in flight. Source of that rule, and of the order of things: the behaviour of Linux 6.18,
 * tcp_cwnd_validate(), tcp_cwnd_reduction(), tcp_cwnd_restart().
 */
final class Congestion implements CongestionControl.State {
    private final SendContext of;
    private final EndContext end;
    private final EndRow row;

    Congestion(SendContext of) {
        this.of = of;
        this.end = of.end;
        this.row = of.row;
    }

    private Flow flow() {
        return of.flow;
    }

    private CongestionControl algorithm() {
        return end.settings().congestion;
    }

    // ---- what the algorithm sees

    @Override
    public int cwnd() {
        return row.cwnd();
    }

    @Override
    public void cwnd(int window) {
        row.cwnd(window);
    }

    @Override
    public int ssthresh() {
        return flow().get(Flow.THRESHOLD);
    }

    @Override
    public void ssthresh(int window) {
        flow().set(Flow.THRESHOLD, window);
    }

    @Override
    public int unit() {
        return of.unit();
    }

    @Override
    public int flight() {
        return flow().get(Flow.OUT);
    }

    @Override
    public int priorCwnd() {
        return flow().get(Flow.PRIOR_WINDOW);
    }

    @Override
    public int count() {
        return flow().get(Flow.WINDOW_COUNT);
    }

    @Override
    public void count(int acknowledged) {
        flow().set(Flow.WINDOW_COUNT, acknowledged);
    }

    @Override
    public long nowNs() {
        return end.nowNs();
    }

    @Override
    public long srttNs() {
        return end.settings().estimator.srttNs(row.ints(), row.estimatorBase());
    }

    @Override
    public int sndUna() {
        return row.sndUna();
    }

    @Override
    public int sndNxt() {
        return row.sndNxt();
    }

    @Override
    public int own(int field) {
        return flow().get(of.rows.control + field);
    }

    @Override
    public void own(int field, int value) {
        assert field < algorithm().stateInts() : field + " of " + algorithm().stateInts();
        flow().set(of.rows.control + field, value);
    }

    // ---- growth

    /** Whether the window is in use so far that it may grow. */
    private boolean isLimited() {
        Flow flow = flow();
        int cwnd = row.cwnd();
        return flow.is(Flow.WINDOW_LIMITED) || (cwnd < 2 * flow.get(Flow.MOST_OUT) && cwnd < flow.get(Flow.THRESHOLD));
    }

    /** What an acknowledgment does to the window. */
    void acknowledged(int delivered, int newlyLost) {
        Ack ack = of.ack;
        if (flow().reducesWindow()) {
            reduce(delivered, newlyLost);
            return;
        }
        EndSettings settings = end.settings();
        boolean reorders = flow().get(Flow.REORDERING) > settings.duplicatesThreshold;
        boolean progress = ack.is(reorders ? Ack.ACKED | Ack.DATA_SACKED : Ack.DATA_ACKED);
        if (progress && delivered > 0) {
            advance(delivered);
        }
    }

    /** Something has been delivered, and nothing reduces the window. */
    void advance(int delivered) {
        if (isLimited()) {
            algorithm().acknowledged(this, delivered);
        }
        flow().setLong(Flow.WINDOW_STAMP_NS, end.nowNs());
    }

    void sampled(long rttNs) {
        algorithm().sampled(this, rttNs);
    }

    /** Takes note of how far the window is used, after something was or would have been sent. */
    void used(boolean limited) {
        if (noteUse(limited) && isUnusedFor(end.rtoNs())) {
            shrinkUnused();
        }
    }

    /** The same where the retransmission timeout is known. */
    void used(boolean limited, long rtoNs) {
        if (noteUse(limited) && isUnusedFor(rtoNs)) {
            shrinkUnused();
        }
    }

    /** Returns whether the window is larger than its use. */
    private boolean noteUse(boolean limited) {
        Flow flow = flow();
        boolean newRound = Sequence.atLeast(row.sndUna(), flow.get(Flow.USAGE_SEQ));
        boolean more = !flow.is(Flow.WINDOW_LIMITED) && flow.get(Flow.OUT) > flow.get(Flow.MOST_OUT);
        if (newRound || limited || more) {
            flow.drop(Flow.WINDOW_LIMITED);
            flow.raise(limited ? Flow.WINDOW_LIMITED : 0);
            flow.set(Flow.MOST_OUT, flow.get(Flow.OUT));
            flow.set(Flow.USAGE_SEQ, row.sndNxt());
        }
        if (isLimited()) {
            flow.set(Flow.WINDOW_USED, 0);
            flow.setLong(Flow.WINDOW_STAMP_NS, end.nowNs());
            return false;
        }
        flow.set(Flow.WINDOW_USED, Math.max(flow.get(Flow.WINDOW_USED), flow.get(Flow.OUT)));
        return end.settings().idleRestart == IdleRestart.RFC2861;
    }

    private boolean isUnusedFor(long ns) {
        return end.nowNs() - flow().getLong(Flow.WINDOW_STAMP_NS) >= ns;
    }

    /** The application has not used the window for a timeout (RFC 2861, section 3). */
    private void shrinkUnused() {
        Flow flow = flow();
        if (flow.get(Flow.STATE) == Flow.OPEN) {
            int used = Math.max(flow.get(Flow.WINDOW_USED), initialWindow());
            if (used < cwnd()) {
                ssthresh(remembered());
                cwnd((cwnd() + used) >> 1);
            }
            flow.set(Flow.WINDOW_USED, 0);
        }
        flow.setLong(Flow.WINDOW_STAMP_NS, end.nowNs());
    }

    private int initialWindow() {
        return end.settings().initialWindowSegments * unit();
    }

    /** The threshold that keeps three quarters of the window in memory, outside of a reduction. */
    int remembered() {
        return flow().reducesWindow() ? ssthresh() : Math.max(ssthresh(), (cwnd() >> 1) + (cwnd() >> 2));
    }

    /** Before data is sent, with nothing in flight. */
    void restartIfIdle() {
        if (flow().get(Flow.HEAD) == SentSegments.NONE) {
            restartIfIdle(end.rtoNs());
        }
    }

    /** The same where nothing is in flight, and the retransmission timeout is known. */
    void restartIfIdle(long rtoNs) {
        long lastNs = flow().getLong(Flow.LAST_SENT_NS);
        if (lastNs == 0) {
            return;
        }
        algorithm().restarted(this, lastNs);
        long idleNs = end.nowNs() - lastNs;
        if (idleNs > rtoNs) {
            restart(idleNs, rtoNs);
        }
    }

    private void restart(long idleNs, long rtoNs) {
        int least = Math.min(initialWindow(), cwnd());
        switch (end.settings().idleRestart) {
            case NONE -> {
                // the window is kept
            }
            case RFC5681 -> cwnd(least);
            case RFC2861 -> {
                ssthresh(remembered());
                long leftNs = idleNs - rtoNs;
                int window = cwnd();
                while (leftNs > 0 && window > least) {
                    window >>= 1;
                    leftNs -= rtoNs;
                }
                cwnd(Math.max(window, least));
                flow().setLong(Flow.WINDOW_STAMP_NS, end.nowNs());
                flow().set(Flow.WINDOW_USED, 0);
            }
        }
    }

    // ---- reductions

    /** A loss has been noticed, but not by the timer. */
    void beginReduction() {
        Flow flow = flow();
        flow.set(Flow.HIGH_SEQ, row.sndNxt());
        flow.drop(Flow.PROBING);
        count(0);
        flow.set(Flow.PRIOR_WINDOW, cwnd());
        flow.set(Flow.PRR_DELIVERED, 0);
        flow.set(Flow.PRR_OUT, 0);
        ssthresh(algorithm().thresholdAfterLoss(this));
        if (!end.settings().proportional) {
            cwnd(ssthresh());
        }
    }

    /** Proportional rate reduction; elsewhere the window stays. */
    void reduce(int delivered, int newlyLost) {
        if (delivered <= 0 || !end.settings().proportional) {
            return;
        }
        Flow flow = flow();
        flow.add(Flow.PRR_DELIVERED, delivered);
        int prrDelivered = flow.get(Flow.PRR_DELIVERED);
        int prrOut = flow.get(Flow.PRR_OUT);
        int room = ssthresh() - flow.inFlight();
        int send;
        if (room < 0) {
            long share = (long) ssthresh() * prrDelivered + priorCwnd() - 1;
            send = (int) (share / priorCwnd()) - prrOut;
        } else {
            send = Math.max(prrDelivered - prrOut, delivered);
            if (of.ack.is(Ack.ADVANCED) && newlyLost == 0) {
                send += unit();
            }
            send = Math.min(room, send);
        }
        send = Math.max(send, prrOut == 0 ? unit() : 0);
        cwnd(flow.inFlight() + send);
    }

    /** The reduction is over, unless it was undone. */
    void endReduction() {
        Flow flow = flow();
        boolean kept = flow.get(Flow.STATE) == Flow.REDUCTION || flow.is(Flow.UNDOABLE);
        if (ssthresh() < Reno.NO_THRESHOLD && kept) {
            // RFC 6582, section 3.2, step 3: no burst if little is in flight
            int burst = Math.max(flow.get(Flow.OUT), unit()) + unit();
            cwnd(end.settings().proportional ? ssthresh() : Math.min(ssthresh(), burst));
            flow.setLong(Flow.WINDOW_STAMP_NS, end.nowNs());
        }
    }

    /** The timer fired for the first time for what is outstanding: RFC 5681, section 3.1, equation 4. */
    void beginLoss() {
        Flow flow = flow();
        flow.set(Flow.PRIOR_THRESHOLD, remembered());
        flow.set(Flow.PRIOR_WINDOW, cwnd());
        ssthresh(algorithm().thresholdAfterLoss(this));
        algorithm().timedOut(this);
    }

    /** The window after a timeout: that of a loss, beside what is still in flight. */
    void collapse() {
        cwnd(flow().inFlight() + end.settings().lossWindowSegments * unit());
        count(0);
        flow().setLong(Flow.WINDOW_STAMP_NS, end.nowNs());
    }

    /** The reduction was in vain. */
    void undo() {
        Flow flow = flow();
        int priorThreshold = flow.get(Flow.PRIOR_THRESHOLD);
        if (priorThreshold != 0) {
            cwnd(algorithm().undoneWindow(this));
            ssthresh(Math.max(ssthresh(), priorThreshold));
        }
        flow.setLong(Flow.WINDOW_STAMP_NS, end.nowNs());
    }
}

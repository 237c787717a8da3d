package io.wheelhouse.tcp;

/**
 * When the timer of sending is set, and for when: the retransmission timeout (RFC 6298, section 5), the tail loss probe (RFC
 * 8985, section 7.2) or the reordering wait (section 6.2, step 5). One is armed at a time, as all three wait for the same
 * acknowledgments.
 *
 * <p>Where the timer takes over from a probe or a wait, the timeout counts from when the head of the queue was last sent.
 *
 * <p>Source of the order of things: the behaviour of Linux 6.18, tcp_rearm_rto(), tcp_rto_delta_us(),
 * tcp_schedule_loss_probe(), tcp_rack_mark_lost().
 */
final class WriteTimer {
    private static final int NANOS_PER_MICRO = 1_000;

    private final SendContext of;
    private final EndContext end;

    WriteTimer(SendContext of) {
        this.of = of;
        this.end = of.end;
    }

    boolean isArmed(TcpTimer timer) {
        return end.row.isArmed(timer);
    }

    void cancel() {
        TcpTimer armed = end.row.armed(TimerSlot.WRITE);
        if (armed != null && armed != TcpTimer.PERSIST) {
            end.timers.cancelArmed(armed);
        }
    }

    /** A full timeout from now (RFC 6298, sections 5.1 and 5.3). */
    void armRto() {
        end.timers.arm(TcpTimer.RTO, end.nowNs() + end.rtoNs());
    }

    /** Sets the retransmission timer, or stops it if nothing is outstanding (RFC 6298, sections 5.2 and 5.3). */
    void rearmRto() {
        rearmRto(isArmed(TcpTimer.TLP) || isArmed(TcpTimer.RACK));
    }

    /**
     * The same.
     *
     * @param sinceHead whether the timeout counts from when the head was last sent, rather than from now
     */
    void rearmRto(boolean sinceHead) {
        if (of.flow.get(Flow.HEAD) == SentSegments.NONE) {
            cancel();
        } else if (sinceHead) {
            long waitNs = Math.max(NANOS_PER_MICRO, rtoDeltaNs());
            end.timers.arm(TcpTimer.RTO, end.nowNs() + end.settings().ceilToJiffyNs(waitNs));
        } else {
            armRto();
        }
    }

    /** How long until the timeout of the head, counted from when it was last sent; may be past. */
    private long rtoDeltaNs() {
        long sentNs = of.sent.sentNs(of.flow.get(Flow.HEAD));
        return sentNs + end.rtoNs() - end.nowNs();
    }

    /** After an acknowledgment of something new: a probe if one may be sent, else the timeout. */
    void set() {
        if (!scheduleProbe(true)) {
            rearmRto();
        }
    }

    /**
     * Schedules a tail loss probe: only outside of recovery, with SACK, and with something outstanding.
     *
     * @param advancing whether the timeout starts anew now, and not when the head was sent
     */
    boolean scheduleProbe(boolean advancing) {
        EndSettings settings = end.settings();
        int state = of.flow.get(Flow.STATE);
        if (!settings.probesTail
                || !settings.sack
                || of.flow.get(Flow.HEAD) == SentSegments.NONE
                || (state != Flow.OPEN && state != Flow.REDUCTION)) {
            return false;
        }
        boolean single = of.flow.get(Flow.HEAD) == of.flow.get(Flow.TAIL);
        long waitNs = settings.ceilToJiffyNs(probeTimeoutNs(settings, single));
        long rtoNs = advancing ? end.rtoNs() : rtoDeltaNs();
        end.timers.arm(TcpTimer.TLP, end.nowNs() + sooner(settings, waitNs, rtoNs));
        return true;
    }

    /** The wait, but no longer than until the timeout, if that is ahead. */
    private static long sooner(EndSettings settings, long waitNs, long rtoNs) {
        return rtoNs > 0 && rtoNs < waitNs ? Math.min(waitNs, settings.ceilToJiffyNs(rtoNs)) : waitNs;
    }

    /**
     * What {@link #rearmRto()} does where the only segment outstanding has been sent just now, and nothing is dubious.
     *
     * @param rtoNs the retransmission timeout
     */
    void armForOnly(long sentNs, long rtoNs) {
        boolean sinceHead = end.row.isAnyArmed(TimerSlot.WRITE) && (isArmed(TcpTimer.TLP) || isArmed(TcpTimer.RACK));
        long waitNs = sinceHead ? end.settings().ceilToJiffyNs(Math.max(NANOS_PER_MICRO, rtoNs)) : rtoNs;
        end.timers.arm(TcpTimer.RTO, sentNs + waitNs);
    }

    /** What {@link #scheduleProbe} does there. */
    void probeForOnly(long sentNs, long rtoNs) {
        EndSettings settings = end.settings();
        if (settings.probesTail) {
            long nowNs = end.nowNs();
            long waitNs = settings.ceilToJiffyNs(probeTimeoutNs(settings, true));
            end.timers.arm(TcpTimer.TLP, nowNs + sooner(settings, waitNs, sentNs + rtoNs - nowNs));
        }
    }

    private long probeTimeoutNs(EndSettings settings, boolean single) {
        int[] ints = end.row.ints();
        int base = end.row.estimatorBase();
        if (!settings.estimator.hasSample(ints, base)) {
            return settings.rtoInitialNs;
        }
        long twiceNs = 2 * settings.estimator.srttNs(ints, base);
        return twiceNs + (single ? settings.probeAckDelayNs : settings.timeoutMinNs);
    }

    /** Waits for segments that may only be late; never longer than the retransmission timeout. */
    void armReordering(long waitUs) {
        EndSettings settings = end.settings();
        long waitNs = settings.ceilToJiffyNs(waitUs * NANOS_PER_MICRO + settings.timeoutMinNs);
        end.timers.arm(TcpTimer.RACK, end.nowNs() + Math.min(waitNs, end.rtoNs()));
    }

    /** The peer seems to have thrown away what it had: a little time to show that it has not (Linux). */
    void armForReneging() {
        long srttNs = end.settings().estimator.srttNs(end.row.ints(), end.row.estimatorBase());
        end.timers.arm(
                TcpTimer.RTO,
                end.nowNs() + end.settings().ceilToJiffyNs(Math.max(srttNs / 2, end.settings().renegingWaitNs)));
    }
}

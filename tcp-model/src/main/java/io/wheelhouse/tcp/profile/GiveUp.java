package io.wheelhouse.tcp.profile;

/**
 * When a stack gives a connection up: asked at each timeout, before retransmitting.
 *
 * <p>Two kinds of limit, of which either suffices: a number of retransmissions, and a time. RFC
 * 9293, section 3.8.3, leaves it open which to use (R1 and R2); Linux turns the number for data into a time, so that a
 * connection with a long timeout does not wait for days. Times of data count from the first retransmission, not from the
 * first transmission; those of a handshake from its first segment. Immutable; any thread.
 */
public final class GiveUp {
    /** What Linux takes for 0 orphan retries. */
    private static final int ORPHAN_RETRIES_DEFAULT = 8;

    private final long dataBudgetNs;
    private final long adviceBudgetNs;
    private final int dataRetransmissions;
    private final int probes;
    private final long probesBudgetNs;
    private final int orphanRetries;
    private final long orphanBudgetNs;
    private final long orphanAtMaxBudgetNs;
    private final long rtoMaxNs;
    private final long synBudgetNs;
    private final long synAckBudgetNs;
    private final int synRetries;
    private final int synLinear;
    private final int synAckRetransmissions;
    private final int keepaliveProbes;

    GiveUp(Profile profile) {
        this.rtoMaxNs = profile.ns(TcpConstant.RTO_MAX);
        this.dataBudgetNs = budgetNs(profile, profile.count(TcpConstant.RETRIES2));
        this.adviceBudgetNs = budgetNs(profile, profile.count(TcpConstant.RETRIES1));
        this.dataRetransmissions = profile.count(TcpConstant.DATA_RETRANSMISSIONS);
        this.probes = Math.min(profile.count(TcpConstant.RETRIES2), dataRetransmissions);
        this.probesBudgetNs = profile.ns(TcpConstant.GIVE_UP_TIME);
        this.orphanRetries = profile.count(TcpConstant.ORPHAN_RETRIES);
        this.orphanBudgetNs = budgetNs(profile, orphanRetries == 0 ? ORPHAN_RETRIES_DEFAULT : orphanRetries);
        this.orphanAtMaxBudgetNs = budgetNs(profile, orphanRetries);
        this.synAckBudgetNs = profile.ns(TcpConstant.SYN_GIVE_UP_TIME);
        this.synBudgetNs = Math.min(synAckBudgetNs, synDoublingsNs(profile));
        this.synLinear = profile.count(TcpConstant.SYN_LINEAR_TIMEOUTS);
        this.synRetries = profile.count(TcpConstant.SYN_RETRIES);
        this.synAckRetransmissions = profile.count(TcpConstant.SYNACK_RETRIES);
        this.keepaliveProbes = profile.count(TcpConstant.KEEPALIVE_PROBES);
    }

    private static long budgetNs(Profile profile, int retries) {
        long asTimeNs = profile.ns(TcpConstant.GIVE_UP_TIME);
        if (retries == Integer.MAX_VALUE) {
            return asTimeNs;
        }
        long maxNs = profile.ns(TcpConstant.RTO_MAX);
        long baseNs = Math.min(maxNs, profile.ns(TcpConstant.RETRIES_BASE));
        return Math.min(asTimeNs, Backoff.sumNs(retries, baseNs, maxNs));
    }

    /** Linux counts a SYN's retransmissions, but gives up no later than as many doublings would take. */
    private static long synDoublingsNs(Profile profile) {
        int retries = profile.count(TcpConstant.SYN_RETRIES);
        long maxNs = profile.ns(TcpConstant.RTO_MAX);
        return retries == Integer.MAX_VALUE
                ? Long.MAX_VALUE
                : Backoff.sumNs(retries, Math.min(maxNs, profile.ns(TcpConstant.RTO_INITIAL)), maxNs);
    }

    /** How long after the first retransmission data is given up: at the first timeout then or later. */
    public long dataBudgetNs() {
        return dataBudgetNs;
    }

    /** Whether data is given up at a timeout so long after its first retransmission. */
    public boolean data(long sinceFirstRetransmissionNs) {
        return sinceFirstRetransmissionNs >= dataBudgetNs;
    }

    /** Whether data is given up at a timeout after so many retransmissions. */
    public boolean data(int retransmissions) {
        return retransmissions >= dataRetransmissions;
    }

    /** Whether at such a timeout the network layer is told that the path may be at fault (RFC 9293, section 3.8.3, R1). */
    public boolean doubtsPath(long sinceFirstRetransmissionNs) {
        return sinceFirstRetransmissionNs >= adviceBudgetNs;
    }

    /**
     * Whether a closed window is given up after so many probes in a row without an answer, the first of them so long ago.
     */
    public boolean probes(int unansweredProbes, long sinceFirstUnansweredNs) {
        return unansweredProbes > 0 && (unansweredProbes >= probes || sinceFirstUnansweredNs >= probesBudgetNs);
    }

    /** How often the time between two probes of a closed window is doubled at most. */
    public int probeDoublings() {
        return probes;
    }

    /** Retries of an orphan's probes: with Linux's default of 0, none once the timeout has reached its maximum. */
    public int orphanProbes(boolean atMax) {
        return atMax ? orphanRetries : orphanRetries == 0 ? ORPHAN_RETRIES_DEFAULT : orphanRetries;
    }

    /**
     * The same once the application has closed.
     *
     * @param rtoNs the timeout that has just expired: with Linux's default of 0 orphan retries, one that has reached its
     *     maximum leaves no retry
     */
    public boolean orphan(long sinceFirstRetransmissionNs, long rtoNs) {
        return sinceFirstRetransmissionNs >= (rtoNs < rtoMaxNs ? orphanBudgetNs : orphanAtMaxBudgetNs);
    }

    /** Whether a SYN is given up at a timeout after so many retransmissions, however long they took. */
    public boolean syn(int retransmissions) {
        return retransmissions - synLinear >= synRetries;
    }

    /** The same of a SYN-ACK that was a SYN before the peer's crossed it: none of its timeouts is linear. */
    public boolean crossedSyn(int retransmissions) {
        return retransmissions >= synRetries;
    }

    /** Whether a SYN, or what was one, is given up at a timeout so long after it was first sent. */
    public boolean syn(long sinceFirstSentNs) {
        return sinceFirstSentNs >= synBudgetNs;
    }

    /**
     * Whether the timeout after this retransmission of a SYN is twice the one before it.
     *
     * @param retransmission 1 for the first
     */
    public boolean synDoubles(int retransmission) {
        return retransmission > synLinear;
    }

    /** Whether a SYN-ACK is given up at a timeout after so many retransmissions, first sent so long ago. */
    public boolean synAck(int retransmissions, long sinceFirstSentNs) {
        return retransmissions >= synAckRetransmissions || sinceFirstSentNs >= synAckBudgetNs;
    }

    /** Whether an idle peer is given up when the keepalive timer expires after so many unanswered probes. */
    public boolean keepalive(int unansweredProbes) {
        return unansweredProbes >= keepaliveProbes;
    }
}

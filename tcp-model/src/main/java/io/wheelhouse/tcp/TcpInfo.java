package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.RttEstimator;

/**
 * What one end knows of its connection, under the names that Linux's TCP_INFO has for it (tcp(7)), in this model's units:
 * times in nanoseconds, windows and counts of data in segments.
 *
 * @param congestionState 0 open, 1 disorder, 2 reduction, 3 recovery, 4 loss
 * @param retransmits timeouts since something new was acknowledged
 * @param probes keepalive probes unanswered
 * @param backoff doublings of the timeout; while a closed window is probed, of the time between probes
 * @param rtoNs the retransmission timeout as it stands, backed off or not
 * @param atoNs the delayed-ACK timeout of an end that adapts it; 0 before the first data
 * @param srttNs the smoothed round-trip time; 0 before the first sample
 * @param rttvarNs the mean deviation
 * @param sndCwnd the congestion window
 * @param sndSsthresh the slow-start threshold
 * @param unacked segments sent and not acknowledged
 * @param lost of those, held for lost
 * @param retrans retransmissions in flight
 * @param sacked acknowledged selectively; without SACK, as many as there were duplicate acknowledgments
 * @param reordering how many segments reordering may displace a segment, as far as has been seen
 * @param rcvMss the size of the peer's segments as far as the delayed-ACK rule has learned it, in bytes
 * @param notSentBytes written and never sent
 * @param queuedBytes written and not acknowledged
 */
public record TcpInfo(
        TcpState state,
        int congestionState,
        int retransmits,
        int probes,
        int backoff,
        long rtoNs,
        long atoNs,
        long srttNs,
        long rttvarNs,
        int sndCwnd,
        int sndSsthresh,
        int unacked,
        int lost,
        int retrans,
        int sacked,
        int reordering,
        int rcvMss,
        long notSentBytes,
        long queuedBytes) {
    static TcpInfo of(EndContext end) {
        EndRow row = end.row;
        EndSettings settings = end.settings();
        RttEstimator estimator = settings.estimator;
        boolean sampled = estimator.hasSample(row.ints(), row.estimatorBase());
        Queued queued = Queued.of(end);
        return new TcpInfo(
                row.state(),
                flow(end, Flow.STATE, Flow.OPEN),
                row.retransmits(),
                row.probes(),
                row.isArmed(TcpTimer.PERSIST) ? probeDoublings(row) : row.backoff(),
                end.rtoNs(),
                row.atoJiffies() * settings.jiffyNs,
                sampled ? estimator.srttNs(row.ints(), row.estimatorBase()) : 0,
                sampled ? estimator.variationNs(row.ints(), row.estimatorBase()) : 0,
                row.cwnd() / settings.unit,
                flow(end, Flow.THRESHOLD, Reno.NO_THRESHOLD) / settings.unit,
                queued.unacked,
                queued.lost,
                queued.retrans,
                flow(end, Flow.SACKED, 0) / settings.unit,
                flow(end, Flow.REORDERING, settings.duplicatesThreshold),
                row.rcvMss(),
                notSent(end),
                notSent(end) + dataInFlight(row));
    }

    private static long notSent(EndContext end) {
        int work = end.row.sendingRow();
        return work == IntRows.NONE ? 0 : end.shared.sending.getLong(work, Flow.UNSENT);
    }

    private static int dataInFlight(EndRow row) {
        boolean syn = !row.state().isSynchronized();
        return syn ? 0 : Math.max(0, row.flight() - (row.is(EndRow.FIN_SENT) ? 1 : 0));
    }

    private static int probeDoublings(EndRow row) {
        int coldRow = row.coldRow();
        return coldRow == ColdRows.NONE ? 0 : row.cold().probeDoublings(coldRow);
    }

    private static int flow(EndContext end, int field, int otherwise) {
        int work = end.row.sendingRow();
        return work == IntRows.NONE ? otherwise : end.shared.sending.get(work, field);
    }

    /** What stands in the retransmission queue. */
    private record Queued(int unacked, int lost, int retrans) {
        static Queued of(EndContext end) {
            int unacked = 0;
            int lost = 0;
            int retrans = 0;
            SentSegments sent = end.shared.sent;
            int segment = flow(end, Flow.HEAD, SentSegments.NONE);
            for (; segment != SentSegments.NONE; segment = sent.next(segment)) {
                unacked++;
                lost += sent.is(segment, SentSegments.LOST) ? 1 : 0;
                retrans += sent.is(segment, SentSegments.RESENT) ? 1 : 0;
            }
            return new Queued(unacked, lost, retrans);
        }
    }
}

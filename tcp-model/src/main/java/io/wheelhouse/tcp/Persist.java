package io.wheelhouse.tcp;

import io.wheelhouse.tcp.profile.Backoff;
import io.wheelhouse.tcp.profile.RttEstimator;

/**
 * Probing a closed window (RFC 9293, section 3.8.6.1): while nothing is in flight and the peer's window keeps back what
 * there is to send, a probe goes out after a retransmission timeout, and then after ever doubled times.
 *
 * <p>FreeBSD doubles a time of its own, which is less than the bounds for most round trips: probes are as far apart as the
 * lower bound for long, and a peer that has fallen silent is given up by the time of its silence.
 *
 * <p>A probe fills what is left of the window. If it is closed, BSD's probe is a byte of new data beyond it, and Linux's an
 * empty segment below SND.UNA. Answered probes go on for ever. On Linux an answer starts the wait for the next probe
 * again, the doublings end where tcp_retries2 does, and as many unanswered probes are the last; elsewhere {@link
 * io.wheelhouse.tcp.profile.GiveUp#probes} says when to give up.
 *
 * <p>Source: RFC 1122, section 4.2.2.17; tcp_send_probe0() in net/ipv4/tcp_output.c, tcp_ack_probe() in tcp_input.c,
 * tcp_probe_timer() in tcp_timer.c of Linux 6.18; tcp_setpersist() in sys/netinet/tcp_output.c, tcp_timer_persist() in
 * tcp_timer.c of FreeBSD 14.
 */
final class Persist {
    private final EndContext end;
    private final EndRow row;
    private final Sender sender;
    private final Patience patience;

    Persist(EndContext end, Sender sender, Patience patience) {
        this.end = end;
        this.row = end.row;
        this.sender = sender;
        this.patience = patience;
    }

    private boolean isStuck() {
        return row.flight() == 0 && row.state().maySend() && sender.hasLeft();
    }

    /** Everything has been sent that may be: arms the timer if only a probe can go on from here. */
    void check() {
        if (!sender.isAtRest() && !row.isAnyArmed(TimerSlot.WRITE) && isStuck()) {
            forget();
            if (end.settings().persistsLikeLinux && row.backoff() > 0) {
                // one count for both timers: icsk_backoff, which only a round trip measured or a window that opens ends
                row.cold().probeDoublings(row.madeColdRow(), row.backoff());
            }
            end.timers.arm(TcpTimer.PERSIST, end.nowNs() + waitNs(0));
        }
    }

    private long baseNs() {
        EndSettings settings = end.settings();
        return Math.min(settings.persistMaxNs, Math.max(settings.persistMinNs, end.rtoNs()));
    }

    private long waitNs() {
        return waitNs(row.cold().probeDoublings(row.madeColdRow()));
    }

    private long waitNs(int doublings) {
        EndSettings settings = end.settings();
        return settings.persistsLikeFreeBsd
                ? boundedLast(doublings)
                : Backoff.backedOffNs(baseNs(), doublings, settings.persistMaxNs);
    }

    /** FreeBSD: four smoothed round trips and eight of their variations, doubled and only then bounded. */
    private long boundedLast(int doublings) {
        EndSettings settings = end.settings();
        RttEstimator estimator = settings.estimator;
        int[] ints = row.ints();
        int base = row.estimatorBase();
        long roundsNs = estimator.hasSample(ints, base)
                ? 4 * (estimator.srttNs(ints, base) + 2 * estimator.variationNs(ints, base))
                : 2 * settings.rtoInitialNs;
        long doubledNs = Backoff.backedOffNs(
                Math.max(1, roundsNs), Math.min(doublings, settings.rtoDoublingsMax), settings.persistMaxNs);
        long withSlopNs = settings.ceilToJiffyNs(doubledNs + settings.rtoSlopNs);
        return Math.min(settings.persistMaxNs, Math.max(settings.persistMinNs, withSlopNs));
    }

    /**
     * The window has been closed for long enough: probes it.
     *
     * @return whether to go on; false if the connection is given up here
     */
    boolean fired() {
        if (!isStuck()) {
            forget();
            return true;
        }
        ColdRows cold = row.cold();
        int coldRow = row.madeColdRow();
        long nowNs = end.nowNs();
        if (cold.firstProbeNs(coldRow) == 0) {
            cold.firstProbeNs(coldRow, nowNs);
        } else if (patience.givesUpProbing(atMax())) {
            return false;
        }
        if (row.probes() == 0) {
            cold.firstUnansweredNs(coldRow, nowNs);
        }
        probe();
        if (row.flight() > 0) {
            forget();
            return true;
        }
        row.probes(row.probes() + 1);
        end.count(TcpCount.WINDOW_PROBES);
        int doublings = cold.probeDoublings(coldRow);
        if (doublings < end.settings().giveUp.probeDoublings()) {
            cold.probeDoublings(coldRow, doublings + 1);
        }
        end.timers.arm(TcpTimer.PERSIST, nowNs + patience.beforeNextProbeNs(waitNs()));
        return true;
    }

    /** Whether the timeout, doubled as often as the probes, has come to its maximum: inet_csk_rto_backoff() of Linux. */
    private boolean atMax() {
        long maxNs = end.settings().persistMaxNs;
        int doublings = row.cold().probeDoublings(row.madeColdRow());
        return Backoff.backedOffNs(end.rtoNs(), doublings, maxNs) >= maxNs;
    }

    private void probe() {
        int room = row.sndWnd();
        if (room > 0) {
            sender.sendPiece(room);
        } else if (end.settings().persistsLikeLinux) {
            end.send(row.sndUna() - 1, 0, 0);
        } else {
            row.mark(EndRow.BYTE_PROBED);
            boolean finAlone = sender.unsent() == 0;
            end.send(row.sndNxt(), finAlone ? Segments.FIN : 0, finAlone ? 0 : 1);
        }
    }

    /** An acknowledgment that the peer may have sent has arrived, and the send window is what it says. */
    void acknowledged() {
        if (!row.isArmed(TcpTimer.PERSIST)) {
            return;
        }
        row.probes(0);
        if (sender.nextFits()) {
            end.timers.cancel(TcpTimer.PERSIST);
            forget();
        } else if (end.settings().persistsLikeLinux) {
            end.timers.arm(TcpTimer.PERSIST, end.nowNs() + patience.beforeNextProbeNs(waitNs()));
        }
    }

    /** Whether an acknowledgment says that the peer has taken the byte of a probe, which then counts as sent. */
    boolean takesByte(int ack) {
        if (ack != row.sndNxt() + 1 || row.flight() != 0 || !row.isMarked(EndRow.BYTE_PROBED)) {
            return false;
        }
        row.unmark(EndRow.BYTE_PROBED);
        sender.byteTaken();
        return true;
    }

    private void forget() {
        row.probes(0);
        row.unmark(EndRow.BYTE_PROBED);
        int coldRow = row.coldRow();
        if (coldRow != ColdRows.NONE) {
            row.cold().probeDoublings(coldRow, 0);
            row.cold().firstProbeNs(coldRow, 0);
        }
    }
}

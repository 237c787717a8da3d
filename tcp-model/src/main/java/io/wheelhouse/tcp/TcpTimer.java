package io.wheelhouse.tcp;

import java.util.Locale;

/** The timers of a TCP connection. Several may share one entry of a timer queue; each is counted for itself. */
public enum TcpTimer {
    /** Retransmits a SYN (RFC 6298, section 5.7). */
    SYN(TimerSlot.WRITE),
    /** Retransmits a SYN-ACK. */
    SYN_ACK(TimerSlot.WRITE),
    /** The retransmission timer of data and FIN (RFC 6298). */
    RTO(TimerSlot.WRITE),
    /** Sends an acknowledgment that waited for company (RFC 9293, section 3.8.6.3). */
    DELAYED_ACK(TimerSlot.ACK),
    /** Probes an idle peer (RFC 9293, section 3.8.4). */
    KEEPALIVE(TimerSlot.KEEP),
    /** Gives up waiting for the peer's FIN. */
    FIN_WAIT_2(TimerSlot.KEEP),
    /** Ends the quiet time after a close (RFC 9293, section 3.3.2). */
    TIME_WAIT(TimerSlot.KEEP),
    /** Sends a tail loss probe (RFC 8985, section 7). */
    TLP(TimerSlot.WRITE),
    /** Ends the wait for segments that may only be reordered (RFC 8985, section 6.2). */
    RACK(TimerSlot.WRITE),
    /** Probes a closed window (RFC 9293, section 3.8.6.1). */
    PERSIST(TimerSlot.WRITE),
    /** Ends a connection whose data or probes stay unanswered for as long as its user waits (RFC 5482). */
    USER_TIMEOUT(TimerSlot.USER),
    /** The part of a long FIN-WAIT-2 that Linux spends with the whole socket, which nobody owns any more. */
    ORPHAN(TimerSlot.KEEP),
    /** Lets the next segment of a paced sender go. */
    PACING(TimerSlot.PACE);

    /** Where it is kept: a {@link TimerSlot}. */
    final int slot;

    /** What an end's armed timers have in the bits of its slot while it is armed. */
    final int armed;

    TcpTimer(int slot) {
        this.slot = slot;
        this.armed = (ordinal() + 1) << (TimerSlot.BITS * slot);
    }

    /** The name used in metrics and file names, for example {@code delayed-ack}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

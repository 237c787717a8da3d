package io.wheelhouse.tcp;

/**
 * When an end acknowledges what it received: at once, with the next data, or when the delayed-ACK timer says so (RFC 9293,
 * section 3.8.6.3). A policy holds constants only; what it remembers stands in the end's row.
 */
interface AckPolicy {

    /** New data has arrived in order, in a segment of some length. */
    void dataArrived(EndContext end, int length, boolean pushed);

    /** New data has arrived out of order. */
    void dataArrivedEarly(EndContext end, int length, boolean pushed);

    /** Data has arrived a second time; it is acknowledged at once, whatever the policy. */
    void dataArrivedAgain(EndContext end);

    /** The peer's FIN has arrived in order. */
    void finArrived(EndContext end);

    /** A segment with something in it has been processed: acknowledges now, or arms the timer. */
    void decide(EndContext end, boolean gapsRemain);

    /** The application has read what was delivered, or some of it. */
    void applicationRead(EndContext end);

    /** A segment that bears an acknowledgment has been sent. */
    void acknowledged(EndContext end);

    /** A segment with new data has been sent. */
    void dataSent(EndContext end);

    /**
     * The application says what it expects of the connection (TCP_QUICKACK, tcp(7)).
     *
     * @param value 0 for interactive; 1 for not; another even number for an acknowledgment now, if one is due, and then
     *     interactive
     */
    void quickAsked(EndContext end, int value);

    /** Whether acknowledgments wait for an answer to bear them. */
    boolean isInteractive(EndRow row);

    /** The delayed-ACK timer fired. */
    void timerFired(EndContext end);
}

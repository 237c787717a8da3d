package io.wheelhouse.tcp;

/**
 * When an end acknowledges what it received: at once, with the next data, or when the delayed-ACK timer says so (RFC 9293,
 * section 3.8.6.3). A policy holds constants only; what it remembers stands in the end's row.
 */
interface AckPolicy {

    /** New data has arrived in order. */
    void dataArrived(EndContext end, int length, boolean pushed);

    /** An old or misplaced segment, a probe, or something else that must be answered with an acknowledgment now. */
    void answerNow(EndContext end);

    /** The peer's FIN has arrived in order. */
    void finArrived(EndContext end);

    /** A segment with something in it has been processed: acknowledges now, or arms the timer. */
    void decide(EndContext end, boolean gapsRemain);

    /** The application has read all that was delivered. */
    void applicationRead(EndContext end);

    /** A segment that bears an acknowledgment has been sent. */
    void acknowledged(EndContext end);

    /** A segment with new data has been sent. */
    void dataSent(EndContext end);

    /** The delayed-ACK timer fired. */
    void timerFired(EndContext end);
}

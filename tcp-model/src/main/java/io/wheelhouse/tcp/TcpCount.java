package io.wheelhouse.tcp;

import java.util.Locale;

/** What is counted of the processor's side of the connections, by group. Segments of both ends have counts of their own. */
public enum TcpCount {
    /** Connections whose opening began. */
    CONNECTIONS_STARTED,
    /** Connections that reached ESTABLISHED at the processor's side. */
    CONNECTIONS_ESTABLISHED,
    /** Connections closed in an orderly way. */
    CONNECTIONS_CLOSED,
    /** Connections given up after too many retransmissions or unanswered probes. */
    CONNECTIONS_GIVEN_UP,
    /** Connections ended by a reset. */
    CONNECTIONS_RESET,
    /** Passive openings given up at the processor's side before they were established; it goes on listening. */
    HALF_OPEN_GIVEN_UP,
    /** Segments the processor's side sent, retransmissions included. */
    SEGMENTS_SENT,
    /** Segments the far end sent, retransmissions included. */
    SEGMENTS_SENT_OUTSIDE,
    /** Segments the processor's side processed. */
    SEGMENTS_PROCESSED,
    /** Segments the far end processed. */
    SEGMENTS_PROCESSED_OUTSIDE,
    /** Timers that fired at the far end. */
    TIMERS_FIRED_OUTSIDE,
    /** Segments lost on the path at random. */
    DROPPED_LOSS,
    /** Segments lost on the path to an outage. */
    DROPPED_OUTAGE,
    /** Segments that found too many waiting for the connection's link. */
    DROPPED_QUEUE,
    /** Segments that arrived at the processor's side and were dropped there by the queue discipline. */
    DROPPED_FLOW_LIMIT,
    /** Segments that arrived for a connection that is gone. */
    DROPPED_NO_CONNECTION,
    /** Segments whose data, out of order, found no room at the processor's side; they are among those processed. */
    REASSEMBLY_OVERFLOWS,
    /** Segments of the processor's side that were sent again: SYN, SYN-ACK, data and FIN. */
    RETRANSMISSIONS,
    /** Retransmissions by the retransmission timer, and of what it held for lost. */
    TIMEOUT_RETRANSMISSIONS,
    /** Fast retransmissions, by duplicate acknowledgments. */
    FAST_RETRANSMISSIONS,
    /** Tail loss probes sent, of new data or of old. */
    LOSS_PROBES,
    /** Those that sent the last segment again. */
    PROBE_RETRANSMISSIONS,
    /** Reductions of the congestion window that turned out to be in vain and were undone. */
    UNDONE_REDUCTIONS,
    /** Acknowledgments received that say nothing new while data is in flight (RFC 5681, section 2). */
    DUPLICATE_ACKS,
    /** Timeouts after which the network layer was told that the path may be at fault (RFC 9293, section 3.8.3, R1). */
    PATH_DOUBTS,
    /** Probes of closed windows sent. */
    WINDOW_PROBES,
    /** Keepalive probes sent. */
    KEEPALIVE_PROBES,
    /** Acknowledgments sent by the delayed-ACK timer. */
    DELAYED_ACKS,
    /** Bytes that the application at the processor's side wrote. */
    BYTES_WRITTEN,
    /** Bytes newly acknowledged by the far end. */
    BYTES_ACKNOWLEDGED,
    /** Bytes delivered in order to the application at the processor's side. */
    BYTES_DELIVERED,
    /** Bytes delivered in order to the application at the far end. */
    BYTES_DELIVERED_OUTSIDE,
    /** Messages, requests or answers that the applications completed. */
    MESSAGES_COMPLETED;

    /** The name used in metrics and files, for example {@code segments-sent}. */
    public String key() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}

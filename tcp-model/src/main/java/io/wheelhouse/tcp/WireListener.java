package io.wheelhouse.tcp;

/** Is told, of the connections that it wants, what is on the wire: for capture files. Called on the bucket's thread. */
public interface WireListener {

    /** Whether it wants to hear of a connection, by its number in the run. */
    boolean wants(int index);

    /**
     * A segment has been sent. Its options are those that any segment may carry; what a SYN offers beside them follows
     * from the sender's profile.
     *
     * @param from the end that sent it
     * @param arrivalNs when it arrives; -1 if the path drops it
     * @param segment with its window in bytes
     */
    void segment(int index, Side from, long sentNs, long arrivalNs, TcpSegment segment);
}

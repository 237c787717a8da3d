package io.wheelhouse.tcp;

/** Receives what {@link TcpBucketWork#census} finds in a bucket, in order of connection slots. */
public interface CensusVisitor {

    /** A connection that at least one of the two ends still knows. */
    void connection(int group, TcpState local, TcpState remote);

    /** An armed timer of the processor's side. */
    void pending(TcpTimer timer, int group);

    /** An armed timer of the processor's side that has expired and waits to be served; also told as pending. */
    void overdue(TcpTimer timer, int group, long ageNs);

    /** An armed timer of the processor's side that no queue entry will ever fire: a bug. Also told as pending. */
    default void lost(TcpTimer timer, int group) {
        throw new AssertionError("the armed timer " + timer + " of group " + group + " is in no queue");
    }
}

package io.wheelhouse.tcp;

/** Receives what {@link TcpBucketWork#census} finds in a bucket, in order of connection slots. */
public interface CensusVisitor {

    /** A connection that at least one of the two ends still knows. */
    void connection(int group, TcpState local, TcpState remote);

    /** An armed timer of the processor's side. */
    void pending(TcpTimer timer, int group);

    /** An armed timer of the processor's side that has expired and waits to be served; also told as pending. */
    void overdue(TcpTimer timer, int group, long ageNs);
}

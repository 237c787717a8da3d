package io.wheelhouse.tcp;

/** The rows of the bucket at hand: what all flyweights of a {@link TcpStack} look at, so that one store binds them all. */
final class AtHand {
    BucketRows rows;

    AtHand(BucketRows rows) {
        this.rows = rows;
    }
}

package io.wheelhouse.tcp;

import io.wheelhouse.tcp.random.Draw;

/**
 * A cheap 64-bit flow hash: each word of the 4-tuple is mixed in in turn. Unlike Toeplitz it is not linear, so
 * regular sets of addresses do not fall into regular sets of buckets. Not meant to withstand an adversary.
 *
 * <p>Cost: three mixes for IPv4, five for IPv6. The mix is that of {@link Draw}.
 */
public final class MixHash implements FlowHash {
    private static final MixHash INSTANCE = new MixHash();

    private MixHash() {}

    /** The hash; there is only one. */
    public static MixHash instance() {
        return INSTANCE;
    }

    @Override
    public long hash(FourTuple tuple) {
        long hash = Draw.mix(Draw.STRIDE ^ ((long) tuple.localPort() << 16 | tuple.remotePort()));
        if (tuple.localAddress().isV6()) {
            hash = Draw.mix(hash ^ tuple.localAddress().high());
            hash = Draw.mix(hash ^ tuple.remoteAddress().high());
        }
        hash = Draw.mix(hash ^ tuple.localAddress().low());
        return Draw.mix(hash ^ tuple.remoteAddress().low());
    }
}

package io.wheelhouse.tcp.path;

import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The paths of a group of connections, each connection having one of its own.
 *
 * <p>A path is a pure function of (seed, connection, direction, packet's ordinal, time): nothing is stored, nothing depends
 * on the order of calls, and whether the n-th packet of a direction is lost is the same in every run with that seed. Each
 * direction of a connection has one delay, drawn once and the same both ways unless the way down has a distribution of
 * its own; so packets arrive in the order sent. Jitter is added a packet, and a packet waits for the one before it rather
 * than overtake it. A packet is dropped by what holds when it is sent.
 * Of a {@link Link} only its numbers are here; what waits for it is its user's to keep.
 *
 * <p>Immutable; any thread. Cost: {@link #delayNs} samples a distribution each time, so a caller keeps its result;
 * {@link #lost} costs one draw, {@link #out} a comparison an outage, and a draw within one.
 */
public final class Path {
    /** A delay drawn greater than this counts as this: RFC 9293's maximum segment lifetime, section 3.4.2. */
    public static final long DELAY_MAX_NS = 120_000_000_000L;

    private static final Outage[] NO_OUTAGES = {};

    private final long seed;
    private final Distribution delayNs;
    private final @Nullable Distribution delayDownNs;
    private final @Nullable Distribution jitterNs;
    private final double lossUp;
    private final double lossDown;
    // the same for a draw's bits, and the seed for many draws
    private final long lossUpLimit;
    private final long lossDownLimit;
    private final long root;
    private final Outage[] outages;
    private final @Nullable Link link;

    private Path(
            long seed,
            Distribution delayNs,
            @Nullable Distribution delayDownNs,
            @Nullable Distribution jitterNs,
            double lossUp,
            double lossDown,
            Outage[] outages,
            @Nullable Link link) {
        this.seed = seed;
        this.delayNs = delayNs;
        this.delayDownNs = delayDownNs;
        this.jitterNs = jitterNs;
        this.lossUp = lossUp;
        this.lossDown = lossDown;
        this.lossUpLimit = Draw.chanceLimit(lossUp);
        this.lossDownLimit = Draw.chanceLimit(lossDown);
        this.root = Draw.root(seed);
        this.outages = outages;
        this.link = link;
    }

    /** Paths with a one-way delay in nanoseconds, drawn a connection, the same both ways; nothing is dropped. */
    public static Path of(long seed, Distribution delayNs) {
        return new Path(seed, delayNs, null, null, 0, 0, NO_OUTAGES, null);
    }

    /** The same with a delay of its own for the way down, drawn apart from the way up. */
    public Path withDelayDown(Distribution downNs) {
        return new Path(seed, delayNs, downNs, jitterNs, lossUp, lossDown, outages, link);
    }

    /** The same with a delay in nanoseconds added to each packet, drawn a packet. */
    public Path withJitter(Distribution perPacketNs) {
        return new Path(seed, delayNs, delayDownNs, perPacketNs, lossUp, lossDown, outages, link);
    }

    /** The same with packets lost, each by itself, with these probabilities. */
    public Path withLoss(double up, double down) {
        requireProbability(up);
        requireProbability(down);
        return new Path(seed, delayNs, delayDownNs, jitterNs, up, down, outages, link);
    }

    /** The same with these outages; each draws for itself which connections it touches. */
    public Path withOutages(List<Outage> all) {
        return new Path(seed, delayNs, delayDownNs, jitterNs, lossUp, lossDown, all.toArray(NO_OUTAGES), link);
    }

    /** The same with a link before the delay, one for each direction of each connection. */
    public Path withLink(Link each) {
        return new Path(seed, delayNs, delayDownNs, jitterNs, lossUp, lossDown, outages, each);
    }

    /** The link that packets go through; null if none holds them up. */
    public @Nullable Link link() {
        return link;
    }

    private static void requireProbability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException("a loss probability must lie between 0 and 1: " + probability);
        }
    }

    /** The connection's one-way delay in nanoseconds, jitter not included; that of the way up if they differ. */
    public long delayNs(long connection) {
        return delayNs(connection, Direction.UP);
    }

    /** The connection's delay in nanoseconds in one direction, jitter not included. */
    public long delayNs(long connection, Direction direction) {
        if (direction == Direction.DOWN && delayDownNs != null) {
            return drawNs(delayDownNs, connection, Direction.DOWN.delay(), 0);
        }
        return drawNs(delayNs, connection, Direction.UP.delay(), 0);
    }

    /** Whether the two directions of a connection may have different delays. */
    public boolean isAsymmetric() {
        return delayDownNs != null;
    }

    /** Whether packets have jitter. */
    public boolean hasJitter() {
        return jitterNs != null;
    }

    /**
     * When a packet arrives, jitter included.
     *
     * @param delayNs the connection's delay in that direction, as {@link #delayNs} gave it
     * @param ordinal the packet's number in its direction, from 0
     * @param sentNs when it was sent
     * @param lastArrivalNs when the packet sent before it arrives; anything earlier than {@code sentNs} for none
     */
    public long arrivalNs(
            long connection, Direction direction, long delayNs, long ordinal, long sentNs, long lastArrivalNs) {
        long jitter = jitterNs == null ? 0 : drawNs(jitterNs, connection, direction.jitter(), ordinal);
        return Math.max(lastArrivalNs, sentNs + delayNs + jitter);
    }

    /** Whether a packet is lost by itself. */
    public boolean lost(long connection, Direction direction, long ordinal) {
        long limit = direction == Direction.UP ? lossUpLimit : lossDownLimit;
        return limit > 0 && Draw.bitsOf(root, connection, direction.loss(), ordinal) >>> Draw.CHANCE_SHIFT < limit;
    }

    /** Whether the connection's path is out in that direction. */
    public boolean out(long connection, Direction direction, long nowNs) {
        for (int i = 0; i < outages.length; i++) {
            if (outages[i].covers(direction, nowNs) && touches(i, connection)) {
                return true;
            }
        }
        return false;
    }

    /**
     * Whether an outage touches the connection's path.
     *
     * @param outage its place in the list
     */
    public boolean touches(int outage, long connection) {
        return Draw.chance(outages[outage].share(), seed, connection, Stream.OUTAGE, outage);
    }

    /** Why a packet sent now is dropped; null if it is not. Outages go first. */
    public @Nullable DropCause dropCause(long connection, Direction direction, long ordinal, long nowNs) {
        if (out(connection, direction, nowNs)) {
            return DropCause.OUTAGE;
        }
        return lost(connection, direction, ordinal) ? DropCause.LOSS : null;
    }

    private long drawNs(Distribution distribution, long connection, Stream stream, long ordinal) {
        return Math.min(DELAY_MAX_NS, Draw.sampleLong(distribution, seed, connection, stream, ordinal));
    }
}

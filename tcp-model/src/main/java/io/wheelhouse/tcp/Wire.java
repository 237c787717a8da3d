package io.wheelhouse.tcp;

import io.wheelhouse.tcp.path.Direction;
import io.wheelhouse.tcp.path.DropCause;
import io.wheelhouse.tcp.path.Link;
import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.TimerBucket;
import org.jspecify.annotations.Nullable;

/**
 * Puts segments on the path: says what becomes of each, and schedules its arrival.
 *
 * <p>The number of segments sent so far in its direction is the ordinal of a segment's draws, so that the n-th segment of
 * a direction has the same luck in every run with the same seed.
 */
final class Wire {
    private static final int TCP_HEADER_BYTES = 20;

    private final BucketState shared;
    private final Tally tally;
    private final Path[] pathByGroup;
    private final SackBlocks sacks = new SackBlocks();

    Wire(BucketState shared, Tally tally, Path[] pathByGroup) {
        this.shared = shared;
        this.tally = tally;
        this.pathByGroup = pathByGroup;
    }

    /** Sends a segment; at the processor's side it leaves when the charge for it has been taken. */
    void send(EndContext end, @Nullable ServiceMeter meter, int seq, int ack, int flags, int length) {
        put(end, meter, seq, ack, flags, length, false);
    }

    /** Sends a segment without data, options and window. */
    void sendBare(EndContext end, @Nullable ServiceMeter meter, int seq, int ack, int flags) {
        put(end, meter, seq, ack, flags, 0, true);
    }

    private void put(
            EndContext end, @Nullable ServiceMeter meter, int seq, int ack, int flags, int length, boolean bare) {
        if (meter != null) {
            meter.charge(Cost.SEGMENT_OUT);
        }
        long nowNs = end.nowNs();
        int window = bare ? 0 : window(end, flags);
        BucketRows rows = shared.rows();
        TimerBucket bucket = shared.bucket();
        rows.segmentsSent++;
        end.count(TcpCount.SEGMENTS_SENT, TcpCount.SEGMENTS_SENT_OUTSIDE, 1);
        bucket.note(nowNs);
        bucket.note((seq & 0xFFFF_FFFFL) << 32 | (long) flags << 24 | length);
        Direction direction = end.direction;
        long ordinal = end.row.countSent() & 0xFFFF_FFFFL;
        Path path = pathByGroup[end.group()];
        int connection = end.connection();
        int index = shared.connections.index(connection);
        DropCause cause = path.dropCause(index, direction, ordinal, nowNs);
        long leavesNs = nowNs;
        Link link = path.link();
        if (link != null && cause != DropCause.OUTAGE) {
            leavesNs += link.sendingNs(TCP_HEADER_BYTES + length + (bare ? 0 : end.settings().optionBytes));
            if (!shared.connections.takeFreeLink(connection, direction, nowNs, leavesNs)) {
                leavesNs = throughBusyLink(link, connection, direction, leavesNs - nowNs, nowNs);
                cause = leavesNs < 0 ? DropCause.QUEUE : cause;
            }
        }
        SegmentListener listener = rows.listener;
        WireListener capture = rows.capture;
        if (listener != null) {
            listener.segmentSent(index, end.side, nowNs, seq, ack, flags, length, cause);
        }
        if (cause == null) {
            int tsValue = bare ? 0 : end.timestamp(nowNs);
            int tsEcho = bare ? 0 : end.row.tsRecent();
            int segment = shared.segments.take(end.side.other(), seq, ack, flags, length, window, tsValue, tsEcho);
            long arrivalNs = arrivalNs(path, connection, index, direction, ordinal, leavesNs);
            shared.connections.addReference(connection);
            bucket.schedule(arrivalNs, connection, EventCode.segment(segment));
            if (!bare && (capture != null || hasSacks(end.row))) {
                addSacks(end, segment, flags);
            }
            if (capture != null && capture.wants(index)) {
                capture.segment(index, end.side, nowNs, arrivalNs, seen(end, seq, ack, flags, length, window, bare));
            }
            return;
        }
        rows.segmentsDropped++;
        if (capture != null && capture.wants(index)) {
            fillSacks(end, flags);
            capture.segment(index, end.side, nowNs, -1, seen(end, seq, ack, flags, length, window, bare));
        }
        tally.count(countOf(cause), end.group(), 1);
    }

    private static TcpCount countOf(DropCause cause) {
        return switch (cause) {
            case OUTAGE -> TcpCount.DROPPED_OUTAGE;
            case QUEUE -> TcpCount.DROPPED_QUEUE;
            case LOSS -> TcpCount.DROPPED_LOSS;
        };
    }

    /** When the connection's link, which is busy, has sent a segment, lost later or not; -1 if it has no room for it. */
    private long throughBusyLink(Link link, int connection, Direction direction, long sendingNs, long nowNs) {
        if (shared.connections.linkQueue(connection, direction, nowNs) >= link.queuePackets()) {
            return -1;
        }
        long startNs = shared.connections.linkFreeNs(connection, direction);
        shared.connections.addToLinkQueue(connection, direction, startNs);
        long leavesNs = startNs + sendingNs;
        shared.connections.linkFreeNs(connection, direction, leavesNs);
        return leavesNs;
    }

    /** A SYN sent again offers what the first one did. */
    private static int window(EndContext end, int flags) {
        int offered = end.offerWindow();
        return (flags & Segments.SYN) == 0 ? offered : end.settings().synWindow(end.row.is(EndRow.ACTIVE_OPEN));
    }

    /** Whether something has arrived out of order, or twice. */
    private static boolean hasSacks(EndRow row) {
        return row.reassemblyRow() != Reassembly.NONE || row.isMarked(EndRow.TWICE);
    }

    private void addSacks(EndContext end, int segment, int flags) {
        if (fillSacks(end, flags)) {
            shared.segments.sack(segment, sacks);
            if (end.row.isMarked(EndRow.TWICE)) {
                end.row.forgetTwice();
            }
        }
    }

    /** Selective acknowledgments that a segment sent now carries; returns whether there is anything to report. */
    private boolean fillSacks(EndContext end, int flags) {
        int held = end.row.reassemblyRow();
        boolean twice = end.row.isMarked(EndRow.TWICE);
        boolean any = hasSacks(end.row) && end.settings().sack && (flags & (Segments.SYN | Segments.RST)) == 0;
        sacks.clear();
        if (any && twice) {
            // RFC 2883, section 4: the first block, once
            int cold = end.row.coldRow();
            sacks.add(end.row.cold().twiceFrom(cold), end.row.cold().twiceTo(cold));
        }
        if (any && held != Reassembly.NONE) {
            // tcp_sack_new_ofo_skb() of Linux counts it in, tcp_reass() of FreeBSD does not
            boolean withFin = end.settings().closesLikeLinux;
            shared.reassembly.report(held, end.settings().sackBlocksMax, withFin, sacks);
        }
        return any;
    }

    /** The segment as it crosses the wire, selective acknowledgments as last filled in. */
    private TcpSegment seen(EndContext end, int seq, int ack, int flags, int length, int window, boolean bare) {
        TcpSegment.Options options = TcpSegment.Options.NONE;
        if (end.settings().timestamps && !bare) {
            options = options.withTimestamps(end.timestamp(), end.row.tsRecent());
        }
        if (sacks.count() > 0) {
            options = options.withSackBlocks(sacks.list());
        }
        return new TcpSegment(flags, seq, ack, length, window, options);
    }

    private long arrivalNs(Path path, int connection, int index, Direction direction, long ordinal, long nowNs) {
        long keptNs = shared.connections.delayNs(connection, direction);
        return keptNs >= 0 && !path.hasJitter()
                ? nowNs + keptNs
                : drawnArrivalNs(path, connection, index, direction, ordinal, nowNs);
    }

    private long drawnArrivalNs(Path path, int connection, int index, Direction direction, long ordinal, long nowNs) {
        long keptNs = shared.connections.delayNs(connection, direction);
        long delayNs = keptNs >= 0 ? keptNs : drawDelayNs(path, connection, index, direction);
        if (!path.hasJitter()) {
            return nowNs + delayNs;
        }
        long lastNs = shared.connections.lastArrivalNs(connection, direction);
        long arrivalNs = path.arrivalNs(index, direction, delayNs, ordinal, nowNs, lastNs);
        shared.connections.lastArrivalNs(connection, direction, arrivalNs);
        return arrivalNs;
    }

    private long drawDelayNs(Path path, int connection, int index, Direction direction) {
        long delayNs = path.delayNs(index, direction);
        shared.connections.delayNs(connection, direction, delayNs);
        return delayNs;
    }

    /** A segment that no end of the bucket sent arrives at the processor's side. */
    void inject(int connection, TcpSegment segment, long arrivalNs) {
        TcpSegment.Options options = segment.options();
        int row = shared.segments.take(
                Side.LOCAL,
                segment.seq(),
                segment.ack(),
                segment.flags(),
                segment.length(),
                segment.window(),
                options.tsValue(),
                options.tsEcho());
        sacks.clear();
        for (SackBlock block : options.sackBlocks()) {
            sacks.add(block.from(), block.to());
        }
        shared.segments.sack(row, sacks);
        outOfNowhere(connection, row, arrivalNs);
    }

    /** For tests: a segment that nobody sent is under way to an end. */
    void forge(int connection, Side to, int seq, int ack, int flags, int length, int window, long arrivalNs) {
        outOfNowhere(connection, shared.segments.take(to, seq, ack, flags, length, window, 0, 0), arrivalNs);
    }

    /** For tests: the same to the processor's side, with options. */
    void forge(
            int connection,
            int seq,
            int ack,
            int flags,
            int length,
            int window,
            int echo,
            SackBlocks sackBlocks,
            long arrivalNs) {
        int row = shared.segments.take(Side.LOCAL, seq, ack, flags, length, window, 0, echo);
        shared.segments.sack(row, sackBlocks);
        outOfNowhere(connection, row, arrivalNs);
    }

    private void outOfNowhere(int connection, int row, long arrivalNs) {
        shared.rows().segmentsSent++;
        shared.connections.goTo(connection);
        shared.connections.addReference(connection);
        shared.bucket().schedule(arrivalNs, connection, EventCode.segment(row));
    }
}

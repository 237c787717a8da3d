package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Packet;
import io.wheelhouse.tcp.SackBlock;
import io.wheelhouse.tcp.TcpSegment;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Between the script's numbers and those on the wire. In the script, sequence numbers are relative to the initial ones,
 * those of SYNs excepted; windows are the field of the header; timestamps are what the script calls them. A script's
 * name for a timestamp is bound to the real one when an expected packet bears both.
 */
final class Translation {
    private static final int MAX_WINDOW_FIELD = 65_535;
    private static final int MAX_SHIFT = 14;

    private final OptionLayout layout;
    private int ownShift;

    private boolean ownKnown;
    private boolean ownBound;
    private int ownInitial;
    private int ownInitialInScript;
    private boolean peerKnown;
    private int peerInitial;
    private int peerShift = -1;
    private boolean scaled;

    private boolean timestampsSeen;
    private int firstInScript;
    private int firstOnWire;
    private final Map<Integer, Integer> timestampOnWire = new HashMap<>();

    /**
     * @param layout the order in which the stack writes options
     * @param ownShift the bits of window scaling that the stack offers; -1 if it does not offer to scale
     */
    Translation(OptionLayout layout, int ownShift) {
        this.layout = layout;
        this.ownShift = ownShift;
    }

    /** The stack will offer another shift, by which it may be 0. */
    void offer(int newShift) {
        ownShift = newShift;
    }

    /**
     * The segment that a script's packet stands for.
     *
     * @param opens whether a SYN would open the connection, and give the peer's numbers their origin
     * @return null if it echoes a timestamp that no expected packet has borne
     */
    @Nullable
    TcpSegment inbound(Packet packet, boolean opens, boolean echoesScaled) {
        boolean syn = packet.has(Packet.SYN);
        TcpSegment.Options options = TcpSegment.Options.NONE;
        for (TcpOption option : packet.options() == null ? List.<TcpOption>of() : packet.options()) {
            if (option instanceof TcpOption.Timestamps timestamps && packet.has(Packet.ACK)) {
                Integer echo = timestampOnWire.get((int) timestamps.echo());
                if (echo == null && echoesScaled && timestampsSeen) {
                    echo = (int) timestamps.echo() - firstInScript + firstOnWire;
                }
                if (echo == null) {
                    return null;
                }
                options = options.withTimestamps((int) timestamps.value(), echo);
            } else {
                options = with(options, option, syn);
            }
        }
        if (syn && (opens || !peerKnown)) {
            peerInitial = (int) packet.seq();
            peerKnown = true;
            peerShift = Math.min(options.windowScale(), MAX_SHIFT);
            scaled = peerShift >= 0 && ownShift >= 0;
        }
        int window = Math.max(0, packet.window());
        int seq = (int) packet.seq() + (syn || !peerKnown ? 0 : peerInitial);
        int ack = packet.has(Packet.ACK) ? (int) packet.ack() + ownOffset(syn) : 0;
        return new TcpSegment(
                packet.flags(), seq, ack, packet.length(), syn || !scaled ? window : window << peerShift, options);
    }

    private TcpSegment.Options with(TcpSegment.Options so, TcpOption option, boolean syn) {
        if (option instanceof TcpOption.Timestamps timestamps) {
            return so.withTimestamps((int) timestamps.value(), (int) timestamps.echo());
        }
        if (option instanceof TcpOption.Sack sack) {
            List<SackBlock> blocks = new ArrayList<>();
            for (TcpOption.Block block : sack.blocks()) {
                blocks.add(
                        new SackBlock((int) block.left() + ownOffset(false), (int) block.right() + ownOffset(false)));
            }
            return so.withSackBlocks(blocks);
        }
        int mss = syn && option instanceof TcpOption.Mss is ? is.bytes() : so.mss();
        int shift = syn && option instanceof TcpOption.WindowScale is ? is.shift() : so.windowScale();
        boolean permitted = so.sackPermitted() || (syn && option instanceof TcpOption.SackPermitted);
        return new TcpSegment.Options(
                mss, shift, permitted, so.timestamps(), so.tsValue(), so.tsEcho(), so.sackBlocks());
    }

    private int ownOffset(boolean syn) {
        if (!ownKnown) {
            return 0;
        }
        return syn ? ownInitial - ownInitialInScript : ownInitial;
    }

    /** A segment has left: the number of the first SYN or SYN-ACK is what others are relative to. */
    void sent(TcpSegment segment) {
        if (!ownKnown && segment.has(TcpSegment.SYN)) {
            ownInitial = segment.seq();
            ownKnown = true;
        }
    }

    /** The first SYN or SYN-ACK answers an expected one, which gives its number a name. */
    void bindInitial(TcpSegment segment, Packet expected) {
        if (!ownBound && segment.has(TcpSegment.SYN)) {
            ownBound = true;
            ownInitialInScript = expected.seq() == Packet.ANY_SEQ ? 0 : (int) expected.seq();
        }
    }

    /** A sent segment as the script would write it. */
    Packet outbound(TcpSegment segment) {
        boolean syn = segment.has(TcpSegment.SYN);
        long seq = Integer.toUnsignedLong(segment.seq() - ownOffset(syn));
        int peerOffset = syn || !peerKnown ? 0 : peerInitial;
        long ack = segment.has(TcpSegment.ACK) ? Integer.toUnsignedLong(segment.ack() - peerOffset) : 0;
        return new Packet(
                true, segment.flags(), seq, segment.length(), ack, windowField(segment, syn), options(segment, syn));
    }

    private int windowField(TcpSegment segment, boolean syn) {
        int shift = syn ? 0 : ownShift();
        return Math.min(segment.window() >> shift, MAX_WINDOW_FIELD);
    }

    private List<TcpOption> options(TcpSegment segment, boolean syn) {
        TcpSegment.Options from = segment.options();
        List<TcpOption.Block> blocks = new ArrayList<>();
        int peerOffset = peerKnown ? peerInitial : 0;
        for (SackBlock block : from.sackBlocks()) {
            blocks.add(new TcpOption.Block(
                    Integer.toUnsignedLong(block.from() - peerOffset),
                    Integer.toUnsignedLong(block.to() - peerOffset)));
        }
        boolean answersPlainSyn = segment.has(TcpSegment.ACK) && !scaled;
        return layout.arrange(
                syn ? from.mss() : 0,
                syn && !answersPlainSyn ? ownShift : -1,
                syn && from.sackPermitted(),
                from.timestamps()
                        ? new TcpOption.Timestamps(inScript(from.tsValue()), Integer.toUnsignedLong(from.tsEcho()))
                        : null,
                blocks);
    }

    /** A timestamp in the script's counting, once that is known. */
    private long inScript(int onWire) {
        return Integer.toUnsignedLong(timestampsSeen ? onWire - firstOnWire + firstInScript : onWire);
    }

    /** An expected packet has been matched by a segment: the script's name for its timestamp is known from now on. */
    void bindTimestamp(Packet expected, TcpSegment segment) {
        if (!segment.options().timestamps() || expected.options() == null) {
            return;
        }
        for (TcpOption option : expected.options()) {
            if (option instanceof TcpOption.Timestamps timestamps) {
                int inScript = (int) timestamps.value();
                int onWire = segment.options().tsValue();
                timestampOnWire.put(inScript, onWire);
                if (!timestampsSeen) {
                    timestampsSeen = true;
                    firstInScript = inScript;
                    firstOnWire = onWire;
                }
            }
        }
    }

    /** The bits by which the peer's windows are shifted; 0 if they are not. */
    int peerShift() {
        return scaled ? peerShift : 0;
    }

    /** The bits by which our windows are shifted; 0 if they are not. */
    int ownShift() {
        return scaled ? Math.max(0, ownShift) : 0;
    }

    /** Whether both ends have offered window scaling. */
    boolean isScaled() {
        return scaled;
    }
}

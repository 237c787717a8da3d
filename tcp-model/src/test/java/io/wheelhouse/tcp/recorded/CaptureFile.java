package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.SackBlock;
import io.wheelhouse.tcp.TcpSegment;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The packets of a recording's capture file, a pcap: with the options of SYNs, which
 * {@code truth.json} leaves out, and whole where that has the beginning only. Numbers are relative as there, windows as the
 * field has them.
 */
final class CaptureFile {
    private static final int NANOSECOND_MAGIC = 0xA1B2_3C4D;
    private static final int MICROSECOND_MAGIC = 0xA1B2_C3D4;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int LINK_TYPE_AT = 20;
    /** Bytes before the IP header, by link type: Ethernet, raw IP, and the two of Linux's "any" device. */
    private static final Map<Integer, Integer> LINK_BYTES = Map.of(1, 14, 101, 0, 113, 16, 276, 20);

    private static final int IPV6_HEADER_BYTES = 40;
    private static final int TCP_HEADER_BYTES = 20;

    // options of TCP
    private static final int MSS = 2;
    private static final int WINDOW_SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int SACK = 5;
    private static final int TIMESTAMPS = 8;

    /** The sequence number of each side's SYN, by whether it is A's. */
    private final Map<Boolean, Integer> initial = new HashMap<>();

    private final byte[] hostA;
    private final List<Recording.Packet> packets = new ArrayList<>();
    private long firstNs = -1;

    private CaptureFile(byte[] hostA) {
        this.hostA = hostA;
    }

    /** All packets of a file; {@code hostA} is A's address as text. */
    static List<Recording.Packet> read(Path capture, String hostA) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.LITTLE_ENDIAN);
        Integer linkBytes = LINK_BYTES.get(file.getInt(LINK_TYPE_AT));
        int magic = file.getInt(0);
        if ((magic != NANOSECOND_MAGIC && magic != MICROSECOND_MAGIC) || linkBytes == null) {
            throw new IOException(capture + ": not a little-endian pcap of Ethernet, raw IP or Linux's any device");
        }
        long unitNs = magic == NANOSECOND_MAGIC ? 1 : 1_000;
        CaptureFile of = new CaptureFile(InetAddress.getByName(hostA).getAddress());
        file.position(FILE_HEADER_BYTES);
        while (file.remaining() >= 4 * Integer.BYTES) {
            long atNs = Integer.toUnsignedLong(file.getInt()) * 1_000_000_000L
                    + Integer.toUnsignedLong(file.getInt()) * unitNs;
            int captured = file.getInt();
            file.getInt();
            of.packet(atNs, file.slice(file.position() + linkBytes, captured - linkBytes));
            file.position(file.position() + captured);
        }
        return of.packets;
    }

    private void packet(long atNs, ByteBuffer ip) {
        firstNs = firstNs < 0 ? atNs : firstNs;
        boolean v4 = ip.get(0) >>> 4 == 4;
        byte[] source = new byte[v4 ? 4 : 16];
        ip.get(v4 ? 12 : 8, source);
        int headerBytes = v4 ? (ip.get(0) & 0xF) * 4 : IPV6_HEADER_BYTES;
        int totalBytes = v4 ? ip.getShort(2) & 0xFFFF : IPV6_HEADER_BYTES + (ip.getShort(4) & 0xFFFF);
        boolean fromA = Arrays.equals(source, hostA);
        packets.add(new Recording.Packet(
                atNs - firstNs,
                fromA,
                segment(ip.slice(headerBytes, ip.limit() - headerBytes), totalBytes - headerBytes, fromA)));
    }

    private TcpSegment segment(ByteBuffer tcp, int bytes, boolean fromA) {
        int headerBytes = (tcp.get(12) >>> 4 & 0xF) * 4;
        int flags = tcp.get(13) & (TcpSegment.FIN | TcpSegment.SYN | TcpSegment.RST | TcpSegment.PSH | TcpSegment.ACK);
        if ((flags & TcpSegment.SYN) != 0) {
            initial.put(fromA, tcp.getInt(4));
        }
        boolean acknowledges = (flags & TcpSegment.ACK) != 0;
        return new TcpSegment(
                flags,
                tcp.getInt(4) - initial.getOrDefault(fromA, 0),
                acknowledges ? tcp.getInt(8) - initial.getOrDefault(!fromA, 0) : 0,
                bytes - headerBytes,
                tcp.getShort(14) & 0xFFFF,
                options(tcp.slice(TCP_HEADER_BYTES, headerBytes - TCP_HEADER_BYTES), initial.getOrDefault(!fromA, 0)));
    }

    private static TcpSegment.Options options(ByteBuffer bytes, int sackBase) {
        TcpSegment.Options options = TcpSegment.Options.NONE;
        while (bytes.hasRemaining()) {
            int kind = bytes.get();
            if (kind == 0) {
                break;
            }
            if (kind > 1) {
                int length = bytes.get() - 2;
                options = with(options, kind, bytes.slice(bytes.position(), length), sackBase);
                bytes.position(bytes.position() + length);
            }
        }
        return options;
    }

    private static TcpSegment.Options with(TcpSegment.Options to, int kind, ByteBuffer value, int sackBase) {
        return switch (kind) {
            case MSS -> syn(to, value.getShort() & 0xFFFF, to.windowScale(), to.sackPermitted());
            case WINDOW_SCALE -> syn(to, to.mss(), value.get(), to.sackPermitted());
            case SACK_PERMITTED -> syn(to, to.mss(), to.windowScale(), true);
            case TIMESTAMPS -> to.withTimestamps(value.getInt(), value.getInt());
            case SACK -> to.withSackBlocks(blocks(value, sackBase));
            default -> to;
        };
    }

    private static TcpSegment.Options syn(TcpSegment.Options to, int mss, int scale, boolean sack) {
        return new TcpSegment.Options(mss, scale, sack, to.timestamps(), to.tsValue(), to.tsEcho(), to.sackBlocks());
    }

    private static List<SackBlock> blocks(ByteBuffer value, int base) {
        List<SackBlock> blocks = new ArrayList<>();
        while (value.hasRemaining()) {
            blocks.add(new SackBlock(value.getInt() - base, value.getInt() - base));
        }
        return blocks;
    }
}

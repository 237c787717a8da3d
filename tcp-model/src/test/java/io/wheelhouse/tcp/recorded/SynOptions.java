package io.wheelhouse.tcp.recorded;

import io.wheelhouse.tcp.TcpSegment;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The options of a capture file's SYNs, in order: what {@code truth.json} leaves out. */
final class SynOptions {
    private static final int NANOSECOND_MAGIC = 0xA1B2_3C4D;
    private static final int FILE_HEADER_BYTES = 24;
    private static final int LINK_TYPE_AT = 20;
    private static final int ETHERNET = 1;
    private static final int ETHERNET_HEADER_BYTES = 14;
    private static final int PORTS_AND_NUMBERS_BYTES = 12;
    private static final int TCP_HEADER_BYTES = 20;
    private static final int MSS = 2;
    private static final int WINDOW_SCALE = 3;
    private static final int SACK_PERMITTED = 4;
    private static final int TIMESTAMPS = 8;

    private SynOptions() {}

    static List<TcpSegment.Options> read(Path capture) throws IOException {
        ByteBuffer file = ByteBuffer.wrap(Files.readAllBytes(capture)).order(ByteOrder.LITTLE_ENDIAN);
        if (file.getInt(0) != NANOSECOND_MAGIC) {
            throw new IOException(capture + ": not a little-endian nanosecond pcap");
        }
        int linkBytes = file.getInt(LINK_TYPE_AT) == ETHERNET ? ETHERNET_HEADER_BYTES : 0;
        List<TcpSegment.Options> found = new ArrayList<>();
        file.position(FILE_HEADER_BYTES);
        while (file.remaining() >= 4 * Integer.BYTES) {
            int captured = file.getInt(file.position() + 2 * Integer.BYTES);
            int packetAt = file.position() + 4 * Integer.BYTES;
            ByteBuffer packet = file.slice(packetAt, captured).order(ByteOrder.BIG_ENDIAN);
            ByteBuffer ip = packet.slice(linkBytes, captured - linkBytes);
            ByteBuffer tcp = ip.position((ip.get(0) & 0xF) * 4).slice();
            if ((tcp.get(PORTS_AND_NUMBERS_BYTES + 1) & TcpSegment.SYN) != 0) {
                int headerBytes = (tcp.get(PORTS_AND_NUMBERS_BYTES) >>> 4 & 0xF) * 4;
                found.add(options(tcp.slice(TCP_HEADER_BYTES, headerBytes - TCP_HEADER_BYTES)));
            }
            file.position(packetAt + captured);
        }
        return found;
    }

    private static TcpSegment.Options options(ByteBuffer bytes) {
        int mss = 0;
        int scale = -1;
        boolean sack = false;
        boolean timestamps = false;
        while (bytes.hasRemaining()) {
            int kind = bytes.get();
            if (kind == 0) {
                break;
            }
            if (kind > 1) {
                int length = bytes.get();
                ByteBuffer value = bytes.slice(bytes.position(), length - 2);
                bytes.position(bytes.position() + length - 2);
                mss = kind == MSS ? value.getShort() & 0xFFFF : mss;
                scale = kind == WINDOW_SCALE ? value.get() : scale;
                sack |= kind == SACK_PERMITTED;
                timestamps |= kind == TIMESTAMPS;
            }
        }
        TcpSegment.Options options = TcpSegment.Options.ofSyn(mss, scale, sack);
        return timestamps ? options.withTimestamps(0, 0) : options;
    }
}

package io.wheelhouse.sim.pcap;

import io.wheelhouse.tcp.HostPort;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;

/**
 * Writes a pcapng file (draft-ietf-opsawg-pcapng): one section, one interface of raw IP packets, nanoseconds. Time 0 is
 * that of the run, shown as the beginning of 1970. The same segments give the same bytes. Used by one thread.
 */
public final class PcapngWriter implements Closeable {
    private static final int SECTION_HEADER = 0x0A0D_0D0A;
    private static final int INTERFACE_DESCRIPTION = 1;
    private static final int ENHANCED_PACKET = 6;
    private static final int BYTE_ORDER_MAGIC = 0x1A2B_3C4D;
    private static final short LINKTYPE_RAW = 101;
    private static final short OPTION_END = 0;
    private static final short USER_APPLICATION = 4;
    private static final short INTERFACE_NAME = 2;
    private static final short TIME_RESOLUTION = 9;
    private static final byte NANOSECONDS = 9;
    private static final long UNKNOWN_LENGTH = -1;
    private static final int WORD = 4;
    /** Type, length, and the length again. */
    private static final int BLOCK_FRAME = 12;

    private static final int PACKET_FIELDS = 20;

    private final OutputStream out;

    /** Writes the file's head. The stream should be buffered, and is closed with this writer. */
    public PcapngWriter(OutputStream out) throws IOException {
        this.out = out;
        ByteBuffer section = buffer(64);
        section.putInt(BYTE_ORDER_MAGIC).putShort((short) 1).putShort((short) 0).putLong(UNKNOWN_LENGTH);
        text(section, USER_APPLICATION, "Wheelhouse");
        section.putInt(OPTION_END);
        block(SECTION_HEADER, section);
        ByteBuffer description = buffer(64);
        description.putShort(LINKTYPE_RAW).putShort((short) 0).putInt(0);
        text(description, INTERFACE_NAME, "wheelhouse");
        description
                .putShort(TIME_RESOLUTION)
                .putShort((short) 1)
                .put(NANOSECONDS)
                .put(new byte[WORD - 1]);
        description.putInt(OPTION_END);
        block(INTERFACE_DESCRIPTION, description);
    }

    private static ByteBuffer buffer(int capacity) {
        return ByteBuffer.allocate(capacity).order(ByteOrder.LITTLE_ENDIAN);
    }

    private static void text(ByteBuffer to, short code, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        to.putShort(code).putShort((short) bytes.length).put(bytes).put(new byte[-bytes.length & (WORD - 1)]);
    }

    /** Writes one packet; times must not be negative, and should not go back. */
    public void write(long atNs, HostPort from, HostPort to, PcapSegment segment) throws IOException {
        if (atNs < 0) {
            throw new IllegalArgumentException("time must not be negative: " + atNs + " ns");
        }
        byte[] packet = Packets.packet(from, to, segment);
        int padding = -packet.length & (WORD - 1);
        ByteBuffer body = buffer(PACKET_FIELDS + packet.length + padding);
        body.putInt(0)
                .putInt((int) (atNs >>> 32))
                .putInt((int) atNs)
                .putInt(packet.length)
                .putInt(packet.length);
        body.put(packet).put(new byte[padding]);
        block(ENHANCED_PACKET, body);
    }

    private void block(int type, ByteBuffer body) throws IOException {
        int length = body.position() + BLOCK_FRAME;
        byte[] bytes = new byte[length];
        ByteBuffer whole = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        whole.putInt(type).putInt(length).put(body.flip()).putInt(length);
        out.write(bytes);
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}

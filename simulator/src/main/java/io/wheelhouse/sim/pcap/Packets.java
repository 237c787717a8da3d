package io.wheelhouse.sim.pcap;

import io.wheelhouse.tcp.HostPort;
import io.wheelhouse.tcp.IpAddress;
import java.nio.ByteBuffer;

/** Builds IP packets around segments; payloads are zeros. RFC 791, 8200, 9293 and 1071. */
final class Packets {
    private static final int IPV4_HEADER = 20;
    private static final int IPV6_HEADER = 40;
    private static final int TCP_HEADER = 20;
    private static final int TCP = 6;
    private static final int TTL = 64;
    private static final int DONT_FRAGMENT = 0x4000;
    private static final int MASK_16 = 0xFFFF;
    private static final int OFFSET_TCP_CHECKSUM = 16;
    private static final int OFFSET_IPV4_CHECKSUM = 10;

    private Packets() {}

    /** A whole packet, checksums and all. */
    static byte[] packet(HostPort from, HostPort to, PcapSegment segment) {
        byte[] options = segment.options().toBytes();
        int tcpLength = TCP_HEADER + options.length + segment.length();
        byte[] source = bytes(from.address());
        byte[] target = bytes(to.address());
        boolean ipv6 = source.length == 16;
        int ipLength = ipv6 ? IPV6_HEADER : IPV4_HEADER;
        if (ipLength + tcpLength > MASK_16 + (ipv6 ? IPV6_HEADER : 0)) {
            throw new IllegalArgumentException("an IP packet holds less than " + tcpLength + " bytes of TCP");
        }
        byte[] bytes = new byte[ipLength + tcpLength];
        ByteBuffer packet = ByteBuffer.wrap(bytes);
        if (ipv6) {
            ipv6(packet, source, target, tcpLength);
        } else {
            ipv4(bytes, packet, source, target, tcpLength);
        }
        tcp(packet, from.port(), to.port(), segment, options);
        int pseudo = sum(source, 0, source.length)
                + sum(target, 0, target.length)
                + TCP
                + (tcpLength & MASK_16)
                + (tcpLength >>> 16);
        packet.putShort(ipLength + OFFSET_TCP_CHECKSUM, (short) ~fold(pseudo + sum(bytes, ipLength, tcpLength)));
        return bytes;
    }

    private static byte[] bytes(IpAddress address) {
        byte[] bytes = new byte[address.bits() / Byte.SIZE];
        ByteBuffer buffer = ByteBuffer.wrap(bytes);
        if (address.isV6()) {
            buffer.putLong(address.high()).putLong(address.low());
        } else {
            buffer.putInt((int) address.low());
        }
        return bytes;
    }

    private static void ipv4(byte[] bytes, ByteBuffer packet, byte[] source, byte[] target, int tcpLength) {
        packet.put((byte) 0x45).put((byte) 0).putShort((short) (IPV4_HEADER + tcpLength));
        packet.putShort((short) 0)
                .putShort((short) DONT_FRAGMENT); // an atomic datagram needs no identification, RFC 6864
        packet.put((byte) TTL).put((byte) TCP).putShort((short) 0);
        packet.put(source).put(target);
        packet.putShort(OFFSET_IPV4_CHECKSUM, (short) ~fold(sum(bytes, 0, IPV4_HEADER)));
    }

    private static void ipv6(ByteBuffer packet, byte[] source, byte[] target, int tcpLength) {
        packet.putInt(6 << 28).putShort((short) tcpLength).put((byte) TCP).put((byte) TTL);
        packet.put(source).put(target);
    }

    private static void tcp(ByteBuffer packet, int from, int to, PcapSegment segment, byte[] options) {
        packet.putShort((short) from).putShort((short) to);
        packet.putInt(segment.seq()).putInt(segment.ack());
        int words = (TCP_HEADER + options.length) / 4;
        packet.put((byte) (words << 4)).put((byte) segment.flags());
        packet.putShort((short) segment.window()).putShort((short) 0).putShort((short) 0);
        packet.put(options);
    }

    /** The sum of 16-bit words; an odd byte counts as the high one. */
    private static int sum(byte[] bytes, int from, int length) {
        int sum = 0;
        for (int i = 0; i < length; i++) {
            int value = bytes[from + i] & 0xFF;
            sum += i % 2 == 0 ? value << 8 : value;
            sum = sum > 0x3FFF_FFFF ? fold(sum) : sum;
        }
        return sum;
    }

    private static int fold(int sum) {
        int folded = sum;
        while (folded > MASK_16) {
            folded = (folded & MASK_16) + (folded >>> 16);
        }
        return folded;
    }
}

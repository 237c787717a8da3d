package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.pcap.OptionBytes;
import io.wheelhouse.sim.pcap.PcapSegment;
import io.wheelhouse.sim.pcap.PcapngWriter;
import io.wheelhouse.tcp.HostPort;
import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.util.List;

/** Writes the segments of a script's connection to a capture file. */
public final class PcapTap implements SegmentTap, Closeable {
    private final PcapngWriter writer;
    private final HostPort local;
    private final HostPort remote;

    /** The stream should be buffered, and is closed with this. */
    public PcapTap(OutputStream out, Script script) throws IOException {
        writer = new PcapngWriter(out);
        boolean ipv6 = script.options().ipv6();
        local = HostPort.parse(ipv6 ? "[2001:db8::1]:8080" : "192.0.2.1:8080");
        remote = HostPort.parse(ipv6 ? "[2001:db8::2]:40000" : "198.51.100.2:40000");
    }

    @Override
    public void segment(boolean outbound, long atNs, Seen seen) {
        PcapSegment segment = new PcapSegment(
                seen.flags(), seen.seq(), seen.ack(), seen.length(), seen.window(), bytes(seen.options()));
        try {
            writer.write(atNs, outbound ? local : remote, outbound ? remote : local, segment);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OptionBytes bytes(List<TcpOption> options) {
        OptionBytes bytes = new OptionBytes();
        for (TcpOption option : options) {
            if (option instanceof TcpOption.Mss mss) {
                bytes.mss(mss.bytes());
            } else if (option instanceof TcpOption.WindowScale scale) {
                bytes.windowScale(scale.shift());
            } else if (option instanceof TcpOption.SackPermitted) {
                bytes.sackPermitted();
            } else if (option instanceof TcpOption.Timestamps timestamps) {
                bytes.timestamps((int) timestamps.value(), (int) timestamps.echo());
            } else if (option instanceof TcpOption.Sack sack) {
                bytes.sack(sack.blocks().size());
                sack.blocks().forEach(block -> bytes.block((int) block.left(), (int) block.right()));
            } else if (option instanceof TcpOption.Nop) {
                bytes.nop();
            } else {
                bytes.end();
            }
        }
        return bytes;
    }

    @Override
    public void close() throws IOException {
        writer.close();
    }
}

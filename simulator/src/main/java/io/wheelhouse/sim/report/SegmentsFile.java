package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.CapturedSegment;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.sim.pcap.OptionBytes;
import io.wheelhouse.sim.pcap.PcapSegment;
import io.wheelhouse.sim.pcap.PcapngWriter;
import io.wheelhouse.tcp.HostPort;
import io.wheelhouse.tcp.SackBlock;
import io.wheelhouse.tcp.TcpSegment;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Writes {@code segments.pcapng} while a run goes on; the file is there from the first segment on. */
final class SegmentsFile implements RunListener, Closeable {
    static final String NAME = "segments.pcapng";
    private static final int MAX_WINDOW_FIELD = 65_535;

    private final Path folder;
    private @Nullable PcapngWriter writer;

    SegmentsFile(Path folder) {
        this.folder = folder;
    }

    @Override
    public void segment(CapturedSegment captured) {
        HostPort local = captured.tuple().local();
        HostPort remote = captured.tuple().remote();
        try {
            writer().write(
                            captured.atNs(),
                            captured.outbound() ? local : remote,
                            captured.outbound() ? remote : local,
                            onWire(captured));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private PcapngWriter writer() throws IOException {
        PcapngWriter open = writer;
        if (open == null) {
            open = new PcapngWriter(new BufferedOutputStream(Files.newOutputStream(folder.resolve(NAME))));
            writer = open;
        }
        return open;
    }

    private static PcapSegment onWire(CapturedSegment captured) {
        TcpSegment segment = captured.segment();
        return new PcapSegment(
                segment.flags(),
                segment.seq(),
                segment.has(TcpSegment.ACK) ? segment.ack() : 0,
                segment.length(),
                Math.min(segment.window() >> captured.windowShift(), MAX_WINDOW_FIELD),
                options(segment));
    }

    /** In the order in which Linux writes them. */
    private static OptionBytes options(TcpSegment segment) {
        TcpSegment.Options options = segment.options();
        OptionBytes bytes = new OptionBytes();
        if (options.mss() > 0) {
            bytes.mss(options.mss());
        }
        if (options.sackPermitted()) {
            bytes.sackPermitted();
        }
        if (options.timestamps()) {
            if (!options.sackPermitted()) {
                bytes.nop().nop();
            }
            bytes.timestamps(options.tsValue(), options.tsEcho());
        }
        if (options.windowScale() >= 0) {
            bytes.nop().windowScale(options.windowScale());
        }
        List<SackBlock> blocks = options.sackBlocks();
        if (!blocks.isEmpty()) {
            bytes.nop().nop().sack(blocks.size());
            blocks.forEach(block -> bytes.block(block.from(), block.to()));
        }
        return bytes;
    }

    /** Whether anything has been written. */
    boolean isWritten() {
        return writer != null;
    }

    @Override
    public void close() throws IOException {
        if (writer != null) {
            writer.close();
        }
    }
}

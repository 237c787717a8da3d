package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.Lane;
import java.io.BufferedOutputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * {@code lateness.hlog}: HdrHistogram's interval log of the lateness in nanoseconds, one line for each output interval
 * and timer, tagged with the timer's name. Time is virtual and starts at 0, so our own header takes the place of the one
 * with the wall clock and the zone in it. Lanes and intervals without firings have no line.
 */
final class IntervalLog implements Closeable {
    private static final double NS_PER_SECOND = 1e9;
    private static final double NS_PER_MS = 1e6;

    private final Path file;
    private final PrintStream stream;
    private final HistogramLogWriter log;

    IntervalLog(Path file) throws IOException {
        this.file = file;
        stream = new PrintStream(new BufferedOutputStream(Files.newOutputStream(file)), false, StandardCharsets.UTF_8);
        log = new HistogramLogWriter(stream);
        log.outputComment("[Timer lateness in nanoseconds, by timer, in virtual time]");
        log.outputLogFormatVersion();
        log.outputComment("[StartTime: 0.000 (virtual seconds since the start of the run)]");
        stream.print("\"StartTimestamp\",\"Interval_Length\",\"Interval_Max\",\"Interval_Compressed_Histogram\"\n");
    }

    /** Adds a line; the largest value in it is in milliseconds. */
    void write(Lane lane, long startNs, long endNs, Histogram lateness) {
        lateness.setTag(lane.key());
        log.outputIntervalHistogram(startNs / NS_PER_SECOND, endNs / NS_PER_SECOND, lateness, NS_PER_MS);
        if (stream.checkError()) {
            throw new UncheckedIOException(cannotWrite());
        }
    }

    private IOException cannotWrite() {
        return new IOException("cannot write " + file);
    }

    @Override
    public void close() throws IOException {
        stream.close();
        if (stream.checkError()) {
            throw cannotWrite();
        }
    }
}

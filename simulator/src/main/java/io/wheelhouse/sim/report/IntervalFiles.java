package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.AssignmentRow;
import io.wheelhouse.sim.metrics.Interval;
import io.wheelhouse.sim.metrics.Lane;
import io.wheelhouse.sim.metrics.MoveRow;
import io.wheelhouse.sim.metrics.RunListener;
import io.wheelhouse.tcp.TcpCount;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/**
 * The files that grow with the run, written while it goes on: {@code timeseries.csv}, {@code assignments.csv},
 * {@code moves.csv}, {@code lateness.hlog}. Used by one thread. What cannot be written ends the run with an
 * {@link java.io.UncheckedIOException}.
 */
final class IntervalFiles implements RunListener, Closeable {
    static final String TIMESERIES = "timeseries.csv";
    static final String ASSIGNMENTS = "assignments.csv";
    static final String MOVES = "moves.csv";
    static final String LOG = "lateness.hlog";
    private static final double P99 = 99.0;

    private final CsvFile timeseries;
    private final CsvFile assignments;
    private final CsvFile moves;
    private final IntervalLog log;
    private boolean closed;

    IntervalFiles(Path folder, int processors) throws IOException {
        timeseries = new CsvFile(folder.resolve(TIMESERIES), timeseriesHeader(processors));
        assignments = new CsvFile(
                folder.resolve(ASSIGNMENTS),
                List.of(
                        "atNs",
                        "processor",
                        "utilization",
                        "confidence",
                        "meanUtilization",
                        "index",
                        "totalIndex",
                        "target",
                        "owned",
                        "exogenous",
                        "backlog",
                        "windowMean",
                        "windowDeviation",
                        "available"));
        moves = new CsvFile(
                folder.resolve(MOVES),
                List.of(
                        "atNs",
                        "bucket",
                        "from",
                        "to",
                        "epoch",
                        "fromLoad",
                        "toLoad",
                        "fromIndex",
                        "toIndex",
                        "bucketLoad",
                        "reason"));
        log = new IntervalLog(folder.resolve(LOG));
    }

    private static List<String> timeseriesHeader(int processors) {
        List<String> header = new ArrayList<>(List.of(
                "startNs",
                "endNs",
                "segmentsSent",
                "segmentsProcessed",
                "retransmissions",
                "fired",
                "p99Ns",
                "backlog"));
        for (int processor = 0; processor < processors; processor++) {
            header.add("utilization." + processor);
        }
        for (Lane lane : Lane.ALL) {
            header.add("fired." + lane.key());
            header.add("p99Ns." + lane.key());
        }
        return header;
    }

    @Override
    public void outputInterval(Interval interval) {
        long fired = 0;
        List<String> byLane = new ArrayList<>();
        for (Lane lane : Lane.ALL) {
            Histogram lateness = interval.lateness(lane);
            fired += interval.fired(lane);
            byLane.add(Long.toString(interval.fired(lane)));
            byLane.add(lateness == null ? "" : p99(lateness));
            if (lateness != null) {
                log.write(lane, interval.startNs(), interval.endNs(), lateness);
            }
        }
        writeRow(interval, fired, byLane);
    }

    private void writeRow(Interval interval, long fired, List<String> byLane) {
        List<String> row = new ArrayList<>();
        row.add(Long.toString(interval.startNs()));
        row.add(Long.toString(interval.endNs()));
        row.add(Long.toString(interval.count(TcpCount.SEGMENTS_SENT)));
        row.add(Long.toString(interval.count(TcpCount.SEGMENTS_PROCESSED)));
        row.add(Long.toString(interval.count(TcpCount.RETRANSMISSIONS)));
        row.add(Long.toString(fired));
        row.add(p99(interval.lateness()));
        row.add(Long.toString(interval.backlog()));
        for (int processor = 0; processor < interval.processors(); processor++) {
            row.add(CsvFile.fraction(interval.utilization(processor)));
        }
        row.addAll(byLane);
        timeseries.row(row);
    }

    /** Empty where nothing fired. */
    private static String p99(Histogram lateness) {
        return lateness.getTotalCount() == 0 ? "" : Long.toString(lateness.getValueAtPercentile(P99));
    }

    @Override
    public void assignment(long atNs, double meanUtilization, double totalIndex, List<AssignmentRow> rows) {
        for (AssignmentRow row : rows) {
            assignments.row(List.of(
                    Long.toString(atNs),
                    Integer.toString(row.processor()),
                    CsvFile.fraction(row.utilization()),
                    // a single reading says nothing of its own accuracy
                    Double.isInfinite(row.confidence()) ? "" : CsvFile.fraction(row.confidence()),
                    CsvFile.fraction(meanUtilization),
                    CsvFile.fraction(row.index()),
                    CsvFile.fraction(totalIndex),
                    Integer.toString(row.target()),
                    Integer.toString(row.owned()),
                    CsvFile.fraction(row.exogenous()),
                    CsvFile.fraction(row.backlog()),
                    CsvFile.fraction(row.windowMean()),
                    CsvFile.fraction(row.windowDeviation()),
                    Boolean.toString(row.isAvailable())));
        }
    }

    @Override
    public void move(MoveRow move) {
        moves.row(List.of(
                Long.toString(move.atNs()),
                Integer.toString(move.bucket()),
                Integer.toString(move.from()),
                Integer.toString(move.to()),
                Long.toString(move.epoch()),
                CsvFile.fraction(move.fromLoad()),
                CsvFile.fraction(move.toLoad()),
                CsvFile.fraction(move.fromIndex()),
                CsvFile.fraction(move.toIndex()),
                CsvFile.fraction(move.bucketLoad()),
                move.reason()));
    }

    @Override
    public void close() throws IOException {
        if (closed) {
            return;
        }
        closed = true;
        try (timeseries;
                assignments;
                moves;
                log) {
            // closed by leaving, all of them, also when one of them cannot be
        }
    }
}

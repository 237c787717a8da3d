package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.metrics.AssignmentRow;
import io.wheelhouse.sim.metrics.MoveRow;
import io.wheelhouse.timer.balance.Assignment;
import io.wheelhouse.timer.balance.Move;
import io.wheelhouse.timer.balance.Reading;
import io.wheelhouse.timer.bucket.Fingerprint;
import java.util.ArrayList;
import java.util.List;

/** What became of the moves of a run: counts, the load that they moved, and their hash. Used by the coordinator alone. */
public final class MoveLedger {
    private final long measuredFromNs;
    private final long[] movesIn;
    private final long[] movesOut;
    private long fingerprint = Fingerprint.EMPTY;
    private long moves;
    private long movesMeasured;
    private long staleMoves;
    private long loadNs;
    private long movedLoadNs;

    /**
     * @param measuredFromNs the end of the warm-up
     */
    public MoveLedger(int processors, long measuredFromNs) {
        this.measuredFromNs = measuredFromNs;
        movesIn = new long[processors];
        movesOut = new long[processors];
    }

    /** The load of all buckets in the interval that a reading is of. */
    public void interval(Reading reading) {
        for (int b = 0; b < reading.buckets(); b++) {
            loadNs += reading.loadNs(b);
        }
    }

    /** A move has been carried out. */
    public void moved(Move move, long nowNs, long bucketLoadNs) {
        moves++;
        if (nowNs >= measuredFromNs) {
            movesMeasured++;
        }
        movedLoadNs += bucketLoadNs;
        fingerprint = Fingerprint.mix(fingerprint, nowNs);
        fingerprint = Fingerprint.mix(fingerprint, ((long) move.bucket() << 32) | move.to());
        movesOut[move.from()]++;
        movesIn[move.to()]++;
    }

    /** A planned move was stale and was dropped. */
    public void stale() {
        staleMoves++;
    }

    /** What a reading and an assignment say of each processor. */
    public static List<AssignmentRow> rows(Reading reading, Assignment assignment) {
        List<AssignmentRow> rows = new ArrayList<>(reading.processors());
        for (int p = 0; p < reading.processors(); p++) {
            rows.add(new AssignmentRow(
                    p,
                    reading.utilization(p),
                    reading.confidence(p),
                    assignment.index(p),
                    assignment.target(p),
                    reading.owned(p),
                    reading.exogenous(p),
                    (double) reading.backlogNs(p) / reading.intervalNs(),
                    reading.windowMean(p),
                    reading.windowDeviation(p),
                    reading.available(p)));
        }
        return rows;
    }

    /** What is told of a move. */
    public static MoveRow row(Move move, long nowNs, Reading reading, Assignment assignment) {
        return new MoveRow(
                nowNs,
                move.bucket(),
                move.from(),
                move.to(),
                move.expectedEpoch(),
                reading.utilization(move.from()),
                reading.utilization(move.to()),
                assignment.index(move.from()),
                assignment.index(move.to()),
                (double) reading.loadNs(move.bucket()) / reading.intervalNs(),
                move.reason());
    }

    /** The hash of all moves carried out, in their order. */
    long fingerprint() {
        return fingerprint;
    }

    /** Moves carried out so far. */
    public long moves() {
        return moves;
    }

    /** Those of them at the end of the warm-up or later. */
    long movesMeasured() {
        return movesMeasured;
    }

    /** The share of the buckets' load that changed its owner at a barrier, on average over all barriers. */
    double churn() {
        return loadNs == 0 ? 0.0 : (double) movedLoadNs / loadNs;
    }

    /** Planned moves that were stale and were dropped. */
    long staleMoves() {
        return staleMoves;
    }

    /** Buckets that a processor has taken over. */
    long movesIn(int processor) {
        return movesIn[processor];
    }

    /** Buckets that a processor has given up. */
    long movesOut(int processor) {
        return movesOut[processor];
    }
}

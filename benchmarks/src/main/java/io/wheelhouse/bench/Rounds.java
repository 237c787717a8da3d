package io.wheelhouse.bench;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntToDoubleFunction;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/** The rounds of one structure in one cell, in order, and its memory; or why there are none. */
final class Rounds {
    private final String structure;
    private final List<Round> rounds = new ArrayList<>();
    private double bytesOfTimer = Double.NaN;
    private String failure = "";

    Rounds(String structure) {
        this.structure = structure;
    }

    String structure() {
        return structure;
    }

    void add(Round round) {
        rounds.add(round);
    }

    /** Says that the structure could not be measured, and why; its rounds so far are void. */
    void fail(String why) {
        failure = why;
        rounds.clear();
    }

    boolean hasFailed() {
        return !failure.isEmpty();
    }

    String failure() {
        return failure;
    }

    void setBytesOfTimer(double bytes) {
        bytesOfTimer = bytes;
    }

    /** Not a number if memory was not read. */
    double bytesOfTimer() {
        return bytesOfTimer;
    }

    List<Round> all() {
        return rounds;
    }

    boolean isEmpty() {
        return rounds.isEmpty();
    }

    boolean isCut() {
        return rounds.stream().anyMatch(Round::cut);
    }

    double median(ToDoubleFunction<Round> figure) {
        return median(rounds.size(), index -> figure.applyAsDouble(rounds.get(index)));
    }

    double leastNs() {
        return rounds.stream().mapToDouble(Round::nsOfOperation).min().orElseThrow();
    }

    double mostNs() {
        return rounds.stream().mapToDouble(Round::nsOfOperation).max().orElseThrow();
    }

    /**
     * The median, over the rounds, of this structure's time an operation to another's in the same round: what the machine
     * did meanwhile to both is not in it.
     */
    double ratioTo(Rounds other) {
        int common = Math.min(rounds.size(), other.rounds.size());
        return median(
                common,
                index -> rounds.get(index).nsOfOperation()
                        / other.rounds.get(index).nsOfOperation());
    }

    private static double median(int count, IntToDoubleFunction figure) {
        double[] sorted = IntStream.range(0, count).mapToDouble(figure).sorted().toArray();
        if (sorted.length == 0) {
            throw new IllegalStateException("the median of no rounds");
        }
        int middle = sorted.length / 2;
        return sorted.length % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
    }

    @Override
    public String toString() {
        return structure + " " + Arrays.toString(rounds.toArray()) + failure;
    }
}

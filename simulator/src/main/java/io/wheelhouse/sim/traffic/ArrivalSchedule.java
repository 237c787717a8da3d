package io.wheelhouse.sim.traffic;

import io.wheelhouse.sim.scenario.Arrivals;
import io.wheelhouse.tcp.random.Distribution;
import io.wheelhouse.tcp.random.Draw;
import io.wheelhouse.tcp.random.Stream;

/**
 * When the connections of one group open: the connections of a window of time, with the instant of each, in an order
 * that only the scenario decides.
 *
 * <p>Windows are asked for one after the other, each once. Instants are drawn by connection, so they are the same
 * however time is cut into windows. For a uniform start the indexes are sorted by window once, 4 bytes a connection,
 * which are given up with the last window; a Poisson process is walked as it goes.
 */
public final class ArrivalSchedule {

    /** Receives the connections of a window. */
    @FunctionalInterface
    public interface Opening {
        /**
         * @param index the connection's index in its group
         * @param atNs when it opens
         */
        void open(int index, long atNs);
    }

    private static final int[] NONE = {};
    private static final double NS_PER_SECOND = 1e9;
    private static final int SLICES = 4096;

    private final Arrivals arrivals;
    private final int count;
    private final long firstConnection;
    private final long seed;

    // uniform: connections sorted by slice of the start window
    private long sliceNs;
    private int[] bySlice = NONE;
    private int[] sliceEnds = NONE;

    // at once, and Poisson: the next connection and its instant
    private int next;
    private long nextNs;

    /**
     * @param count how many connections the group has
     * @param firstConnection the run-wide number of the group's connection 0, which draws are made by
     */
    public ArrivalSchedule(Arrivals arrivals, int count, long firstConnection, long seed) {
        this.arrivals = arrivals;
        this.count = count;
        this.firstConnection = firstConnection;
        this.seed = seed;
        if (arrivals instanceof Arrivals.Uniform uniform) {
            sort(uniform);
        } else if (arrivals instanceof Arrivals.At at) {
            nextNs = at.atNs();
        } else if (arrivals instanceof Arrivals.Poisson poisson) {
            nextNs = gapNs(poisson);
        }
    }

    /** Hands over the connections that open in [fromNs, untilNs). */
    public void openBetween(long fromNs, long untilNs, Opening opening) {
        if (arrivals instanceof Arrivals.Uniform uniform) {
            openUniform(uniform, fromNs, untilNs, opening);
        } else if (arrivals instanceof Arrivals.At) {
            while (next < count && nextNs < untilNs) {
                opening.open(next++, nextNs);
            }
        } else if (arrivals instanceof Arrivals.Poisson poisson) {
            while (next < count && nextNs < untilNs) {
                opening.open(next++, nextNs);
                nextNs += gapNs(poisson);
            }
        } else {
            throw new AssertionError("no schedule for " + arrivals);
        }
    }

    private long gapNs(Arrivals.Poisson poisson) {
        Distribution gap = Distribution.exponential(NS_PER_SECOND / poisson.perSecond());
        return Draw.sampleLong(gap, seed, firstConnection + next, Stream.ARRIVAL, 0);
    }

    private long uniformNs(Arrivals.Uniform uniform, int index) {
        return Draw.below(uniform.withinNs(), seed, firstConnection + index, Stream.ARRIVAL, 0);
    }

    private void sort(Arrivals.Uniform uniform) {
        sliceNs = Math.max(1, -Math.floorDiv(-uniform.withinNs(), SLICES));
        int slices = (int) -Math.floorDiv(-uniform.withinNs(), sliceNs);
        sliceEnds = new int[slices];
        for (int index = 0; index < count; index++) {
            sliceEnds[(int) (uniformNs(uniform, index) / sliceNs)]++;
        }
        int begin = 0;
        for (int slice = 0; slice < slices; slice++) {
            int size = sliceEnds[slice];
            sliceEnds[slice] = begin;
            begin += size;
        }
        bySlice = new int[count];
        for (int index = 0; index < count; index++) {
            bySlice[sliceEnds[(int) (uniformNs(uniform, index) / sliceNs)]++] = index;
        }
    }

    private void openUniform(Arrivals.Uniform uniform, long fromNs, long untilNs, Opening opening) {
        if (bySlice.length == 0 || fromNs >= uniform.withinNs()) {
            bySlice = NONE;
            return;
        }
        int firstSlice = (int) (fromNs / sliceNs);
        int lastSlice = (int) Math.min((untilNs - 1) / sliceNs, sliceEnds.length - 1L);
        for (int slice = firstSlice; slice <= lastSlice; slice++) {
            for (int i = slice == 0 ? 0 : sliceEnds[slice - 1]; i < sliceEnds[slice]; i++) {
                long atNs = uniformNs(uniform, bySlice[i]);
                if (atNs >= fromNs && atNs < untilNs) {
                    opening.open(bySlice[i], atNs);
                }
            }
        }
    }
}

package io.wheelhouse.timer.bucket;

import java.util.Arrays;

/**
 * The processor time that each connection of a bucket has used, for packets and callbacks alike, and what that makes of
 * the groups of connections: the time of each, and of the one connection of each that used most.
 *
 * <p>Structure: a sum by connection number. As numbers are used again, a connection that ends is counted into its group
 * and its sum begins anew. Groups are numbered from 0. Cost: one addition a service, eight bytes a number ever in use.
 * Used by the bucket's owner, and at barriers.
 */
public final class ConnectionTimes {
    private static final int FIRST_CAPACITY = 8;

    private long[] usedNs = {};
    private long[] endedNs = {};
    private long[] largestEndedNs = {};

    /** Says which group a connection is of. */
    @FunctionalInterface
    public interface Grouping {
        int groupOf(int connection);
    }

    /** Receives the time of a group, ended connections included, and that of the one connection that used most. */
    @FunctionalInterface
    public interface Visitor {
        void group(int group, long timeNs, long largestNs);
    }

    /** A connection has used that much of the processor's time. */
    void add(int connection, long serviceNs) {
        if (connection >= usedNs.length) {
            usedNs = grown(usedNs, connection);
        }
        usedNs[connection] += serviceNs;
    }

    /**
     * The same for a number that is not in the array yet. Returns the array of the sums, by connection number, which its owner
     * may have at hand and add to until the next call.
     */
    long[] addFirst(int connection, long serviceNs) {
        add(connection, serviceNs);
        return usedNs;
    }

    /** A connection has ended; its number may be used again. */
    void end(int connection, int group) {
        if (connection < usedNs.length) {
            count(group, usedNs[connection]);
            usedNs[connection] = 0;
        }
    }

    private void count(int group, long timeNs) {
        if (group >= endedNs.length) {
            endedNs = Arrays.copyOf(endedNs, group + 1);
            largestEndedNs = Arrays.copyOf(largestEndedNs, group + 1);
        }
        endedNs[group] += timeNs;
        largestEndedNs[group] = Math.max(largestEndedNs[group], timeNs);
    }

    private static long[] grown(long[] array, int connection) {
        int capacity = array.length + Math.max(FIRST_CAPACITY, array.length >> 3);
        return Arrays.copyOf(array, Math.max(capacity, connection + 1));
    }

    /** Begins anew, at the end of a warm-up. */
    public void reset() {
        Arrays.fill(usedNs, 0);
        Arrays.fill(endedNs, 0);
        Arrays.fill(largestEndedNs, 0);
    }

    /** Calls the visitor for each group that has used time, in order of their numbers. */
    public void forEachGroup(Grouping grouping, Visitor visitor) {
        long[] timeNs = endedNs.clone();
        long[] largestNs = largestEndedNs.clone();
        for (int connection = 0; connection < usedNs.length; connection++) {
            long ownNs = usedNs[connection];
            if (ownNs > 0) {
                int group = grouping.groupOf(connection);
                if (group >= timeNs.length) {
                    timeNs = Arrays.copyOf(timeNs, group + 1);
                    largestNs = Arrays.copyOf(largestNs, group + 1);
                }
                timeNs[group] += ownNs;
                largestNs[group] = Math.max(largestNs[group], ownNs);
            }
        }
        for (int group = 0; group < timeNs.length; group++) {
            if (timeNs[group] > 0) {
                visitor.group(group, timeNs[group], largestNs[group]);
            }
        }
    }
}

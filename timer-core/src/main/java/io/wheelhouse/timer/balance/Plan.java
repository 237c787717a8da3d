package io.wheelhouse.timer.balance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What a policy that goes by the loads of buckets has planned so far: the loads as they will be, and the moves.
 *
 * <p>It takes the last interval for what the next will bring: a bucket takes its load with it, and what else a processor
 * had to do (background load, ticks) stays. Loads are whole nanoseconds. A bucket is moved once at most, and never
 * beyond the move budget; the searches find buckets with load alone; nothing goes to a processor that is offline or cools down.
 *
 * <p>Making one costs O(B log B), a search for a bucket O(log B + moves), a search for a processor O(P).
 */
final class Plan {
    static final int NONE = -1;

    private final String policy;
    private final Reading reading;
    private final PolicyParameters parameters;
    private final long[] loadsNs;
    private final int[] owned;
    private final double meanNs;
    private final double levelNs;
    // the buckets with load of each processor as read, the heaviest first, of equals the lower number
    private final int[][] byLoad;
    private final boolean[] moved;
    private final boolean[] mayReceive;
    private final List<Move> moves = new ArrayList<>();

    Plan(String policy, Reading reading, PolicyParameters parameters) {
        this.policy = policy;
        this.reading = reading;
        this.parameters = parameters;
        int processors = reading.processors();
        loadsNs = new long[processors];
        owned = new int[processors];
        mayReceive = new boolean[processors];
        long totalNs = 0;
        for (int processor = 0; processor < processors; processor++) {
            loadsNs[processor] = reading.processorLoadNs(processor);
            owned[processor] = reading.owned(processor);
            totalNs += loadsNs[processor];
            mayReceive[processor] =
                    reading.available(processor) && reading.sinceReceived(processor) >= parameters.cooldown();
        }
        int able = reading.availableProcessors();
        meanNs = (double) totalNs / (able == 0 ? processors : able);
        byLoad = bucketsByLoad(reading);
        levelNs = able == 0 ? meanNs : level(totalNs, able);
        moved = new boolean[reading.buckets()];
    }

    /**
     * What each processor would have to do if all that can be levelled were: where a bucket or a background load alone
     * exceeds the mean, its processor is above it whatever is done, and the others share the rest. O(P²).
     */
    private double level(long totalNs, int able) {
        boolean[] pinned = new boolean[loadsNs.length];
        long restNs = totalNs;
        int sharing = able;
        boolean isStable = false;
        while (!isStable) {
            isStable = true;
            for (int processor = 0; processor < loadsNs.length; processor++) {
                long fixedNs = Math.max(reading.exogenousNs(processor), heaviestNs(processor));
                boolean counts = reading.available(processor) && !pinned[processor] && sharing > 1;
                if (counts && (double) fixedNs * sharing > restNs) {
                    pinned[processor] = true;
                    restNs -= fixedNs;
                    sharing--;
                    isStable = false;
                }
            }
        }
        return (double) restNs / sharing;
    }

    private long heaviestNs(int processor) {
        return byLoad[processor].length == 0 ? 0 : reading.loadNs(byLoad[processor][0]);
    }

    private static int[][] bucketsByLoad(Reading reading) {
        List<List<Integer>> lists = new ArrayList<>();
        for (int processor = 0; processor < reading.processors(); processor++) {
            lists.add(new ArrayList<>());
        }
        for (int bucket = 0; bucket < reading.buckets(); bucket++) {
            if (reading.loadNs(bucket) > 0) {
                lists.get(reading.owner(bucket)).add(bucket);
            }
        }
        int[][] sorted = new int[lists.size()][];
        for (int processor = 0; processor < sorted.length; processor++) {
            List<Integer> list = lists.get(processor);
            list.sort((left, right) -> Long.compare(reading.loadNs(right), reading.loadNs(left)));
            sorted[processor] = list.stream().mapToInt(Integer::intValue).toArray();
        }
        return sorted;
    }

    Reading reading() {
        return reading;
    }

    // ---- processors -----------------------------------------------------------------------------------------------

    /** What a processor will have to do. */
    long loadNs(int processor) {
        return loadsNs[processor];
    }

    /**
     * How far a processor will be above the level; negative below it. The level is the mean, but for what no assignment
     * can level: a bucket or a background load above the mean, and its processor, are left out of it.
     */
    double aboveLevelNs(int processor) {
        return loadsNs[processor] - levelNs;
    }

    /** Whether all available processors are within the dead band. */
    boolean withinDeadBand() {
        for (int processor = 0; processor < loadsNs.length; processor++) {
            if (reading.available(processor) && isTriggered(processor)) {
                return false;
            }
        }
        return true;
    }

    /** Whether a processor will be further from the mean than the dead band. */
    boolean isTriggered(int processor) {
        return Math.abs(loadsNs[processor] - meanNs) > parameters.deadBand() * reading.intervalNs();
    }

    /** Whether a processor will be further from the level than the inner band: whether there is still something to do. */
    boolean isUneven(int processor) {
        return Math.abs(aboveLevelNs(processor)) > innerNs();
    }

    double innerNs() {
        return parameters.innerBand() * reading.intervalNs();
    }

    /** The most loaded available processor that is not left out, of equals the lowest; {@link #NONE} if all are. */
    int mostLoaded(boolean[] leftOut) {
        int most = NONE;
        for (int processor = 0; processor < loadsNs.length; processor++) {
            boolean counts = reading.available(processor) && !leftOut[processor];
            if (counts && (most == NONE || loadsNs[processor] > loadsNs[most])) {
                most = processor;
            }
        }
        return most;
    }

    /** The least loaded processor that may take a bucket over, of equals the lowest; {@link #NONE} if none may. */
    int leastLoaded() {
        int least = NONE;
        for (int processor = 0; processor < loadsNs.length; processor++) {
            if (mayReceive[processor] && (least == NONE || loadsNs[processor] < loadsNs[least])) {
                least = processor;
            }
        }
        return least;
    }

    boolean mayReceive(int processor) {
        return mayReceive[processor];
    }

    // ---- buckets --------------------------------------------------------------------------------------------------

    /** The buckets with load that a processor had, the heaviest first; not to be changed. */
    int[] bucketsByLoad(int processor) {
        return byLoad[processor];
    }

    boolean isMoved(int bucket) {
        return moved[bucket];
    }

    /** The heaviest bucket of a processor that is no heavier than that; {@link #NONE} if there is none. */
    int heaviestUpTo(int from, double limitNs) {
        int[] buckets = byLoad[from];
        for (int place = firstUpTo(buckets, limitNs); place < buckets.length; place++) {
            if (!moved[buckets[place]]) {
                return buckets[place];
            }
        }
        return NONE;
    }

    /** The lightest bucket of a processor that is heavier than that; {@link #NONE} if there is none. */
    private int lightestAbove(int from, double limitNs) {
        int[] buckets = byLoad[from];
        for (int place = firstUpTo(buckets, limitNs) - 1; place >= 0; place--) {
            if (!moved[buckets[place]]) {
                return buckets[place];
            }
        }
        return NONE;
    }

    private int firstUpTo(int[] buckets, double limitNs) {
        int low = 0;
        int high = buckets.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (reading.loadNs(buckets[middle]) <= limitNs) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        return low;
    }

    /**
     * The bucket that brings two processors nearest to each other without the receiver ending above the giver, or else
     * one that at least leaves neither with what the giver has now; {@link #NONE} if none does. Each such move makes the
     * sum of the squares of all loads smaller, so under a constant load there is an end to them.
     */
    int bestBetween(int from, int to) {
        double gapNs = loadsNs[from] - loadsNs[to];
        int bucket = heaviestUpTo(from, gapNs / 2.0);
        if (bucket != NONE) {
            return bucket;
        }
        int heavier = lightestAbove(from, gapNs / 2.0);
        return heavier != NONE && reading.loadNs(heavier) < gapNs ? heavier : NONE;
    }

    // ---- moves ----------------------------------------------------------------------------------------------------

    /** Whether the move budget leaves room for another move. */
    boolean mayMove() {
        return moves.size() < parameters.moveBudget();
    }

    int moveCount() {
        return moves.size();
    }

    /** Plans a move, and says why in numbers. */
    void move(int bucket, int to) {
        int from = reading.owner(bucket);
        assert mayMove() && !moved[bucket] && from != to && mayReceive[to]
                : policy + ": bucket " + bucket + " from " + from + " to " + to + " as move " + moves.size();
        long loadNs = reading.loadNs(bucket);
        String reason = String.format(
                Locale.ROOT,
                "%s: bucket %.4f; utilization %.3f>%.3f to %.3f>%.3f (mean %.3f)",
                policy,
                share(loadNs),
                share(loadsNs[from]),
                share(loadsNs[from] - loadNs),
                share(loadsNs[to]),
                share(loadsNs[to] + loadNs),
                reading.meanUtilization());
        loadsNs[from] -= loadNs;
        loadsNs[to] += loadNs;
        owned[from]--;
        owned[to]++;
        moved[bucket] = true;
        moves.add(new Move(bucket, from, to, reading.epoch(bucket), reason));
    }

    private double share(long ns) {
        return (double) ns / reading.intervalNs();
    }

    /** The sum of the squares of the distances from the mean, in squares of the mean: 0 when even. */
    double unevenness() {
        double sum = 0.0;
        for (int processor = 0; processor < loadsNs.length; processor++) {
            if (reading.available(processor) && meanNs > 0.0) {
                double distance = (loadsNs[processor] - meanNs) / meanNs;
                sum += distance * distance;
            }
        }
        return sum;
    }

    /** What has been planned. */
    Assignment assignment() {
        return new Assignment(parameters.index().of(reading), Arrays.copyOf(owned, owned.length), moves);
    }
}

package io.wheelhouse.timer.balance;

import java.util.ArrayList;
import java.util.List;

/**
 * Chooses which buckets a processor gives up, when a policy has said only how many.
 *
 * <p>Such a policy takes all buckets for equal, so k of n buckets should take k/n of the processor's bucket load with
 * them. The choice comes as near to that as it can without going past it: each time the heaviest bucket that is no
 * heavier than what is still to be given, divided by the number of buckets still to be given; if none is that light, the
 * lightest. So a bucket that outweighs the whole surplus stays, unless all must go; a processor of one giant and many
 * small buckets gives small ones, and the giant is not handed round. Of buckets of equal load, those with lower numbers
 * leave first.
 *
 * <p>Rejected: the lightest first, because idle buckets carry no load and the next interval asks for the same again; the
 * heaviest first, because they carry more than the formula reckoned with, and the receiver is the next to be overloaded.
 *
 * <p>Costs O(n log n).
 */
final class Release {
    private static final int NONE = -1;

    private final Reading reading;
    // by load, and of equal load the lower number later
    private final List<Integer> byLoad;
    // for each place the nearest one at or below it that has not been taken, found through paths that get shorter
    private final int[] below;
    private int lightest;

    private Release(Reading reading, int processor) {
        this.reading = reading;
        this.byLoad = new ArrayList<>(reading.owned(processor));
        for (int bucket = reading.buckets() - 1; bucket >= 0; bucket--) {
            if (reading.owner(bucket) == processor) {
                byLoad.add(bucket);
            }
        }
        byLoad.sort((left, right) -> Long.compare(reading.loadNs(left), reading.loadNs(right)));
        this.below = new int[byLoad.size()];
        for (int place = 0; place < below.length; place++) {
            below[place] = place;
        }
    }

    /** The buckets of the lowest numbers, whatever they weigh: what a formula that counts them does when left alone. */
    static int[] lowest(Reading reading, int processor, int count) {
        int[] chosen = new int[count];
        int at = 0;
        for (int bucket = 0; at < count; bucket++) {
            if (reading.owner(bucket) == processor) {
                chosen[at++] = bucket;
            }
        }
        return chosen;
    }

    /** The buckets to give up, in the order in which they were chosen. */
    static int[] choose(Reading reading, int processor, int count) {
        Release release = new Release(reading, processor);
        int owned = release.byLoad.size();
        assert count <= owned : count + " to release of " + owned;
        int[] chosen = new int[count];
        long toGiveNs = count * ceilingOfQuotient(release.totalLoadNs(), owned);
        for (int at = 0; at < count; at++) {
            int place = release.heaviestUpTo(Math.max(0, toGiveNs) / (count - at));
            chosen[at] = release.take(place);
            toGiveNs -= reading.loadNs(chosen[at]);
        }
        return chosen;
    }

    private static long ceilingOfQuotient(long dividend, int divisor) {
        return (dividend + divisor - 1) / divisor;
    }

    private long totalLoadNs() {
        long total = 0;
        for (int bucket : byLoad) {
            total += reading.loadNs(bucket);
        }
        return total;
    }

    /** The place of the heaviest bucket left that is no heavier than that; of the lightest left if there is none. */
    private int heaviestUpTo(long loadNs) {
        int low = 0;
        int high = byLoad.size();
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (reading.loadNs(byLoad.get(middle)) <= loadNs) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        int place = low == 0 ? NONE : untakenAtOrBelow(low - 1);
        return place == NONE ? heaviestUpTo(lightestUntakenNs()) : place;
    }

    private int untakenAtOrBelow(int start) {
        int place = start;
        while (place != NONE && below[place] != place) {
            int next = below[place];
            below[place] = next == NONE ? NONE : below[next];
            place = next;
        }
        return place;
    }

    private long lightestUntakenNs() {
        while (below[lightest] != lightest) {
            lightest++;
        }
        return reading.loadNs(byLoad.get(lightest));
    }

    private int take(int place) {
        below[place] = place - 1;
        return byLoad.get(place);
    }
}

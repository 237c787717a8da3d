package io.wheelhouse.timer.bucket;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * A server of capacity 1 before which light connections and a hog meet: the light ones at random, a fifth of the capacity
 * together; the hog, connection 0, in bursts that take half of it. The same seed gives the same arrivals, hog or not.
 */
final class HogWorld {
    private static final int BURST = 500;
    private static final int BURSTS = 100;

    private final int light;
    private final long costNs;
    private final long seed;
    private int offered;
    private int served;

    HogWorld(int light, long costNs, long seed) {
        this.light = light;
        this.costNs = costNs;
        this.seed = seed;
    }

    /** The 99th percentile of the time from a light item's arrival to its service. */
    long lightWaitP99Ns(DisciplineBench.Maker maker, boolean withHog) {
        Random random = new Random(seed);
        DisciplineBench bench = new DisciplineBench(light + 1, maker);
        long burstEveryNs = 2 * BURST * costNs;
        double meanGapNs = 5.0 * costNs;
        List<Long> waitsNs = new ArrayList<>();
        long[] arrivedNs = new long[1 << 16];
        long nowNs = 0;
        long nextBurstNs = withHog ? burstEveryNs : Long.MAX_VALUE;
        long nextLightNs = gapNs(random, meanGapNs);
        long endNs = BURSTS * burstEveryNs;
        offered = 0;
        served = 0;
        while (true) {
            for (; nextLightNs <= nowNs && nextLightNs < endNs; nextLightNs += gapNs(random, meanGapNs)) {
                arrivedNs[bench.offer(1 + random.nextInt(light), costNs)] = nextLightNs;
                offered++;
            }
            for (; nextBurstNs <= nowNs && nextBurstNs < endNs; nextBurstNs += burstEveryNs) {
                for (int item = 0; item < BURST; item++) {
                    bench.offer(0, costNs);
                }
            }
            if (bench.serve() > 0) {
                int item = bench.servedItems.get(bench.servedItems.size() - 1);
                if (bench.items.connection(item) != 0) {
                    waitsNs.add(nowNs - arrivedNs[item]);
                    served++;
                }
                nowNs += costNs;
            } else if (nowNs >= endNs) {
                Collections.sort(waitsNs);
                return waitsNs.get(waitsNs.size() * 99 / 100);
            } else {
                nowNs = Math.min(nextLightNs, Math.min(nextBurstNs, endNs));
            }
        }
    }

    private static long gapNs(Random random, double meanNs) {
        return 1 + (long) (-meanNs * StrictMath.log(1.0 - random.nextDouble()));
    }

    int lightOffered() {
        return offered;
    }

    int lightServed() {
        return served;
    }
}

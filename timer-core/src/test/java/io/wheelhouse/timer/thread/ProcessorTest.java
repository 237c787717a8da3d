package io.wheelhouse.timer.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.wheelhouse.timer.Cost;
import io.wheelhouse.timer.ManualMeter;
import io.wheelhouse.timer.bucket.DisciplineKind;
import io.wheelhouse.timer.bucket.ScriptedWork;
import io.wheelhouse.timer.bucket.TestBuckets;
import io.wheelhouse.timer.bucket.TickGrid;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class ProcessorTest {
    private static final long NO_LIMIT = Long.MAX_VALUE;

    private final ManualMeter meter = new ManualMeter();
    private final ScriptedWork work = new ScriptedWork();

    private TimerBucket adopted(Processor processor, int id) {
        TimerBucket bucket = TestBuckets.bucket(id, work);
        processor.adopt(bucket, 0, 0);
        return bucket;
    }

    /** Every structure with every discipline, in the buckets and between them. */
    static List<Arguments> worlds() {
        List<Arguments> worlds = new ArrayList<>();
        for (World.Structure structure : World.Structure.values()) {
            for (DisciplineKind discipline : DisciplineKind.values()) {
                worlds.add(Arguments.of(structure, discipline));
            }
        }
        return worlds;
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void everyFiringIsAccountedForAcrossMoves(World.Structure structure, DisciplineKind discipline) {
        long fired = 0;
        long moves = 0;
        long[] lateness = new long[4];
        for (long seed = 1; seed <= 40; seed++) {
            World world = new World(seed, structure, discipline, gathersEvents(seed));
            assertThatCode(() -> world.run(30)).as("seed %d", seed).doesNotThrowAnyException();
            fired += world.fired();
            moves += world.moves();
            for (int cause = 0; cause < lateness.length; cause++) {
                lateness[cause] += world.latenessByCause()[cause];
            }
        }
        // The test would prove nothing if nothing had happened.
        assertThat(fired).isGreaterThan(5_000);
        assertThat(moves).isGreaterThan(1_000);
        assertThat(lateness[0] > 0).isEqualTo(structure == World.Structure.COALESCING);
        assertThat(lateness[1] > 0).isEqualTo(structure != World.Structure.EXACT);
        assertThat(lateness[2]).isPositive();
        assertThat(lateness[3]).isPositive();
    }

    @Test
    void theSameSeedGivesTheSameFingerprint() {
        for (long seed = 1; seed <= 20; seed++) {
            long once = new World(seed, World.Structure.BY_TICK, DisciplineKind.DRR, true).run(20);
            assertThat(new World(seed, World.Structure.BY_TICK, DisciplineKind.DRR, true).run(20))
                    .as("seed %d", seed)
                    .isEqualTo(once);
            assertThat(new World(-seed, World.Structure.BY_TICK, DisciplineKind.DRR, true).run(20))
                    .as("seed %d", seed)
                    .isNotEqualTo(once);
        }
    }

    /** Each seed of a pair: one with events gathered, one with events in their buckets. */
    private static boolean gathersEvents(long seed) {
        return seed % 2 == 0;
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void whereEventsAreKeptDoesNotShow(World.Structure structure, DisciplineKind discipline) {
        for (long seed = 1; seed <= 20; seed++) {
            long gathered = new World(seed, structure, discipline, true).run(20);
            long ownEvents = new World(seed, structure, discipline, false).run(20);
            assertThat(gathered).as("seed %d", seed).isEqualTo(ownEvents);
        }
    }

    @ParameterizedTest
    @MethodSource("worlds")
    void barriersWithoutMovesChangeNothing(World.Structure structure, DisciplineKind discipline) {
        for (long seed = 1; seed <= 20; seed++) {
            long longIntervals = new World(seed, structure, discipline, gathersEvents(seed)).runUndisturbed(2, 60_000);
            long shortIntervals =
                    new World(seed, structure, discipline, gathersEvents(seed)).runUndisturbed(1_200, 100);
            assertThat(shortIntervals).as("seed %d", seed).isEqualTo(longIntervals);
        }
    }

    @Test
    void bucketsAreServedInTheOrderInWhichWorkCameOneItemATurn() {
        Processor processor = new Processor(0, TickGrid.NONE);
        List<TimerBucket> buckets = new ArrayList<>();
        for (int id = 0; id < 3; id++) {
            buckets.add(adopted(processor, id));
        }
        meter.idleUntil(0);
        // Bucket 2 first, then 0 with two packets, then 1, all while the processor is busy with something else.
        buckets.get(2).schedule(10, 0, 20);
        buckets.get(0).schedule(11, 0, 1);
        buckets.get(0).schedule(12, 0, 2);
        buckets.get(1).schedule(13, 0, 10);
        buckets.forEach(processor::scheduleChanged);
        meter.chargeNs(50);
        processor.happen(meter, NO_LIMIT);
        while (processor.step(meter, NO_LIMIT)) {
            meter.chargeNs(5);
        }
        assertThat(work.log.stream().filter(line -> line.startsWith("packet")))
                .containsExactly("packet 20 at 50", "packet 1 at 55", "packet 10 at 60", "packet 2 at 65");
    }

    @Test
    void whatCameInWhileABucketWasServedStandsBeforeItsNextTurn() {
        Processor processor = new Processor(0, TickGrid.NONE);
        TimerBucket busy = adopted(processor, 0);
        TimerBucket late = adopted(processor, 1);
        work.whenPacket(1, (self, clock) -> clock.chargeNs(100));
        busy.schedule(10, 0, 1);
        busy.schedule(10, 0, 2);
        late.schedule(60, 0, 3);
        processor.scheduleChanged(busy);
        processor.scheduleChanged(late);
        meter.idleUntil(10);
        processor.happen(meter, NO_LIMIT);
        while (processor.step(meter, NO_LIMIT)) {
            assertThat(meter.nowNs()).isGreaterThanOrEqualTo(110);
        }
        assertThat(work.log.stream().filter(line -> line.startsWith("packet")))
                .containsExactly("packet 1 at 10", "packet 3 at 110", "packet 2 at 110");
    }

    @Test
    void atOneInstantBucketsComeByNumber() {
        Processor processor = new Processor(0, TickGrid.NONE);
        for (int id : new int[] {5, 3, 4}) {
            TimerBucket bucket = adopted(processor, id);
            bucket.schedule(10, 0, id);
            processor.scheduleChanged(bucket);
        }
        meter.idleUntil(10);
        processor.happen(meter, NO_LIMIT);
        assertThat(work.log).containsExactly("event 3 at 10", "event 4 at 10", "event 5 at 10");
    }

    @Test
    void nothingAtOrAfterTheBarrierHappensBeforeIt() {
        Processor processor = new Processor(0, TickGrid.NONE);
        TimerBucket bucket = adopted(processor, 0);
        bucket.schedule(99, 0, 1);
        bucket.schedule(100, 0, 2);
        bucket.arm(5, 100, meter);
        processor.scheduleChanged(bucket);
        work.whenPacket(1, (self, clock) -> clock.chargeNs(1_000));
        meter.idleUntil(99);
        processor.happen(meter, 100);
        processor.step(meter, 100);
        assertThat(work.log).containsExactly("event 1 at 99", "packet 1 at 99");
        assertThat(processor.nextInstantNs()).isEqualTo(100);
        processor.happen(meter, 200);
        while (processor.hasWork()) {
            processor.step(meter, 2_000);
        }
        assertThat(work.log)
                .containsExactly(
                        "event 1 at 99",
                        "packet 1 at 99",
                        "event 2 at 100",
                        "packet 2 at 1099",
                        "timer 5 at 1099: 0+0+0+999=999");
    }

    @Test
    void aBucketInTransitIsNotServedBeforeItArrives() {
        Processor giver = new Processor(0, TickGrid.NONE);
        Processor taker = new Processor(1, TickGrid.NONE);
        TimerBucket bucket = adopted(giver, 0);
        bucket.schedule(40, 0, 1);
        giver.scheduleChanged(bucket);
        ManualMeter givers = new ManualMeter();
        givers.idleUntil(40);
        giver.happen(givers, 50);
        assertThat(giver.hasWork()).isTrue();

        giver.release(bucket);
        assertThat(giver.hasWork()).isFalse();
        assertThat(giver.holds(bucket)).isFalse();
        assertThat(giver.owned()).isZero();
        taker.adopt(bucket, 50, 80);
        assertThat(taker.holds(bucket)).isTrue();
        assertThat(taker.owned()).isEqualTo(1);
        meter.idleUntil(79);
        taker.happen(meter, NO_LIMIT);
        assertThat(taker.hasWork()).isFalse();
        assertThat(taker.nextInstantNs()).isEqualTo(80);
        meter.idleUntil(80);
        taker.happen(meter, NO_LIMIT);
        assertThat(taker.step(meter, NO_LIMIT)).isTrue();
        assertThat(work.log).containsExactly("event 1 at 40", "packet 1 at 80");
    }

    @Test
    void aBucketThatMovesOnBeforeItArrivedIsServedByTheLastOwner() {
        Processor first = new Processor(0, TickGrid.NONE);
        Processor second = new Processor(1, TickGrid.NONE);
        Processor third = new Processor(2, TickGrid.NONE);
        TimerBucket bucket = adopted(first, 0);
        bucket.arm(1, 10, meter);
        first.scheduleChanged(bucket);
        meter.idleUntil(10);
        first.happen(meter, 50);
        first.release(bucket);
        second.adopt(bucket, 50, 500);
        second.release(bucket);
        third.adopt(bucket, 100, 200);
        meter.idleUntil(499);
        third.happen(meter, NO_LIMIT);
        assertThat(third.hasWork()).isFalse();
        meter.idleUntil(520);
        third.happen(meter, NO_LIMIT);
        third.step(meter, NO_LIMIT);
        assertThat(work.log).containsExactly("timer 1 at 520: 0+0+450+60=510");
        assertThat(bucket.laws().wrongOwnerTouches()).isZero();
        assertThat(first.nextInstantNs()).isEqualTo(NO_LIMIT);
        assertThat(second.nextInstantNs()).isEqualTo(NO_LIMIT);
    }

    @Test
    void oneTickIsChargedForAllBucketsThatWakeOnIt() {
        meter.cost(Cost.TICK, 7);
        Processor processor = new Processor(0, new TickGrid(100, 0));
        for (int id = 0; id < 4; id++) {
            TimerBucket bucket = adopted(processor, id);
            bucket.arm(1, 50, meter);
            bucket.arm(2, 150, meter);
            processor.scheduleChanged(bucket);
        }
        meter.idleUntil(100);
        processor.happen(meter, NO_LIMIT);
        assertThat(processor.ticks()).isEqualTo(1);
        assertThat(processor.busyNs()).isEqualTo(7);
        meter.idleUntil(200);
        processor.happen(meter, NO_LIMIT);
        assertThat(processor.ticks()).isEqualTo(2);
        assertThat(processor.busyNs()).isEqualTo(14);
    }

    @Test
    void busyTimeIsServiceAndWhatIsAdded() {
        Processor processor = new Processor(0, TickGrid.NONE);
        TimerBucket bucket = adopted(processor, 0);
        work.whenPacket(1, (self, clock) -> clock.chargeNs(30));
        bucket.schedule(5, 0, 1);
        processor.scheduleChanged(bucket);
        meter.idleUntil(20);
        processor.happen(meter, NO_LIMIT);
        processor.step(meter, NO_LIMIT);
        processor.addBusyNs(4);
        assertThat(processor.busyNs()).isEqualTo(34);
        assertThat(bucket.busyNs()).isEqualTo(30);
        assertThat(processor.lastWorkEndNs(bucket)).isEqualTo(50);
    }
}

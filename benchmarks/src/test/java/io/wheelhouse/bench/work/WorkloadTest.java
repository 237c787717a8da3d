package io.wheelhouse.bench.work;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.bench.structure.Contender;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Workloads do as many operations as they say, on every structure, and expire as many timers as they should. */
class WorkloadTest {
    private static final Size MANY = new Size(3, 100);

    /** Of two hours, enough for some of so few timers to expire. */
    private static final int MOST_PASSES = 50;

    static List<Arguments> pairs() {
        List<Arguments> pairs = new ArrayList<>();
        for (Workload workload : Workload.values()) {
            for (Contender contender : Contender.values()) {
                // What is slow over hours is not made quicker by having few timers.
                boolean slow = workload == Workload.EXPIRE_2H && contender.isSlowOverHours();
                if (!slow && workload.suits(contender, MANY)) {
                    pairs.add(Arguments.of(workload, contender));
                }
            }
        }
        return pairs;
    }

    @ParameterizedTest
    @MethodSource("pairs")
    void passesOperate(Workload workload, Contender contender) {
        Work work = workload.create(contender, MANY);
        long operations = 0;
        for (int pass = 0; pass < Math.min(work.passesOfRound(), MOST_PASSES); pass++) {
            work.prepare();
            operations += work.pass();
        }
        assertThat(operations).isPositive();
    }

    @Test
    void insertAndCancelTouchEachTimerOnce() {
        for (Workload workload : List.of(Workload.INSERT, Workload.CANCEL)) {
            Work work = workload.create(Contender.HIERARCHICAL, MANY);
            for (int pass = 0; pass < 3; pass++) {
                work.prepare();
                assertThat(work.pass()).isEqualTo(300);
            }
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void fewerThanTwoInAThousandReArmedTimersExpire(boolean redrawn) {
        RearmWork work = new RearmWork(Contender.HIERARCHICAL, new Size(1, 10_000), redrawn);
        long operations = 0;
        for (int pass = 0; pass < work.passesToSettle(); pass++) {
            operations += work.pass();
        }
        assertThat(operations).isEqualTo(200_000);
        assertThat((double) work.fired() / operations).isBetween(0.0005, 0.002);
    }

    @ParameterizedTest
    @ValueSource(strings = {"hierarchical", "coalescing", "agrona", "netty", "kafka"})
    void allTimersExpireInARound(String structure) {
        Work work = Workload.EXPIRE_10S.create(Contender.ofKey(structure), MANY);
        for (int round = 0; round < 2; round++) {
            long operations = 0;
            for (int pass = 0; pass < work.passesOfRound(); pass++) {
                work.prepare();
                operations += work.pass();
            }
            assertThat(operations).isEqualTo(300);
        }
    }

    @Test
    void fewTimersOfTheMixExpire() {
        TcpMixWork work = new TcpMixWork(Contender.HIERARCHICAL, new Size(4, 3_000));
        long operations = 0;
        for (int pass = 0; pass < work.passesToSettle(); pass++) {
            operations += work.pass();
        }
        // 20 rounds of 4,000 connections, 1.5 operations each on average, and the expiries.
        assertThat(operations).isBetween(115_000L, 130_000L);
        assertThat((double) work.fired() / operations).isBetween(0.02, 0.04);
    }

    @Test
    void aJumpOfAnHourExpiresHalf() {
        Work work = Workload.CLOCK_JUMP.create(Contender.HIERARCHICAL, new Size(1, 10_000));
        work.prepare();
        assertThat(work.pass()).isBetween(4_800L, 5_200L);
    }

    @Test
    void sizesAreRead() {
        assertThat(Size.parse("10k")).isEqualTo(new Size(1, 10_000));
        assertThat(Size.parse("1M")).isEqualTo(new Size(1, 1_000_000));
        assertThat(Size.parse("1024x1000")).isEqualTo(new Size(1_024, 1_000));
        assertThat(Size.parse(new Size(1_024, 1_000).toString())).isEqualTo(new Size(1_024, 1_000));
        for (String wrong : List.of("", "x", "1G", "0", "0x5", "999999999M", "10000x100k")) {
            assertThatThrownBy(() -> Size.parse(wrong)).isInstanceOf(IllegalArgumentException.class);
        }
    }

    @Test
    void theYardstickWritesWhatItReads() {
        Yardstick yardstick = new Yardstick();
        assertThat(yardstick.sum()).isZero();
        assertThat(yardstick.pass()).isEqualTo(100_000);
        assertThat(yardstick.sum()).isNotZero();
    }

    @Test
    void everyWorkloadHasSizes() {
        for (Workload workload : Workload.values()) {
            assertThat(workload.shortSizes()).isNotEmpty();
            assertThat(workload.allSizes()).containsAll(workload.shortSizes());
            assertThat(Workload.ofKey(workload.key())).isEqualTo(workload);
        }
    }
}

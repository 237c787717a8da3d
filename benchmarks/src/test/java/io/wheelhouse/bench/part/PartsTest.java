package io.wheelhouse.bench.part;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.bench.Counters;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Each benchmark of a part does what it says that it measures. */
class PartsTest {
    private static final int CONNECTIONS = 600;
    private static final int PASSES = 5;

    @ParameterizedTest
    @ValueSource(strings = {"gathered", "kept"})
    void asManyEventsHappenAndStayPending(String events) {
        AgendaBenchmark.Setting setting = new AgendaBenchmark.Setting();
        setting.events = events;
        setting.pending = 1_000;
        setting.create();
        AgendaBenchmark benchmark = new AgendaBenchmark();
        long nowNs = 0;
        for (int pass = 0; pass < PASSES; pass++) {
            nowNs = benchmark.event(setting);
        }
        assertThat(setting.happened()).isEqualTo(PASSES * 10_000L);
        // 50,000 events of a thousand connections that wait 60.5 ms on average
        assertThat(nowNs).isBetween(2_800_000_000L, 3_250_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"fifo, 0", "drr, 16", "sfq, 16", "sfq, 0", "flow-limit, 1000", "fifo, 1000"})
    void whatComesIsServedAndAsMuchStaysWaiting(String discipline, int waiting) {
        ServeBenchmark.Setting setting = new ServeBenchmark.Setting();
        setting.discipline = discipline;
        setting.waiting = waiting;
        setting.create();
        ServeBenchmark benchmark = new ServeBenchmark();
        for (int pass = 1; pass <= PASSES; pass++) {
            assertThat(benchmark.packet(setting)).isEqualTo(waiting);
            assertThat(setting.served()).isEqualTo(pass * 1_000L);
        }
    }

    @ParameterizedTest
    @CsvSource({"fifo, 0", "drr, 16", "sfq, 1000", "flow-limit, 1000"})
    void timersExpireAndAreServed(String discipline, int waiting) {
        ServeBenchmark.Setting setting = new ServeBenchmark.Setting();
        setting.discipline = discipline;
        setting.waiting = waiting;
        setting.create();
        ServeBenchmark benchmark = new ServeBenchmark();
        for (int pass = 1; pass <= PASSES; pass++) {
            assertThat(benchmark.timer(setting)).isEqualTo(waiting);
            assertThat(setting.served()).isEqualTo(pass * 1_000L);
        }
        assertThat(setting.bucket().timers().counts().expiries()).isEqualTo(PASSES * 1_000L);
        assertThat(setting.bucket().laws().earlyFirings()).isZero();
    }

    @Test
    void aWriteIsASegmentThereAndOneBack() {
        WriteAckBenchmark.Setting setting = new WriteAckBenchmark.Setting();
        setting.connections = CONNECTIONS;
        setting.create();
        WriteAckBenchmark benchmark = new WriteAckBenchmark();
        Counters counters = new Counters();
        long before = setting.world().segmentsProcessed();
        for (int pass = 0; pass < PASSES; pass++) {
            benchmark.pass(setting, counters);
        }
        assertThat(counters.operations).isEqualTo((long) PASSES * CONNECTIONS);
        assertThat(setting.world().segmentsProcessed() - before).isEqualTo(2 * counters.operations);
    }

    @ParameterizedTest
    @CsvSource({"packed, 600", "spread, 0"})
    void allRowsArePackedBetweenPassesOrNone(String rows, int packed) {
        PackingBenchmark.Setting setting = new PackingBenchmark.Setting();
        setting.rows = rows;
        setting.connections = CONNECTIONS;
        setting.create();
        PackingBenchmark benchmark = new PackingBenchmark();
        Counters counters = new Counters();
        long before = setting.world().segmentsProcessed();
        for (int pass = 0; pass < PASSES; pass++) {
            assertThat(benchmark.pass(setting, counters)).isEqualTo(packed);
        }
        assertThat(counters.operations).isEqualTo((long) PASSES * CONNECTIONS);
        assertThat(setting.world().segmentsProcessed()).isEqualTo(before);
    }
}

package io.wheelhouse.timer.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class WorkloadMonitorTest {
    private static final long INTERVAL_NS = 1_000;

    private static Reading read(WorkloadMonitor monitor, long... busyNs) {
        for (int processor = 0; processor < busyNs.length; processor++) {
            monitor.processor(processor, busyNs[processor], 0, 0);
        }
        monitor.bucket(0, 0, 1, 0, 0);
        return monitor.read(INTERVAL_NS, INTERVAL_NS);
    }

    @Test
    void backlogAndBackgroundCountAsLoad() {
        WorkloadMonitor monitor = new WorkloadMonitor(2, 1);
        monitor.processor(0, 700, 300, 500);
        monitor.processor(1, 100, 0, 0);
        monitor.bucket(0, 0, 3, 700, 2);
        Reading reading = monitor.read(5_000, INTERVAL_NS);

        assertThat(reading.utilization(0)).isEqualTo(1.5);
        assertThat(reading.utilization(1)).isEqualTo(0.1);
        assertThat(reading.meanUtilization()).isEqualTo(0.8);
        assertThat(reading.exogenous(0)).isEqualTo(0.3);
        assertThat(reading.exogenous(1)).isZero();
        assertThat(reading.busyNs(0)).isEqualTo(700);
        assertThat(reading.exogenousNs(0)).isEqualTo(300);
        assertThat(reading.backlogNs(0)).isEqualTo(500);
        assertThat(reading.timeNs()).isEqualTo(5_000);
        assertThat(reading.intervalNs()).isEqualTo(INTERVAL_NS);
    }

    @Test
    void theMeanOfEqualLoadsIsExactlyThatLoad() {
        for (int processors = 1; processors <= 64; processors++) {
            WorkloadMonitor monitor = new WorkloadMonitor(processors, 1);
            for (int processor = 0; processor < processors; processor++) {
                monitor.processor(processor, 33_333_331, 7, 123);
            }
            monitor.bucket(0, 0, 1, 0, 0);
            Reading reading = monitor.read(100_000_003, 100_000_003);
            assertThat(reading.meanUtilization()).isEqualTo(reading.utilization(processors - 1));
        }
    }

    @Test
    void aBucketsLoadIncludesItsShareOfTheBacklog() {
        WorkloadMonitor monitor = new WorkloadMonitor(2, 4);
        monitor.processor(0, 900, 0, 1_000);
        monitor.processor(1, 50, 0, 0);
        monitor.bucket(0, 0, 1, 400, 3);
        monitor.bucket(1, 0, 1, 500, 1);
        monitor.bucket(2, 0, 7, 0, 0);
        monitor.bucket(3, 1, 2, 50, 0);
        Reading reading = monitor.read(INTERVAL_NS, INTERVAL_NS);

        assertThat(reading.loadNs(0)).isEqualTo(400 + 750);
        assertThat(reading.loadNs(1)).isEqualTo(500 + 250);
        assertThat(reading.loadNs(2)).isZero();
        assertThat(reading.loadNs(3)).isEqualTo(50);
        assertThat(reading.owned(0)).isEqualTo(3);
        assertThat(reading.owned(1)).isEqualTo(1);
        assertThat(reading.owner(3)).isEqualTo(1);
        assertThat(reading.epoch(2)).isEqualTo(7);
        assertThat(reading.waiting(0)).isEqualTo(3);
        assertThat(reading.bucketBusyNs(0)).isEqualTo(400);
    }

    @Test
    void confidenceIsStudentsOverTheWindows() {
        WorkloadMonitor monitor = new WorkloadMonitor(1, 1);
        assertThat(read(monitor, 400).confidence(0)).isInfinite();
        read(monitor, 500);
        Reading third = read(monitor, 600);
        assertThat(third.windows()).isEqualTo(3);
        assertThat(third.windowMean(0)).isEqualTo(0.5, within(1e-12));
        assertThat(third.windowDeviation(0)).isEqualTo(0.1, within(1e-12));
        // t(0.975; 2) = 4.303
        assertThat(third.confidence(0)).isEqualTo(4.303 * 0.1 / Math.sqrt(3), within(1e-12));
    }

    @Test
    void windowsSlide() {
        WorkloadMonitor monitor = new WorkloadMonitor(1, 1);
        for (int interval = 0; interval < 7; interval++) {
            read(monitor, 900);
        }
        Reading last = read(monitor, 200);
        for (int interval = 1; interval < WorkloadMonitor.WINDOWS; interval++) {
            last = read(monitor, 200);
        }
        assertThat(last.windows()).isEqualTo(WorkloadMonitor.WINDOWS);
        assertThat(last.windowMean(0)).isEqualTo(0.2, within(1e-12));
        assertThat(last.windowDeviation(0)).isEqualTo(0.0, within(1e-12));
        assertThat(last.confidence(0)).isEqualTo(0.0, within(1e-12));
        assertThat(read(monitor, 700).utilization(0)).isEqualTo(0.7);
    }

    @Test
    void aReadingDoesNotChangeWithTheMonitor() {
        WorkloadMonitor monitor = new WorkloadMonitor(1, 1);
        Reading first = read(monitor, 400);
        read(monitor, 900);
        assertThat(first.utilization(0)).isEqualTo(0.4);
        assertThat(first.windowMean(0)).isEqualTo(0.4);
    }

    @Test
    void whatWasNotToldIsMissed() {
        WorkloadMonitor monitor = new WorkloadMonitor(2, 1);
        monitor.processor(0, 1, 0, 0);
        monitor.bucket(0, 0, 1, 1, 0);
        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> monitor.read(INTERVAL_NS, INTERVAL_NS))
                .withMessageContaining("processor 1");
    }

    @Test
    void wrongArgumentsAreNamed() {
        WorkloadMonitor monitor = new WorkloadMonitor(2, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> monitor.processor(1, -5, 0, 0))
                .withMessageContaining("-5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> monitor.bucket(0, 2, 1, 0, 0))
                .withMessageContaining("owner 2 of 2");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> monitor.read(0, 0))
                .withMessageContaining("0 ns");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkloadMonitor(0, 1))
                .withMessageContaining("0 processors");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new WorkloadMonitor(1, 1, 32))
                .withMessageContaining("32");
    }
}

package io.wheelhouse.sim.live;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.timer.Cost;
import org.junit.jupiter.api.Test;

class CalibrationTest {

    /** What takes how long is the machine's to say; that every operation was measured is ours. */
    @Test
    void measuresEveryOperation() {
        Calibration.Result result = Calibration.measure();
        assertThat(result.costsNs()).containsOnlyKeys(Cost.values());
        assertThat(result.costsNs().values()).allMatch(costNs -> costNs >= 0);
        assertThat(result.costsNs().get(Cost.EXPIRE)).isPositive();
        assertThat(result.costsNs().get(Cost.SEGMENT_IN)).isPositive();
        assertThat(result.wakeUpsNs()).isNotEmpty().isSorted().allMatch(lateNs -> lateNs >= 0);
        assertThat(result.wakeUpNs(0.5)).isBetween(result.wakeUpsNs().get(0), result.wakeUpNs(1.0));
    }
}

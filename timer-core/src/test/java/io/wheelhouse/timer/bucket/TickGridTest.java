package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TickGridTest {

    @ParameterizedTest
    @CsvSource({"1, 0", "4, 0", "4, 3", "10, -3", "10, 27", "7, 7"})
    void wakesAtTheFirstMultipleLessThePhase(long tickNs, long phaseNs) {
        TickGrid grid = new TickGrid(tickNs, phaseNs);
        for (long instant = -50; instant <= 50; instant++) {
            long wake = instant;
            while ((wake + phaseNs) % tickNs != 0) {
                wake++;
            }
            assertThat(grid.wakeAtOrAfter(instant)).as("instant %d", instant).isEqualTo(wake);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 4_000_000})
    void neverStaysNever(long tickNs) {
        assertThat(new TickGrid(tickNs, 1).wakeAtOrAfter(Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
    }

    @Test
    void withoutATickItWakesAtTheInstant() {
        assertThat(TickGrid.NONE.wakeAtOrAfter(123_457)).isEqualTo(123_457);
    }

    @Test
    void aNegativeTickIsNamed() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new TickGrid(-4, 0))
                .withMessageContaining("-4 ns");
    }
}

package io.wheelhouse.timer.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StudentTTest {

    /** NIST/SEMATECH e-Handbook of Statistical Methods, 1.3.6.7.2. */
    @ParameterizedTest
    @CsvSource({"1, 12.706", "2, 4.303", "9, 2.262", "30, 2.042", "31, 2.040", "40, 2.021", "60, 2.000", "100, 1.984"})
    void quantilesAreThoseOfTheTables(int degrees, double quantile) {
        assertThat(StudentT.quantile975(degrees)).isEqualTo(quantile, within(0.0005));
    }

    @Test
    void oneSampleHasNoInterval() {
        assertThat(StudentT.halfWidth(3.0, 1)).isInfinite();
        assertThat(StudentT.halfWidth(2.0, 4)).isEqualTo(3.182, within(1e-9));
    }
}

package io.wheelhouse.sim.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.scenario.Quantity;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class UnitsTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0 ns",
                "999 | 999 ns",
                "1000 | 1.0 µs",
                "999949 | 999.9 µs",
                "999950 | 1.0 ms",
                "999999 | 1.0 ms",
                "41000000 | 41.0 ms",
                "9800000000 | 9.8 s",
                "262144000000 | 262.1 s",
                "599000000000 | 599.0 s",
                "600000000000 | 10.0 min",
                "7199000000000 | 120.0 min",
                "7200000000000 | 2.0 h",
            })
    void timesAdapt(long ns, String text) {
        assertThat(Units.time(ns)).isEqualTo(text);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "0 | 0",
                "320412 | 320,412",
                "999999 | 999,999",
                "1000000 | 1.00 M",
                "12345678 | 12.3 M",
                "999600000 | 1.00 G",
            })
    void countsAreShort(long count, String text) {
        assertThat(Units.shortCount(count)).isEqualTo(text).hasSizeLessThanOrEqualTo(7);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "DURATION | 20310.4 | 20.31 µs",
                "DURATION | 262144000000 | 262.1 s",
                "COUNT | 290123 | 290,123",
                "COUNT | 0.5 | 0.5",
                "FRACTION | 0.71234 | 71.23 %",
                "SIZE | 65536 | 65.54 KB",
                "NUMBER | 1.0912345 | 1.091",
                "NUMBER | 123456.7 | 123457",
                "RATE | 80000 | 80000/s",
            })
    void valuesOfMetrics(Quantity quantity, double value, String text) {
        assertThat(Units.value(quantity, value, 4)).isEqualTo(text);
    }

    @Test
    void fingerprintsHave16Digits() {
        assertThat(Units.fingerprint(0xabcL)).isEqualTo("0000000000000abc");
        assertThat(Units.fingerprint(-1)).isEqualTo("ffffffffffffffff");
    }

    @Test
    void ratesAreRough() {
        assertThat(Units.rough(4_123_456.0)).isEqualTo("4.1 M");
        assertThat(Units.rough(12.4)).isEqualTo("12");
    }

    @ParameterizedTest
    @CsvSource({"2.0E-3,6,0.002000", "0.1,3,0.100", "0.125,2,0.12", "0.375,2,0.38", "1e20,1,100000000000000000000.0"})
    void decimalsAreRoundedFromTheExactValue(double value, int places, String text) {
        assertThat(Decimals.text(value, places)).isEqualTo(text);
    }

    @Test
    void whatIsNotFiniteIsNamed() {
        assertThat(Decimals.text(Double.NaN, 3)).isEqualTo("NaN");
        assertThat(Decimals.text(Double.POSITIVE_INFINITY, 3)).isEqualTo("Infinity");
    }
}

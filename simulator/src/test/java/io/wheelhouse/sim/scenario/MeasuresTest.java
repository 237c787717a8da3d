package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MeasuresTest {

    @ParameterizedTest
    @CsvSource({
        "DURATION, 200ms, 200000000, 200ms",
        "DURATION, 1.2us, 1200, 1.2us",
        "DURATION, 1.25µs, 1250, 1250ns",
        "DURATION, 2h, 7200000000000, 2h",
        "DURATION, 90s, 90000000000, 90s",
        "DURATION, 1.5s, 1500000000, 1.5s",
        "DURATION, 60s, 60000000000, 1min",
        "DURATION, 3m, 180000000000, 3min",
        "DURATION, 1d, 86400000000000, 1d",
        "DURATION, 7 ms, 7000000, 7ms",
        "DURATION, 0, 0, 0s",
        "DURATION, +1e3ns, 1000, 1us",
        "SIZE, 600, 600, 600B",
        "SIZE, 64KiB, 65536, 64KiB",
        "SIZE, 10M, 10000000, 10MB",
        "SIZE, 1.5k, 1500, 1500B",
        "SIZE, 2GiB, 2147483648, 2GiB",
        "COUNT, 200k, 200000, 200000",
        "COUNT, 1.5M, 1500000, 1500000",
    })
    void wholeNumbers(Quantity quantity, String text, long value, String canonical) throws BadValue {
        assertThat(Measures.parseWhole(quantity, text, 0, Long.MAX_VALUE)).isEqualTo(value);
        assertThat(Measures.print(quantity, value)).isEqualTo(canonical);
        assertThat(Measures.parseWhole(quantity, canonical, 0, Long.MAX_VALUE)).isEqualTo(value);
    }

    @ParameterizedTest
    @CsvSource({
        "FRACTION, 0.1%, 0.001, 0.1%",
        "FRACTION, 40%, 0.4, 40%",
        "FRACTION, .5, 0.5, 50%",
        "FRACTION, 1e-6, 0.000001, 0.0001%",
        "NUMBER, 0.5, 0.5, 0.5",
        "NUMBER, -0.0, 0.0, 0",
        "RATE, 10k/s, 10000, 10000/s",
        "RATE, 0.5/s, 0.5, 0.5/s",
    })
    void realNumbers(Quantity quantity, String text, double value, String canonical) throws BadValue {
        assertThat(Measures.parseDouble(quantity, text, -1e9, 1e9)).isEqualTo(value);
        assertThat(Measures.print(quantity, value)).isEqualTo(canonical);
    }

    @Test
    void whateverIsPrintedReadsBackAsTheSameNumber() throws BadValue {
        long seed = 20_260_722;
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < 3_000; i++) {
            double real = random.nextDouble() * StrictMath.pow(10, random.nextInt(-8, 9));
            long whole = random.nextLong() >>> random.nextInt(4, 63);
            for (Quantity quantity : Quantity.values()) {
                assertThat(Measures.parse(quantity, Measures.print(quantity, real))
                                .doubleValue())
                        .as("seed %d, %s", seed, quantity)
                        .isEqualTo(real);
                assertThat(Measures.parse(quantity, Measures.print(quantity, whole))
                                .longValueExact())
                        .as("seed %d, %s", seed, quantity)
                        .isEqualTo(whole);
            }
        }
    }

    @ParameterizedTest
    @CsvSource({
        "0.1, 0.1",
        "2e-3, 0.002",
        "2e23, 2E+23",
        "1e-300, 1E-300",
        "12345678901234567, 12345678901234568",
        "0.1000000000000000055, 0.1",
        "0.3333333333333333, 0.3333333333333333"
    })
    void shortestDecimals(double value, String decimal) {
        assertThat(Measures.shortest(value).stripTrailingZeros()).hasToString(decimal);
    }
}

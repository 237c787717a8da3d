package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.sim.scenario.Expectation.Operator;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ExpectationTest {

    private static Expectation read(String text) throws ScenarioException {
        String line = "expect: ['" + text + "']\n";
        return Fixture.read(Fixture.SMALL + line).expect().get(0);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "lateness.rto.p99 < 60ms | lateness.rto.p99 | LESS | 60e6 | 0",
                "lateness.rto.p99.9<=1s | lateness.rto.p99.9 | AT_MOST | 1e9 | 0",
                "retransmissions > 300k | retransmissions | GREATER | 300e3 | 0",
                "retransmissions >= 0 | retransmissions | AT_LEAST | 0 | 0",
                "moves = 10 | moves | EQUAL | 10 | 0",
                "moves == 10 | moves | EQUAL | 10 | 0",
                "utilization < 80% | utilization | LESS | 0.8 | 0",
                "lateness.synthetic.queueing.mean = 20us ± 2% | lateness.synthetic.queueing.mean | EQUAL | 20e3 | 400",
                "lateness.synthetic.queueing.mean = 20us +- 2% | lateness.synthetic.queueing.mean | EQUAL | 20e3 | 400",
                "lateness.synthetic.queueing.mean = 20us+/-2% | lateness.synthetic.queueing.mean | EQUAL | 20e3 | 400",
                "lateness.synthetic.queueing.mean = 20 us ± 300ns | lateness.synthetic.queueing.mean"
                        + " | EQUAL | 20e3 | 300",
            })
    void reads(String text, String metric, Operator operator, double value, double tolerance) throws ScenarioException {
        Expectation expectation = read(text);
        assertThat(expectation.text()).isEqualTo(text);
        assertThat(expectation.metric()).isEqualTo(metric);
        assertThat(expectation.labels()).isEmpty();
        assertThat(expectation.operator()).isEqualTo(operator);
        assertThat(expectation.value()).isEqualTo(value);
        assertThat(expectation.tolerance()).isEqualTo(tolerance);
    }

    @Test
    void readsLabels() throws ScenarioException {
        assertThat(read("retransmissions{group=all} > 3").labels()).isEqualTo(Map.of("group", "all"));
        assertThat(read("utilization { processor = 0 } > 3%").labels()).isEqualTo(Map.of("processor", "0"));
    }

    @Test
    void comparesAsItsOperatorSays() throws ScenarioException {
        assertThat(read("moves < 10").isMetBy(9)).isTrue();
        assertThat(read("moves < 10").isMetBy(10)).isFalse();
        assertThat(read("moves <= 10").isMetBy(10)).isTrue();
        assertThat(read("moves <= 10").isMetBy(11)).isFalse();
        assertThat(read("moves > 10").isMetBy(11)).isTrue();
        assertThat(read("moves > 10").isMetBy(10)).isFalse();
        assertThat(read("moves >= 10").isMetBy(10)).isTrue();
        assertThat(read("moves >= 10").isMetBy(9)).isFalse();
        assertThat(read("moves = 10").isMetBy(10)).isTrue();
        assertThat(read("moves = 10").isMetBy(11)).isFalse();
        assertThat(read("moves = 100 ± 2%").isMetBy(98)).isTrue();
        assertThat(read("moves = 100 ± 2%").isMetBy(102)).isTrue();
        assertThat(read("moves = 100 ± 2%").isMetBy(103)).isFalse();
        assertThat(read("moves = 100 ± 2%").isMetBy(Double.NaN)).isFalse();
    }

    @Test
    void saysTheSameWhereverItStands() throws ScenarioException {
        Expectation here = read("moves < 10");
        Expectation there =
                Fixture.read("expect: [moves < 10]\n" + Fixture.SMALL).expect().get(0);
        assertThat(there.position()).isNotEqualTo(here.position());
        assertThat(there).isEqualTo(here).hasSameHashCodeAs(here);
        assertThat(read("moves < 11")).isNotEqualTo(here);
    }
}

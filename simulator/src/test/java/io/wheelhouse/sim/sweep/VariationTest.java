package io.wheelhouse.sim.sweep;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class VariationTest {

    @Test
    void commasWithinBracesBracketsAndQuotesBelongToAValue() {
        assertThat(Variation.parse("queueing={discipline: drr, quantum: 5us},{discipline: fifo}"))
                .isEqualTo(new Variation("queueing", List.of("{discipline: drr, quantum: 5us}", "{discipline: fifo}")));
        assertThat(Variation.parse("description=\"a, b\",'c, ]', d ").values())
                .containsExactly("\"a, b\"", "'c, ]'", "d");
        assertThat(Variation.parse("host.background=[],[{processor: 0, load: 40%}]")
                        .values())
                .containsExactly("[]", "[{processor: 0, load: 40%}]");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "assigner.policy | expected key=value",
                "=static | a key is missing",
                "assigner.policy= | a value of assigner.policy is missing",
                "assigner.policy=static,,lpt | a value of assigner.policy is missing",
                "assigner.policy=static,static | given twice",
            })
    void whatIsNoneIsRefused(String text, String message) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Variation.parse(text))
                .withMessageContaining(message);
    }
}

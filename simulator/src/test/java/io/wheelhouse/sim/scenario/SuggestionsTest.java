package io.wheelhouse.sim.scenario;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SuggestionsTest {
    private static final List<String> KEYS = List.of("policy", "index", "interval", "damping", "dead-band");

    @ParameterizedTest
    @CsvSource({"'', abc, 3", "abc, abc, 0", "abc, acb, 1", "abc, ab, 1", "ca, abc, 3", "kitten, sitting, 3"})
    void distanceIsThatOfOptimalStringAlignment(String a, String b, int distance) {
        assertThat(Suggestions.distance(a, b)).isEqualTo(distance);
        assertThat(Suggestions.distance(b, a)).isEqualTo(distance);
    }

    @ParameterizedTest
    @CsvSource({
        "polcy, policy",
        "POLICY, policy",
        "dead_band, dead-band",
        "deadband, dead-band",
        "intreval, interval",
        "dampening, damping",
        "indx, index",
    })
    void whatIsNearIsMeant(String word, String meant) {
        assertThat(Suggestions.nearest(word, KEYS)).isEqualTo(meant);
    }

    @ParameterizedTest
    @CsvSource({"x", "quantum", "''", "slots"})
    void whatIsFarIsNot(String word) {
        assertThat(Suggestions.nearest(word, KEYS)).isNull();
    }

    @Test
    void longWordsAreNotCompared() {
        assertThat(Suggestions.nearest("policy".repeat(1_000), KEYS)).isNull();
    }
}

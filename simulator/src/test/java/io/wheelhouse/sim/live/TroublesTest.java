package io.wheelhouse.sim.live;

import static org.assertj.core.api.Assertions.assertThat;

import org.agrona.concurrent.AgentTerminationException;
import org.junit.jupiter.api.Test;

class TroublesTest {
    private final Troubles troubles = new Troubles();

    @Test
    void aThreadGoesOnAfterAnExceptionAndARunEndsAfterAnError() {
        Error error = new AssertionError("a bug of the test");
        troubles.onError(new IllegalStateException("an exception of the test"));
        assertThat(troubles.bug()).isNull();
        troubles.onError(error);
        assertThat(troubles.bug()).isSameAs(error);
        assertThat(troubles.thrown()).isEqualTo(2);
        assertThat(troubles.lines().get(0))
                .contains("an exception of the test", "TroublesTest")
                .endsWith("; the thread went on");
        assertThat(troubles.lines().get(1))
                .contains("a bug of the test", "TroublesTest")
                .endsWith("; the run ends")
                .doesNotContain("went on");
    }

    @Test
    void aThreadThatWasToldToEndIsNoTrouble() {
        troubles.onError(new AgentTerminationException());
        assertThat(troubles.thrown()).isZero();
        assertThat(troubles.lines()).isEmpty();
    }

    @Test
    void tellsTheFirstFewAndCountsTheOthers() {
        for (int i = 0; i < 50; i++) {
            troubles.onError(new IllegalStateException("number " + i));
        }
        assertThat(troubles.thrown()).isEqualTo(50);
        assertThat(troubles.lines()).hasSize(20);
        assertThat(troubles.lines().get(19)).contains("number 19");
    }

    @Test
    void aStallIsToldOnce() {
        troubles.stalled(1, 5_000_000, 100_000_000, "a place");
        troubles.stalled(1, 5_000_000, 200_000_000, "a place");
        troubles.stalled(1, 500_000_000, 100_000_000, "a place");
        assertThat(troubles.lines()).hasSize(2);
        assertThat(troubles.thrown()).isZero();
    }
}

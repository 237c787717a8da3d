package io.wheelhouse.timer.balance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PoliciesTest {

    @Test
    void theBuiltInOnesComeFirstThenThoseThatAreFound() {
        assertThat(Policies.names())
                .containsExactly(
                        "single",
                        "static",
                        "proportional",
                        "trigger-band",
                        "lpt",
                        "bisect",
                        "weighted-move",
                        "pull",
                        "test-counting");
    }

    @Test
    void everyPolicyAnswersToItsName() {
        for (String name : Policies.names()) {
            assertThat(Policies.create(name, Policies.usual(name)).name()).isEqualTo(name);
        }
    }

    @Test
    void aPolicyOfOnesOwnGetsItsSettings() {
        PolicyParameters usual = Policies.usual("test-counting");
        PolicyParameters five = new PolicyParameters(
                usual.index(), 1.0, 0.0, 0.0, PolicyParameters.UNLIMITED, 0, Map.of("at-a-time", "5"));
        assertThat(Policies.settings("test-counting")).containsExactly("at-a-time");
        int[] owners = new int[40];
        long[] loads = new long[40];
        Arrays.fill(loads, 1_000_000);
        assertThat(Policies.create("test-counting", five)
                        .plan(Readings.ofBuckets(4, owners, loads))
                        .moves())
                .hasSize(5);
        PolicyParameters none = new PolicyParameters(
                usual.index(), 1.0, 0.0, 0.0, PolicyParameters.UNLIMITED, 0, Map.of("at-a-time", "0"));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.create("test-counting", none))
                .withMessageContaining("at-a-time");
    }

    @Test
    void wrongParametersAreNamed() {
        PolicyParameters usual = Policies.usual("bisect");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usual.withMoveBudget(0))
                .withMessageContaining("move budget")
                .withMessageContaining("0");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> usual.withCooldown(-1))
                .withMessageContaining("-1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PolicyParameters(ImbalanceIndex.IDLE, 1.0, 0.0, 1.5, 1, 0, Map.of()))
                .withMessageContaining("1.5");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Policies.usual("lptt"))
                .withMessageContaining("lptt");
    }
}

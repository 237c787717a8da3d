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
    void proportionalMayBeToldNotToWeighWhatItReleases() {
        long[] loads = new long[12];
        Arrays.fill(loads, 0, 6, 1_000_000);
        loads[0] = 60_000_000;
        int[] owners = {0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1};
        Reading reading = Readings.ofBuckets(2, owners, loads);
        assertThat(proportional("load").plan(reading).moves())
                .extracting(Move::bucket)
                .isNotEmpty()
                .doesNotContain(0);
        assertThat(proportional("number").plan(reading).moves())
                .extracting(Move::bucket)
                .startsWith(0, 1);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> proportional("lowest"))
                .withMessageContaining("release")
                .withMessageContaining("lowest");
    }

    private static AssignerPolicy proportional(String release) {
        return Policies.create(
                "proportional",
                new PolicyParameters(
                        ImbalanceIndex.DEFICIT,
                        1.0,
                        0.0,
                        0.0,
                        PolicyParameters.UNLIMITED,
                        0,
                        Map.of("release", release)));
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

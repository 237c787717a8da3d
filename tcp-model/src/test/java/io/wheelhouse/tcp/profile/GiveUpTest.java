package io.wheelhouse.tcp.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.offset;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Timers here fire at their very deadline; the times are seconds after the first transmission. */
class GiveUpTest {
    private static final double SECOND_NS = 1e9;
    private static final int TIMEOUTS_MAX = 100;

    private static final Profile LINUX = Profile.named("linux");
    private static final Profile RFC = Profile.named("rfc");

    @ParameterizedTest
    @CsvSource({"200, 1044.6", "204, 928.7", "300, 993.3"})
    void linuxDataDiesAtTheFirstTimeoutBeyondItsBudget(long rtoMs, double diesAtS) {
        assertThat(LINUX.giveUp().dataBudgetNs()).isEqualTo(924_600_000_000L);
        assertThat(dataDeathNs(LINUX, rtoMs * 1_000_000) / SECOND_NS).isCloseTo(diesAtS, offset(0.05));
    }

    @Test
    void linuxSynDiesAfter131SecondsOr127WithoutLinearTimeouts() {
        assertThat(synTimesS(LINUX)).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 7.0, 11.0, 19.0, 35.0, 67.0, 131.0);
        Profile doubling = LINUX.with(Map.of("tcp_syn_linear_timeouts", "0"));
        assertThat(synTimesS(doubling)).containsExactly(1.0, 3.0, 7.0, 15.0, 31.0, 63.0, 127.0);
        Profile two = LINUX.with(Map.of("tcp_syn_retries", "2"));
        assertThat(synTimesS(two)).containsExactly(1.0, 2.0, 3.0, 4.0, 5.0, 7.0);
    }

    @Test
    void rfcGivesUpDataNotBefore100SecondsAndSynsNotBefore180() {
        for (long rtoNs : new long[] {1_000_000_000, 1_500_000_000, 7_000_000_000L, 60_000_000_000L}) {
            assertThat(dataDeathNs(RFC, rtoNs) / SECOND_NS).isBetween(100.0, 220.0);
        }
        assertThat(dataDeathNs(RFC, 1_000_000_000) / SECOND_NS).isEqualTo(123.0);
        List<Double> syn = synTimesS(RFC);
        assertThat(syn.get(syn.size() - 1)).isEqualTo(183.0);
    }

    @Test
    void synAcksAreRetransmittedFiveTimesByLinux() {
        assertThat(LINUX.giveUp().synAck(4, 0)).isFalse();
        assertThat(LINUX.giveUp().synAck(5, 0)).isTrue();
        assertThat(RFC.giveUp().synAck(1_000, 179_999_999_999L)).isFalse();
        assertThat(RFC.giveUp().synAck(1, 180_000_000_000L)).isTrue();
    }

    @Test
    void keepaliveDies7875SecondsAfterTheLastWordFromThePeer() {
        long atNs = LINUX.ns(TcpConstant.KEEPALIVE_TIME);
        int unanswered = 0;
        while (!LINUX.giveUp().keepalive(unanswered)) {
            unanswered++;
            atNs += LINUX.ns(TcpConstant.KEEPALIVE_INTERVAL);
        }
        assertThat(unanswered).isEqualTo(9);
        assertThat(atNs / SECOND_NS).isEqualTo(7_875.0);
    }

    @ParameterizedTest
    @CsvSource({"0, 102.2", "1, 0.6", "2, 1.4", "3, 3.0", "8, 102.2"})
    void orphansHaveABudgetOfTheirOwnAndZeroStandsForEight(int retries, double budgetS) {
        GiveUp giveUp = LINUX.with(Map.of("tcp_orphan_retries", Integer.toString(retries)))
                .giveUp();
        long budgetNs = Math.round(budgetS * SECOND_NS);
        assertThat(giveUp.orphan(budgetNs - 1, 200_000_000)).isFalse();
        assertThat(giveUp.orphan(budgetNs, 200_000_000)).isTrue();
        // At the greatest timeout, nought is nought.
        assertThat(giveUp.orphan(1_000_000_000, 120_000_000_000L)).isEqualTo(retries < 2);
    }

    @Test
    void eitherLimitSuffices() {
        GiveUp both = LINUX.with(Map.of("give-up-time", "10s", "syn-give-up-time", "5s"))
                .giveUp();
        assertThat(both.dataBudgetNs()).isEqualTo(10_000_000_000L);
        assertThat(both.syn(5_000_000_000L)).isTrue();
        assertThat(both.syn(10)).isTrue();
        assertThat(both.syn(9) || both.syn(4_999_999_999L)).isFalse();
        assertThat(LINUX.with(Map.of("tcp_retries2", "none")).giveUp().data(Long.MAX_VALUE - 1))
                .isFalse();
        assertThat(RFC.with(Map.of("tcp_retries2", "3")).giveUp().dataBudgetNs())
                .isEqualTo(15_000_000_000L);
    }

    @ParameterizedTest
    @CsvSource({"0, 0.2", "1, 0.6", "5, 12.6", "8, 102.2", "9, 204.6", "10, 324.6", "15, 924.6", "255, 29724.6"})
    void doublingsAddUp(int retries, double sumS) {
        assertThat(Backoff.sumNs(retries, 200_000_000, 120_000_000_000L)).isEqualTo(Math.round(sumS * SECOND_NS));
    }

    @Test
    void backoffDoublesUpToTheMaximumAndNeverOverflows() {
        assertThat(Backoff.doubledNs(3, 10)).isEqualTo(6);
        assertThat(Backoff.doubledNs(5, 10)).isEqualTo(10);
        assertThat(Backoff.doubledNs(6, 10)).isEqualTo(10);
        assertThat(Backoff.doubledNs(Long.MAX_VALUE - 1, Long.MAX_VALUE)).isEqualTo(Long.MAX_VALUE);
        long stepNs = 204_000_000;
        for (int doublings = 0; doublings < TIMEOUTS_MAX; doublings++) {
            assertThat(Backoff.backedOffNs(204_000_000, doublings, 120_000_000_000L))
                    .isEqualTo(stepNs);
            stepNs = Backoff.doubledNs(stepNs, 120_000_000_000L);
        }
        assertThatThrownBy(() -> Backoff.backedOffNs(0, 1, 5)).hasMessageContaining("0 ns");
        assertThatThrownBy(() -> Backoff.sumNs(-1, 1, 5)).hasMessageContaining("-1");
    }

    private static long dataDeathNs(Profile profile, long rtoNs) {
        long maxNs = profile.ns(TcpConstant.RTO_MAX);
        long firstRetransmissionNs = rtoNs;
        long timeoutNs = rtoNs;
        long nowNs = rtoNs;
        for (int i = 0; i < TIMEOUTS_MAX; i++) {
            if (i > 0 && profile.giveUp().data(nowNs - firstRetransmissionNs)) {
                return nowNs;
            }
            timeoutNs = Backoff.doubledNs(timeoutNs, maxNs);
            nowNs += timeoutNs;
        }
        throw new AssertionError("never given up: " + profile + ", RTO " + rtoNs + " ns");
    }

    /** The times of all timeouts of a SYN, the last of which gives up. */
    private static List<Double> synTimesS(Profile profile) {
        List<Double> times = new ArrayList<>();
        long timeoutNs = profile.ns(TcpConstant.RTO_INITIAL);
        long nowNs = timeoutNs;
        for (int retransmissions = 0; retransmissions < TIMEOUTS_MAX; retransmissions++) {
            times.add(nowNs / SECOND_NS);
            if (profile.giveUp().syn(retransmissions) || profile.giveUp().syn(nowNs)) {
                return times;
            }
            if (profile.giveUp().synDoubles(retransmissions + 1)) {
                timeoutNs = Backoff.doubledNs(timeoutNs, profile.ns(TcpConstant.RTO_MAX));
            }
            nowNs += timeoutNs;
        }
        throw new AssertionError("never given up: " + profile);
    }
}

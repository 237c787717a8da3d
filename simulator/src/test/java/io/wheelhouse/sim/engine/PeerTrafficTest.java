package io.wheelhouse.sim.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.tcp.TcpCount;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

/** The traffic of {@code peer-onoff}, held against what it should be: what is compared with ns-3 must be the same work. */
class PeerTrafficTest {
    private static final int CONNECTIONS = 2_000;
    private static final int SECONDS = 20;
    private static final double WRITE_BYTES = 200;
    private static final double WRITES_A_BURST = 10;

    private static final RunResult RESULT = VirtualEngine.run(
            Scenarios.gallery(
                    "peer-onoff", "connections.peers.count=" + CONNECTIONS, "duration=" + SECONDS + "s", "expect=[]"),
            EngineOptions.quiet(2));

    /**
     * Bursts of a second in cycles of two seconds on average, so half of 16 kbit/s in the long run. As each connection
     * begins with a burst there is a little more: 3/8 s of writing, by the renewal equation of such cycles. It begins half
     * a second after the start of the run on average.
     */
    @Test
    void whatIsOfferedIsTheMeanOfTheProcess() {
        double burstsInTheLongRun = (SECONDS - 0.5) / 2;
        double offered = CONNECTIONS * WRITE_BYTES * WRITES_A_BURST * (burstsInTheLongRun + 0.375);
        assertThat((double) RESULT.total(TcpCount.BYTES_WRITTEN)).isCloseTo(offered, Percentage.withPercentage(2));
    }

    @Test
    void allThatIsOfferedIsDelivered() {
        double written = RESULT.total(TcpCount.BYTES_WRITTEN);
        assertThat((double) RESULT.total(TcpCount.BYTES_DELIVERED_OUTSIDE))
                .isCloseTo(written, Percentage.withPercentage(2))
                .isLessThanOrEqualTo(written);
        assertThat(RESULT.total(TcpCount.DROPPED_QUEUE)).isZero();
    }

    /**
     * One in a hundred is lost on the way; and a lost acknowledgment costs a probe where no write follows within the
     * time a probe waits: the last of ten. Of 200,000 segments four standard deviations are 9 %.
     */
    @Test
    void oneInAHundredIsSentAgain() {
        double data = RESULT.total(TcpCount.BYTES_WRITTEN) / WRITE_BYTES;
        double implied = 0.01 + 0.01 / WRITES_A_BURST;
        assertThat(RESULT.total(TcpCount.RETRANSMISSIONS) / data).isCloseTo(implied, Percentage.withPercentage(9));
        double sent = RESULT.total(TcpCount.SEGMENTS_SENT) + RESULT.total(TcpCount.SEGMENTS_SENT_OUTSIDE);
        assertThat(RESULT.total(TcpCount.DROPPED_LOSS) / sent).isCloseTo(0.01, within(0.0005));
    }

    @Test
    void everyoneIsOpenAndTheLawsAreKept() {
        assertThat(RESULT.groups().get(0).open()).isEqualTo(CONNECTIONS);
        assertThat(RESULT.laws().kept()).as(RESULT.laws().toString()).isTrue();
    }
}

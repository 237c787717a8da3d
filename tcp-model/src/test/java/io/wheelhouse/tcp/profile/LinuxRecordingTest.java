package io.wheelhouse.tcp.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * The Linux estimator against a real kernel: packets captured at it, and what TCP_INFO said after each acknowledgment.
 *
 * <p>The kernel's samples are worked out from the capture. An acknowledgment reaches the kernel a little after the
 * capture point; by how much, the handshake tells: TCP_INFO's first smoothed time less the captured one. A sample of a
 * retransmitted segment comes from timestamps, whole milliseconds of a clock whose phase the captured timestamps bound.
 */
class LinuxRecordingTest {
    @ParameterizedTest
    @CsvSource({"rto_estimator_constant_then_step, 200000", "rto_estimator_rtomin_20ms, 20000"})
    void timeoutIsThatOfTheKernelToTheJiffy(String name, String rtoMinUs) throws Exception {
        LinuxRecording recording = LinuxRecording.load(name);
        RttEstimator estimator =
                Profile.named("linux").with(Map.of("tcp_rto_min_us", rtoMinUs)).estimator();
        List<LinuxRecording.Info> wanted = recording.infos();
        List<LinuxRecording.Info> got = replay(recording, estimator);
        assertThat(got)
                .extracting(LinuxRecording.Info::rtoUs)
                .containsExactlyElementsOf(
                        wanted.stream().map(LinuxRecording.Info::rtoUs).toList());
    }

    @ParameterizedTest
    @CsvSource("rto_estimator_constant_then_step, 200000")
    void smoothedTimeAndDeviationFollowTheKernel(String name, String rtoMinUs) throws Exception {
        LinuxRecording recording = LinuxRecording.load(name);
        RttEstimator estimator =
                Profile.named("linux").with(Map.of("tcp_rto_min_us", rtoMinUs)).estimator();
        List<LinuxRecording.Info> wanted = recording.infos();
        List<LinuxRecording.Info> got = replay(recording, estimator);
        for (int i = 0; i < wanted.size(); i++) {
            assertThat(got.get(i).srttUs())
                    .as("srtt %d", i)
                    .isCloseTo(wanted.get(i).srttUs(), within(60L));
            assertThat(got.get(i).mdevUs())
                    .as("mdev %d", i)
                    .isCloseTo(wanted.get(i).mdevUs(), within(60L));
        }
    }

    /** What TCP_INFO would have said of the estimator, after each acknowledgment of something new. */
    private static List<LinuxRecording.Info> replay(LinuxRecording recording, RttEstimator estimator) {
        int[] row = new int[RttEstimator.STATE_INTS_MAX];
        Map<Long, Double> sentAtS = new HashMap<>();
        Set<Long> retransmitted = new HashSet<>();
        List<LinuxRecording.Info> infos = new ArrayList<>();
        double lagS = recording.acknowledgmentLagS();
        long sndNxt = 0;
        long sndUna = 0;
        for (LinuxRecording.Packet packet : recording.packets()) {
            if (packet.fromKernel() && packet.endSeq() > packet.seq()) {
                if (packet.endSeq() <= sndNxt) {
                    retransmitted.add(packet.endSeq());
                }
                sentAtS.put(packet.endSeq(), packet.atS());
                sndNxt = Math.max(sndNxt, packet.endSeq());
            } else if (!packet.fromKernel() && packet.ack() > sndUna) {
                sndUna = packet.ack();
                double atS = packet.atS() + lagS;
                double rttS = retransmitted.contains(sndUna)
                        ? Math.max(1, recording.timestampAt(atS) - packet.timestampEcho()) / 1e3
                        : atS - Objects.requireNonNull(sentAtS.get(sndUna));
                estimator.sample(row, 0, Math.round(rttS * 1e9), (int) sndUna, (int) sndNxt);
                infos.add(info(estimator, row));
            }
        }
        return infos;
    }

    private static LinuxRecording.Info info(RttEstimator estimator, int[] row) {
        return new LinuxRecording.Info(
                estimator.srttNs(row, 0) / 1_000,
                estimator.variationNs(row, 0) / 1_000,
                estimator.rtoNs(row, 0) / 1_000);
    }
}

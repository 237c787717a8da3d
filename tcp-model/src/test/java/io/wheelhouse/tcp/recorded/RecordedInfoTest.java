package io.wheelhouse.tcp.recorded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.wheelhouse.tcp.TcpInfo;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.ToLongFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * TCP_INFO of the recordings of the test resources: counts and states are the kernel's, and the smoothed times are but for the
 * time that a packet takes from the capture point to the kernel.
 */
class RecordedInfoTest {
    private static final long OFF_MAX_US = 60;

    private static final Map<String, ToLongFunction<TcpInfo>> EXACT = exact();

    private static Map<String, ToLongFunction<TcpInfo>> exact() {
        Map<String, ToLongFunction<TcpInfo>> exact = new LinkedHashMap<>();
        exact.put("ca_state", TcpInfo::congestionState);
        exact.put("retransmits", TcpInfo::retransmits);
        exact.put("probes", TcpInfo::probes);
        exact.put("backoff", TcpInfo::backoff);
        exact.put("ato", info -> info.atoNs() / 1_000);
        exact.put("unacked", TcpInfo::unacked);
        exact.put("lost", TcpInfo::lost);
        exact.put("retrans", TcpInfo::retrans);
        exact.put("snd_cwnd", TcpInfo::sndCwnd);
        return exact;
    }

    static Stream<RecordedCase> shipped() {
        return RecordedCase.shipped();
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void countsAndStatesAreTheKernels(RecordedCase played) {
        for (Playback.Snapshot snapshot : played.wheel().snapshots()) {
            Json fields = snapshot.recorded().fields();
            EXACT.forEach((name, modeled) -> {
                if (fields.has(name)) {
                    assertThat(modeled.applyAsLong(snapshot.modeled()))
                            .as("%s at %d ns", name, snapshot.recorded().atNs())
                            .isEqualTo(fields.get(name).whole(0));
                }
            });
        }
    }

    @ParameterizedTest
    @MethodSource("shipped")
    void smoothedTimesAreTheKernelsButForTheWayToIt(RecordedCase played) {
        for (Playback.Snapshot snapshot : played.wheel().snapshots()) {
            Json fields = snapshot.recorded().fields();
            if (fields.get("rtt").number(0) > 0) {
                TcpInfo modeled = snapshot.modeled();
                assertThat(modeled.srttNs() / 1_000)
                        .as("srtt")
                        .isCloseTo(fields.get("rtt").whole(0), within(OFF_MAX_US));
                if (fields.has("rttvar")) {
                    assertThat(modeled.rttvarNs() / 1_000)
                            .as("mean deviation")
                            .isCloseTo(fields.get("rttvar").whole(0), within(OFF_MAX_US));
                }
            }
        }
    }

    @Test
    void allThatIsComparedWasRecorded() {
        assertThat(EXACT.keySet())
                .allSatisfy(name -> assertThat(shipped().flatMap(played -> played.wheel().snapshots().stream()))
                        .anyMatch(snapshot -> snapshot.recorded().fields().has(name)));
    }
}

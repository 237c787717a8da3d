package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTimesTest {
    private final ConnectionTimes times = new ConnectionTimes();

    private List<String> groups() {
        List<String> groups = new ArrayList<>();
        times.forEachGroup(
                connection -> connection % 2,
                (group, timeNs, largestNs) -> groups.add(group + ": " + timeNs + ", largest " + largestNs));
        return groups;
    }

    @Test
    void addsUpByConnectionAndByGroup() {
        times.add(0, 10);
        times.add(1, 20);
        times.add(2, 30);
        times.add(0, 25);
        times.add(300, 1);
        assertThat(groups()).containsExactly("0: 66, largest 35", "1: 20, largest 20");
    }

    @Test
    void aSuccessorWithTheSameNumberIsAnotherConnection() {
        times.add(4, 30);
        times.end(4, 0);
        times.add(4, 20);
        times.end(4, 0);
        times.add(4, 5);
        assertThat(groups()).containsExactly("0: 55, largest 30");
    }

    @Test
    void oneThatWasNeverServedEndsWithNothing() {
        times.end(9, 1);
        assertThat(groups()).isEmpty();
    }

    @Test
    void aResetForgetsAll() {
        times.add(2, 30);
        times.add(4, 10);
        times.end(4, 0);
        times.reset();
        times.add(2, 3);
        assertThat(groups()).containsExactly("0: 3, largest 3");
    }
}

package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConnectionTimesTest {
    private final ConnectionTimes times = new ConnectionTimes();

    private void serve(int connection, long serviceNs) {
        times.begin(connection);
        times.add(serviceNs);
    }

    private List<String> groups() {
        List<String> groups = new ArrayList<>();
        times.forEachGroup(
                connection -> connection % 2,
                (group, timeNs, largestNs) -> groups.add(group + ": " + timeNs + ", largest " + largestNs));
        return groups;
    }

    @Test
    void addsUpByConnectionAndByGroup() {
        serve(0, 10);
        serve(1, 20);
        serve(2, 30);
        serve(0, 25);
        serve(300, 1);
        assertThat(groups()).containsExactly("0: 66, largest 35", "1: 20, largest 20");
    }

    @Test
    void aSuccessorWithTheSameNumberIsAnotherConnection() {
        serve(4, 30);
        times.end(4, 0);
        serve(4, 20);
        times.end(4, 0);
        serve(4, 5);
        assertThat(groups()).containsExactly("0: 55, largest 30");
    }

    @Test
    void theServiceInWhichAConnectionEndsIsItsOwn() {
        serve(2, 30);
        times.begin(2);
        times.end(2, 0);
        times.add(7);
        serve(2, 1);
        assertThat(groups()).containsExactly("0: 38, largest 37");
    }

    @Test
    void oneThatEndsWhileAnotherIsServedIsCountedAtOnce() {
        serve(2, 30);
        times.begin(4);
        times.end(2, 0);
        times.add(50);
        assertThat(groups()).containsExactly("0: 80, largest 50");
    }

    @Test
    void oneThatWasNeverServedEndsWithNothing() {
        times.end(9, 1);
        assertThat(groups()).isEmpty();
    }

    @Test
    void aResetForgetsAllButWhoHasTheProcessor() {
        serve(2, 30);
        serve(4, 10);
        times.end(4, 0);
        times.reset();
        serve(2, 3);
        assertThat(groups()).containsExactly("0: 3, largest 3");
    }
}

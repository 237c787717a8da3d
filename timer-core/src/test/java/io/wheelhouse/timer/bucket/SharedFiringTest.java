package io.wheelhouse.timer.bucket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A firing as a timer sees it that shares its entry with an earlier one. */
class SharedFiringTest {
    private static Firing firing() {
        Firing firing = new Firing();
        // deadline 100, expiry 104, wake-up 110, start 150, in transit for 20 of the last 40
        firing.set(100, 104, 110, 150, 20);
        return firing;
    }

    /** Deadline of its own; then the four parts of its lateness. */
    @ParameterizedTest
    @CsvSource({
        "101, 3, 6, 20, 20",
        "104, 0, 6, 20, 20",
        "107, 0, 3, 20, 20",
        "110, 0, 0, 20, 20",
        "125, 0, 0, 20, 5",
        "140, 0, 0, 10, 0",
        "150, 0, 0, 0, 0"
    })
    void expiresNoEarlierThanItsOwnDeadline(long deadline, long rounding, long tick, long handoff, long queueing) {
        Firing own = firing().of(deadline, 0);
        assertThat(own.deadlineNs()).isEqualTo(deadline);
        assertThat(own.startNs()).isEqualTo(150);
        assertThat(own.roundingNs()).isEqualTo(rounding);
        assertThat(own.tickNs()).isEqualTo(tick);
        assertThat(own.handoffNs()).isEqualTo(handoff);
        assertThat(own.queueingNs()).isEqualTo(queueing);
        assertThat(own.latenessNs()).isEqualTo(150 - deadline);
    }

    @Test
    void theEntrysOwnTimerSeesTheFiringItself() {
        Firing firing = firing();
        assertThat(firing.of(100, 0)).isSameAs(firing);
        assertThat(firing.of(90, 0)).isSameAs(firing);
    }

    @Test
    void aLaterCallbackOfTheSameServiceHasWaitedForThoseBeforeIt() {
        Firing first = firing();
        Firing second = first.of(first.deadlineNs(), 25);
        assertThat(second.startNs()).isEqualTo(first.startNs() + 25);
        assertThat(second.queueingNs()).isEqualTo(first.queueingNs() + 25);
        assertThat(second.handoffNs()).isEqualTo(first.handoffNs());
        assertThat(second.latenessNs())
                .isEqualTo(second.roundingNs() + second.tickNs() + second.handoffNs() + second.queueingNs());
    }
}

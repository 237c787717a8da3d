package io.wheelhouse.timer.thread;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class MailboxTest {
    private final Mailbox<Integer> mailbox = new Mailbox<>();
    private final List<Integer> taken = new ArrayList<>();

    @Test
    void messagesAreTakenInTheOrderInWhichTheyWereLeft() {
        assertThat(mailbox.isEmpty()).isTrue();
        mailbox.leave(1);
        mailbox.leave(2);
        mailbox.leave(3);
        assertThat(mailbox.isEmpty()).isFalse();
        assertThat(mailbox.takeAll(taken::add)).isEqualTo(3);
        assertThat(taken).containsExactly(1, 2, 3);
        assertThat(mailbox.isEmpty()).isTrue();
        assertThat(mailbox.takeAll(taken::add)).isZero();
    }

    @Test
    void aMessageLeftWhileOthersAreTakenIsTakenNextTime() {
        mailbox.leave(1);
        mailbox.takeAll(message -> mailbox.leave(message + 1));
        mailbox.takeAll(taken::add);
        assertThat(taken).containsExactly(2);
    }

    @Test
    void aReaderThatThrowsLosesNoMessage() {
        mailbox.leave(1);
        mailbox.leave(2);
        assertThatThrownBy(() -> mailbox.takeAll(message -> {
                    taken.add(message);
                    throw new IllegalStateException("of message " + message);
                }))
                .isInstanceOf(IllegalStateException.class);
        assertThat(taken).containsExactly(1, 2);
    }

    @Test
    @Timeout(60)
    void nothingIsLostOrDoubledBetweenThreads() throws InterruptedException {
        int threads = 3;
        int each = 20_000;
        List<Thread> leavers = new ArrayList<>();
        for (int t = 0; t < threads; t++) {
            int first = t * each;
            Thread leaver = new Thread(() -> {
                for (int i = 0; i < each; i++) {
                    mailbox.leave(first + i);
                }
            });
            leavers.add(leaver);
            leaver.start();
        }
        int count = 0;
        while (count < threads * each) {
            count += mailbox.takeAll(taken::add);
            Thread.onSpinWait();
        }
        for (Thread leaver : leavers) {
            leaver.join();
        }
        assertThat(mailbox.takeAll(taken::add)).isZero();
        int[] last = new int[threads];
        java.util.Arrays.fill(last, -1);
        for (int message : taken) {
            int from = message / each;
            assertThat(message % each).isEqualTo(last[from] + 1);
            last[from] = message % each;
        }
    }
}

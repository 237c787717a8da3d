package io.wheelhouse.timer.thread;

import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Where any thread leaves messages for one that takes them, in the order in which they were left.
 *
 * <p>A stack of linked messages: leaving one swaps the top, taking all of them swaps it for nothing and turns the order
 * around. Leaving never blocks and never fails, so it can be done while a bucket is in nobody's hands; each costs one
 * object. It holds what its users leave; those of {@link Handoff} leave a bounded number each.
 *
 * <p>Assumptions and guarantees: any number of threads {@linkplain #leave leave}; one {@linkplain #takeAll takes}. What a
 * thread did before it left a message happens before what the taker does with it. Messages of one thread are taken in
 * the order in which it left them.
 *
 * @param <M> what is left
 */
final class Mailbox<M> {

    private static final class Letter<M> {
        final M message;

        @Nullable
        Letter<M> next;

        Letter(M message, @Nullable Letter<M> next) {
            this.message = message;
            this.next = next;
        }
    }

    private final AtomicReference<@Nullable Letter<M>> newest = new AtomicReference<>();

    /** Leaves a message. */
    void leave(M message) {
        Letter<M> letter = new Letter<>(message, newest.get());
        while (!newest.compareAndSet(letter.next, letter)) {
            letter.next = newest.get();
        }
    }

    /**
     * Takes all that is there now. A message whose reader throws is taken too, and so are those after it.
     *
     * @param reader is given each message; what it throws last is thrown when all are read
     * @return how many there were
     */
    int takeAll(Consumer<? super M> reader) {
        if (newest.get() == null) {
            return 0;
        }
        Letter<M> letter = oldestFirst(newest.getAndSet(null));
        int taken = 0;
        RuntimeException failure = null;
        while (letter != null) {
            try {
                reader.accept(letter.message);
            } catch (RuntimeException e) {
                failure = e;
            }
            taken++;
            letter = letter.next;
        }
        if (failure != null) {
            throw failure;
        }
        return taken;
    }

    private static <M> @Nullable Letter<M> oldestFirst(@Nullable Letter<M> newest) {
        Letter<M> oldest = null;
        Letter<M> letter = newest;
        while (letter != null) {
            Letter<M> older = letter.next;
            letter.next = oldest;
            oldest = letter;
            letter = older;
        }
        return oldest;
    }

    /** Whether nothing is there. */
    boolean isEmpty() {
        return newest.get() == null;
    }
}

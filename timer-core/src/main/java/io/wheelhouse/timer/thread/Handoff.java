package io.wheelhouse.timer.thread;

import io.wheelhouse.timer.ServiceMeter;
import io.wheelhouse.timer.bucket.TimerBucket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicIntegerArray;
import java.util.concurrent.atomic.AtomicReferenceArray;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BiConsumer;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * What timer threads share: their mailboxes, the buckets' inboxes, and where each bucket was sent last. Buckets change
 * hands through it while callbacks run elsewhere, and other threads reach a bucket through it wherever it is.
 *
 * <p>A move, asked for by the one coordinator:
 *
 * <pre>
 *   coordinator             owner (from)                       new owner (to)
 *   ----------------------  ---------------------------------  ---------------------------------
 *   ordered[b]: 0 → 1
 *   Order to from's mailbox
 *                           between two callbacks:
 *                           not mine, or another epoch:
 *                             counted, ordered[b] → 0
 *                           else: off its agenda and queues
 *                             sentTo[b] = to
 *                             Arrival(b) to to's mailbox,
 *                             which wakes it
 *                                                              takes b: epoch + 1, on its agenda
 *                                                              reads b's inbox to its end
 *                                                              ordered[b] → 0
 * </pre>
 *
 * <p>So a bucket is in the hands of one thread, or in one mailbox; mailboxes have room for all of them, so handing over
 * never waits. Reaching a bucket from any other thread:
 *
 * <pre>
 *   any thread                        thread o                        new owner
 *   --------------------------------  ------------------------------  ---------------------
 *   1 leaves a command in b's inbox
 *   2 reads o = sentTo[b]
 *   3 leaves Hint(b) with o
 *                                     owns b: reads b's inbox
 *                                     b is to come: nothing, reading
 *                                       follows its arrival
 *                                     sent b on: passes the hint on
 * </pre>
 *
 * <p>If the bucket was sent on between 2 and 3, whoever it arrives at reads its inbox after 1: no command is lost. The
 * order of steps 1 and 2 matters, and so does that of reading the inbox after adopting; docs/model breaks each of them.
 *
 * <p>Assumptions and guarantees: one coordinator calls {@link #order}; at most one order is out for each bucket, so a
 * mailbox holds at most one order and one arrival of each, and one hint for each command that is not yet read. What a
 * bucket's owner did before it handed over happens before what the next one does. Commands of one thread for one bucket
 * run in the order in which they were submitted.
 */
public final class Handoff {
    private final AtomicIntegerArray sentTo;
    private final AtomicIntegerArray ordered;
    private final AtomicInteger outstanding = new AtomicInteger();
    private final List<Mailbox<Letter<?>>> inboxes = new ArrayList<>();
    private final List<Mailbox<Mail>> mailboxes = new ArrayList<>();
    private final AtomicReferenceArray<@Nullable Thread> sleepers;

    /** A command, and where its outcome goes; nowhere, if nobody asks for it. */
    private record Letter<R extends @Nullable Object>(
            BucketCommand<R> command, @Nullable CompletableFuture<R> outcome) {
        void run(TimerBucket bucket, LiveMeter meter, Consumer<Throwable> failed) {
            R result;
            try {
                result = command.run(bucket, meter);
            } catch (RuntimeException | Error e) {
                failed.accept(e);
                if (outcome != null) {
                    outcome.completeExceptionally(e);
                }
                return;
            }
            if (outcome != null) {
                outcome.complete(result);
            }
        }

        void cancel() {
            if (outcome != null) {
                outcome.completeExceptionally(new CancellationException("the timer threads have ended"));
            }
        }
    }

    /**
     * @param buckets how many, numbered from 0
     * @param threads how many timer threads, numbered from 0
     */
    public Handoff(int buckets, int threads) {
        sentTo = new AtomicIntegerArray(buckets);
        ordered = new AtomicIntegerArray(buckets);
        sleepers = new AtomicReferenceArray<>(threads);
        for (int bucket = 0; bucket < buckets; bucket++) {
            inboxes.add(new Mailbox<>());
        }
        for (int thread = 0; thread < threads; thread++) {
            mailboxes.add(new Mailbox<>());
        }
    }

    // ---- for anybody ----------------------------------------------------------------------------------------------

    /**
     * Has a command run by the thread that owns a bucket.
     *
     * @return its outcome; cancelled if the threads end before it is run
     */
    public <R extends @Nullable Object> CompletableFuture<R> submit(int bucket, BucketCommand<R> command) {
        CompletableFuture<R> outcome = new CompletableFuture<>();
        inboxes.get(bucket).leave(new Letter<>(command, outcome));
        hint(bucket);
        return outcome;
    }

    /** Has a command run by the thread that owns a bucket, by someone who need not know when. */
    public void tell(int bucket, BiConsumer<TimerBucket, ServiceMeter> command) {
        BucketCommand<Boolean> told = (owned, meter) -> {
            command.accept(owned, meter);
            return true;
        };
        inboxes.get(bucket).leave(new Letter<>(told, null));
        hint(bucket);
    }

    private void hint(int bucket) {
        mail(sentTo.get(bucket), new Mail.Hint(bucket));
    }

    /** Has a task run by a timer thread between two of its callbacks. */
    public void errand(int thread, Runnable task) {
        mail(thread, new Mail.Errand(task));
    }

    private void mail(int thread, Mail mail) {
        mailboxes.get(thread).leave(mail);
        wake(thread);
    }

    /** Wakes a timer thread that sleeps, or that is about to. */
    public void wake(int thread) {
        LockSupport.unpark(sleepers.get(thread));
    }

    // ---- for the coordinator --------------------------------------------------------------------------------------

    /**
     * Orders a bucket to be moved, unless an earlier order for it is still out.
     *
     * @return whether it was ordered
     */
    public boolean order(int bucket, int from, int to, long expectedEpoch) {
        if (from == to) {
            throw new IllegalArgumentException("bucket " + bucket + " is to move from thread " + from + " to itself");
        }
        if (!ordered.compareAndSet(bucket, 0, 1)) {
            return false;
        }
        outstanding.incrementAndGet();
        mail(from, new Mail.Order(bucket, to, expectedEpoch));
        return true;
    }

    /** Orders that have neither been carried out nor dropped. While it is 0 every bucket has an owner. */
    public int outstanding() {
        return outstanding.get();
    }

    /** After all threads have ended: commands that nobody will run. */
    public void cancelCommands() {
        for (Mailbox<Letter<?>> inbox : inboxes) {
            inbox.takeAll(Letter::cancel);
        }
    }

    // ---- for timer threads ----------------------------------------------------------------------------------------

    /** A thread begins to sleep and wake up by this. */
    void attach(int thread, Thread sleeper) {
        sleepers.set(thread, sleeper);
    }

    int read(int thread, Consumer<Mail> reader) {
        return mailboxes.get(thread).takeAll(reader);
    }

    /** Hands a bucket over. */
    void send(TimerBucket bucket, int to, long fromNs) {
        sentTo.set(bucket.id(), to);
        mail(to, new Mail.Arrival(bucket, fromNs));
    }

    /** The first owner of a bucket has it. */
    void settled(int bucket, int owner) {
        sentTo.set(bucket, owner);
    }

    /** An order has been carried out or dropped. */
    void done(int bucket) {
        boolean wasOut = ordered.compareAndSet(bucket, 1, 0);
        assert wasOut : "bucket " + bucket + " moved without an order";
        outstanding.decrementAndGet();
    }

    /** A hint for a bucket that the thread does not own: whoever it was sent to last reads its inbox, now or on arrival. */
    void passOn(int bucket, int reader) {
        if (sentTo.get(bucket) != reader) {
            hint(bucket);
        }
    }

    /**
     * Runs the commands in a bucket's inbox.
     *
     * @param failed is told what a command threw, which its outcome says too
     * @return how many
     */
    int runCommands(TimerBucket bucket, LiveMeter meter, Consumer<Throwable> failed) {
        return inboxes.get(bucket.id()).takeAll(letter -> letter.run(bucket, meter, failed));
    }
}

package io.wheelhouse.timer.bucket;

import java.util.Arrays;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A processor's queue of its buckets that have work, served in the order of a discipline.
 *
 * <p>A bucket stands in it as a token, and to the discipline each bucket is a connection of one token: with a
 * {@link FifoDiscipline} the buckets take turns, an item a turn; with one that keeps account of service they share the
 * processor's time, however much each offers.
 *
 * <p>A bucket that is queued when no other waits or is being served goes past the discipline; as soon as another comes, it is
 * where it would have been.
 *
 * <p>It holds each bucket at most once, so its length is bounded by the number of buckets owned. Adding and taking cost
 * what they cost the discipline; removing, O(length) with a FIFO. Nothing is allocated once it has held as many buckets
 * before. Used by the owner's thread alone.
 *
 * <p>The bucket that was taken and served is charged for when it has been queued again, or will not be, so that a bucket
 * with more work is not taken for one that has run out of it.
 */
public final class RunQueue {
    static final int NO_TOKEN = -1;
    private static final int FIRST_CAPACITY = 16;
    private static final int AHEAD = 16;

    private final WorkItems tokens = new WorkItems();
    private final QueueDiscipline discipline;
    private final boolean passesLone;
    private TimerBucket[] buckets = new TimerBucket[FIRST_CAPACITY];
    private int size;

    // the only bucket that waits, if it is not in the discipline; and the one taken last, until it is charged for
    private @Nullable TimerBucket lone;
    private @Nullable TimerBucket taken;
    private boolean isTakenPast;

    // of those that wait, how many from the first on have been touched, and the last of them
    private int ahead;
    private int lastTouched = NO_TOKEN;
    // keeps the compiler from leaving out loads that only bring rows into the cache
    long touched;

    /** A queue in which buckets take turns, one packet or callback each. */
    public RunQueue() {
        this(FifoDiscipline::new);
    }

    /**
     * @param discipline makes what says which bucket is served next, over the tokens that stand for buckets
     */
    public RunQueue(Function<WorkItems, QueueDiscipline> discipline) {
        this.discipline = discipline.apply(tokens);
        passesLone = this.discipline.passesLone();
    }

    /** Adds a bucket, unless it is queued already. */
    public void add(TimerBucket bucket) {
        if (bucket.queued) {
            return;
        }
        bucket.queued = true;
        if (size++ == 0 && taken == null && passesLone) {
            lone = bucket;
        } else {
            enqueue(bucket);
        }
    }

    /** Gives a bucket to the discipline, and before it the one that went past it. */
    private void enqueue(TimerBucket bucket) {
        if (lone != null) {
            discipline.enqueue(tokenOf(lone), lone.id());
            lone = null;
        } else if (isTakenPast && taken != null) {
            discipline.enqueue(tokenOf(taken), taken.id());
            discipline.dequeue();
            isTakenPast = false;
        }
        discipline.enqueue(tokenOf(bucket), bucket.id());
    }

    private int tokenOf(TimerBucket bucket) {
        if (bucket.runToken == NO_TOKEN) {
            takeToken(bucket);
        }
        return bucket.runToken;
    }

    private void takeToken(TimerBucket bucket) {
        int token = tokens.token(bucket.id(), bucket.id());
        if (token >= buckets.length) {
            buckets = Arrays.copyOf(buckets, token + (token >> 1));
        }
        buckets[token] = bucket;
        bucket.runToken = token;
    }

    /** Takes the bucket whose turn it is, which is to be charged for; null when none has work. */
    public @Nullable TimerBucket poll() {
        if (size == 0) {
            return null;
        }
        size--;
        TimerBucket bucket = lone;
        isTakenPast = bucket != null;
        if (bucket == null) {
            bucket = buckets[discipline.dequeue()];
            ahead = Math.max(0, ahead - 1);
        }
        lone = null;
        taken = bucket;
        bucket.queued = false;
        return bucket;
    }

    /**
     * Brings closer what the next buckets will serve, where many wait; otherwise that has just been in use. Called before
     * {@link #poll}.
     */
    public void touchAhead() {
        if (size < AHEAD || ahead > AHEAD / 2) {
            return;
        }
        int token = discipline.peek(ahead == 0 ? QueueDiscipline.NONE : lastTouched);
        while (token != QueueDiscipline.NONE && ahead < AHEAD) {
            touched += buckets[token].touchItem();
            ahead++;
            lastTouched = token;
            token = discipline.peek(token);
        }
    }

    /** Tells what serving the bucket last taken cost; it is queued again by now if it still has work. */
    public void charge(TimerBucket bucket, long serviceNs) {
        if (!isTakenPast) {
            discipline.charge(bucket.id(), serviceNs);
        }
        taken = null;
        isTakenPast = false;
    }

    /** Takes a bucket out for good, wherever it stands; the one last taken has been charged for. */
    public void remove(TimerBucket bucket) {
        if (bucket == lone) {
            lone = null;
            size--;
        } else if (bucket.queued) {
            discipline.remove(bucket.runToken, bucket.id());
            size--;
            ahead = 0;
        }
        bucket.queued = false;
        if (bucket.runToken != NO_TOKEN) {
            tokens.release(bucket.runToken);
            bucket.runToken = NO_TOKEN;
        }
    }

    public boolean isEmpty() {
        return size == 0;
    }

    /** How many buckets have work. */
    public int size() {
        return size;
    }
}

/*
 * The handoff of buckets between timer threads, as io.wheelhouse.timer.thread.Handoff and TimerThread do it.
 *
 * One bucket with one timer, two timer threads, a coordinator that orders it moved MOVES times (from what may be an old
 * view of it, and back and forth), and another thread that submits COMMANDS commands, each an arming or a cancel.
 *
 * No read is atomic with what follows it: each read of something shared is a step, and any other process may run
 * between it and what is done with the value. Leaving a message in a mailbox or inbox is one step, and so is taking one:
 * in the program each is one compare-and-swap. Time is free: a timer may become due at any moment after its arming.
 *
 * What must hold in all interleavings:
 *   owner   at most one thread owns the bucket, and nobody else touches its timer
 *   once    each arming ends exactly once: fired, cancelled or superseded; or it is pending at the end
 *   cancel  no timer fires after its cancel has returned on the owner's thread, or was acknowledged to another
 *   due     at the end no timer is due, no command or mail is unread, and the bucket has an owner
 *
 * check.sh proves that, and that each weakened version below breaks it:
 *   W_FORGET_LATE      the giver stops owning the bucket after it has sent it
 *   W_ANYBODY_GIVES    an order is carried out without looking whether the bucket is there
 *   W_SENT_TO_LATE     the giver says where it sent the bucket after it has sent it
 *   W_NO_DRAIN         the taker does not read the inbox when the bucket arrives
 *   W_STRAY_HINT       the place is read before the command is left, and hints are not passed on
 *   W_NO_QUEUE         the taker does not queue a bucket whose timer has expired and waits
 *   W_NO_WAKE          leaving mail does not wake a thread that sleeps
 *   W_DONE_EARLY       the order counts as done when the bucket is sent, not when it has arrived
 *   W_ACK_EARLY        a cancel is acknowledged when it has been left in the inbox
 *   W_CANCEL_THERE     another thread cancels the timer itself
 * Two that are harmless, and are shown to be: of the two that make W_STRAY_HINT, each alone
 *   H_READ_FIRST       the place is read before the command is left
 *   H_NO_PASS          hints are not passed on
 */

#ifndef MOVES
#define MOVES 2
#endif
#ifndef COMMANDS
#define COMMANDS 2
#endif
#define THREADS 2

#ifdef W_STRAY_HINT
#define H_READ_FIRST
#define H_NO_PASS
#endif

mtype = { Order, Arrival, Hint, Arm, Cancel };

/* shared */
chan mailbox[THREADS] = [6] of { mtype, byte };   /* Order(expected epoch), Arrival, Hint */
chan inbox = [COMMANDS] of { mtype };
bool permit[THREADS];                             /* a wake-up that came before the sleep ends it at once */
byte sentTo;                                      /* the thread that the bucket was sent to last */
bool ordered;                                     /* an order for the bucket is out */
bool stopped;                                     /* the coordinator and the other thread have ended */
bool otherEnded;

/* the bucket: its owner's alone */
byte epoch;
bool armed = true;     /* in the timer queue */
bool due;              /* its deadline has come */
bool waits;            /* expired, and waiting to be served */
bool queued[THREADS];  /* in that thread's run queue */

/* what the properties are about */
bool owns[THREADS];
byte begun = 1;        /* armings */
byte ended;            /* fired, cancelled, superseded */
bool withdrawn;        /* the last arming is known to be cancelled */
byte unread;           /* commands left and not yet run */

#define owners (owns[0] + owns[1])

inline touch() {
    assert(owns[me] && owners == 1)
}

inline wake(who) {
#ifndef W_NO_WAKE
    permit[who] = true
#else
    skip
#endif
}

inline cancelTimer() {
    if
    :: armed || waits -> armed = false; due = false; waits = false; ended++; withdrawn = true
    :: else
    fi
}

/* The commands in the inbox, each run by whoever calls this. */
inline readInbox() {
    do
    :: inbox?command ->
        atomic {
            touch();
            if
            :: command == Arm ->
                if
                :: armed || waits -> ended++
                :: else
                fi;
                armed = true; due = false; waits = false; withdrawn = false; begun++
            :: command == Cancel ->
                cancelTimer()
            fi;
            command = 0;
            unread--
        }
    :: empty(inbox) -> break
    od
}

proctype TimerThread(byte me) {
    byte expected, place;
    mtype command;
    do
    :: mailbox[me]?Order(expected) ->
        if
#ifdef W_ANYBODY_GIVES
        :: true ->
#else
        :: !owns[me] || epoch != expected ->
            expected = 0;
            ordered = false
        :: else ->
#endif
            touch();
            queued[me] = false;
#ifndef W_FORGET_LATE
            owns[me] = false;
#endif
#ifndef W_SENT_TO_LATE
            sentTo = 1 - me;
#endif
#ifdef W_DONE_EARLY
            ordered = false;
#endif
            expected = 0;
            mailbox[1 - me]!Arrival(0);
            wake(1 - me)
#ifdef W_FORGET_LATE
            ; owns[me] = false
#endif
#ifdef W_SENT_TO_LATE
            ; sentTo = 1 - me
#endif
        fi
    :: mailbox[me]?Arrival(_) ->
        atomic {
            owns[me] = true;
            touch();
            epoch++;
#ifndef W_NO_QUEUE
            queued[me] = waits
#endif
        }
#ifndef W_NO_DRAIN
        readInbox();
#endif
#ifndef W_DONE_EARLY
        ordered = false
#endif
    :: mailbox[me]?Hint(_) ->
        if
        :: owns[me] -> readInbox()
        :: else ->
#ifdef H_NO_PASS
            skip
#else
            place = sentTo;
            if
            :: place != me -> mailbox[place]!Hint(0); wake(place)
            :: else   /* on its way to this thread, which reads the inbox when it arrives */
            fi
#endif
        fi
    /* one turn after the mail: what is due expires, then one that waits is served */
    :: empty(mailbox[me]) && owns[me] && armed && due ->
        atomic { touch(); armed = false; waits = true; queued[me] = true }
    :: empty(mailbox[me]) && queued[me] ->
        atomic {
            queued[me] = false;
            touch();
            if
            :: waits ->
                assert(!withdrawn);
                waits = false; due = false; ended++
            :: else    /* withdrawn while it waited */
            fi
        }
    /* nothing to do: sleeps until mail wakes it, or its timer is due */
    :: empty(mailbox[me]) && !(owns[me] && armed && due) && !queued[me] ->
asleep: end:
        if
        :: permit[me] -> permit[me] = false
        :: owns[me] && armed && due
        fi
    od
}

proctype Coordinator() {
    byte moves, from, expected;
    do
    :: moves < MOVES ->
        /* what it knows of the bucket may be old: any thread and any epoch that the bucket has had */
        if
        :: from = 0
        :: from = 1
        fi;
        expected = epoch;
        !ordered;
        ordered = true;
        mailbox[from]!Order(expected);
        wake(from);
        atomic { from = 0; expected = 0; moves++ }
    :: else -> break
    od;
    /* the end: when no order is out, the bucket has an owner */
    !ordered;
    assert(owners == 1);
    stopped = true
}

proctype Other() {
    byte left, place;
    mtype command;
    do
    :: left < COMMANDS ->
        if
        :: command = Arm
        :: command = Cancel
        fi;
#ifdef W_CANCEL_THERE
        place = sentTo;
        if
        :: command == Cancel -> assert(owns[place]); cancelTimer(); left++; goto next
        :: else
        fi;
#endif
#ifdef H_READ_FIRST
        place = sentTo;
#endif
        atomic { inbox!command; unread++ };
#ifdef W_ACK_EARLY
        if
        :: command == Cancel -> withdrawn = true
        :: else
        fi;
#endif
#ifndef H_READ_FIRST
        place = sentTo;
#endif
        mailbox[place]!Hint(0);
        wake(place);
        atomic { place = 0; command = 0; left++ }
    :: else -> break
next:   skip
    od;
    otherEnded = true
}

/* Deadlines come when they like. */
proctype Time() {
end:
    do
    :: armed && !due -> due = true
    od
}

/* When nobody can do anything any more. */
proctype End() {
    timeout;
    assert(stopped && otherEnded);
    assert(owners == 1);
    assert(unread == 0 && empty(mailbox[0]) && empty(mailbox[1]));
    assert(!waits && !(armed && due));
    assert(begun == ended + armed)
}

init {
    atomic {
        owns[0] = true;
        run TimerThread(0);
        run TimerThread(1);
        run Coordinator();
        run Other();
        run Time();
        run End()
    }
}

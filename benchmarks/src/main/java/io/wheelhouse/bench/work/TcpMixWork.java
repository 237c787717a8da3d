package io.wheelhouse.bench.work;

import io.wheelhouse.bench.structure.Contender;

/**
 * The periodic TCP mix. A connection has three timers: write, delayed ACK, keepalive. Connections are picked at random,
 * each every 50 ms on average, and one of these happens, by share:
 * <ul>
 *   <li>102 of 256: a segment is sent; the write timer is re-armed for the connection's RTO, 200..1000 ms.
 *   <li>51: an ACK leaves data outstanding; the write timer is re-armed.
 *   <li>26: an ACK covers everything; the write timer is cancelled.
 *   <li>64: a request comes and is answered at once; the delayed-ACK timer is armed for 40 ms and cancelled, and the
 *       write timer re-armed.
 *   <li>13: data comes and is not answered; the delayed-ACK timer is armed, and mostly expires.
 * </ul>
 * On expiry the write timer is re-armed for twice the RTO, and the keepalive timer for its period, 60 s for each fourth
 * connection and 2 h for the others. An operation is an arm, re-arm, cancel or expiry, with its share of the ticks.
 */
final class TcpMixWork implements Work {
    private static final long SEED = 0x4_5e47;
    private static final int TICKS_OF_PASS = 10;
    private static final int TICKS_TO_SETTLE = 1_000;

    private static final int TIMERS_OF_CONNECTION = 3;
    private static final int WRITE = 0;
    private static final int DELAYED_ACK = 1;
    private static final int KEEPALIVE = 2;

    private static final long DELAYED_ACK_NS = 40_000_000;
    private static final long SHORT_KEEPALIVE_NS = 60_000_000_000L;
    private static final long LONG_KEEPALIVE_NS = 7_200_000_000_000L;

    private static final int EVENTS = 256;
    private static final int ACKED_SOME_BELOW = 153;
    private static final int ACKED_ALL_BELOW = 179;
    private static final int REQUEST_BELOW = 243;

    private final Draws draws = new Draws(SEED);
    private final TimerSet timers;
    private final int connectionsOfQueue;
    private final int eventsOfTick;
    private long operations;

    TcpMixWork(Contender contender, Size size) {
        this.timers = new TimerSet(contender, size, this::onExpiry);
        this.connectionsOfQueue = Math.max(1, size.timersOfQueue() / TIMERS_OF_CONNECTION);
        this.eventsOfTick = Math.max(1, connectionsOfQueue * size.queues() / Rto.TICKS_BETWEEN_SEGMENTS);
        int unused = connectionsOfQueue * TIMERS_OF_CONNECTION;
        for (int timer : timers.shuffled(draws)) {
            int number = timers.numberInQueue(timer);
            if (number % TIMERS_OF_CONNECTION == KEEPALIVE && number < unused) {
                timers.arm(timer, 1 + draws.below(keepaliveNs(timer)));
            }
        }
    }

    @Override
    public long pass() {
        long operationsBefore = operations;
        for (int tick = 0; tick < TICKS_OF_PASS; tick++) {
            for (int event = 0; event < eventsOfTick; event++) {
                happen(draws.next());
            }
            timers.tick();
        }
        return operations - operationsBefore;
    }

    private void happen(long draw) {
        int picked = timers.pick(draw, connectionsOfQueue);
        // Times three, of the number in the queue alone: the queue's bits stay.
        int connection = picked + 2 * timers.numberInQueue(picked);
        int event = (int) Draws.lower(draw, EVENTS);
        if (event < ACKED_SOME_BELOW) {
            armWrite(connection, 1);
        } else if (event < ACKED_ALL_BELOW) {
            timers.cancel(connection + WRITE);
            operations++;
        } else if (event < REQUEST_BELOW) {
            armDelayedAck(connection);
            timers.cancel(connection + DELAYED_ACK);
            operations++;
            armWrite(connection, 1);
        } else {
            armDelayedAck(connection);
        }
    }

    private void armWrite(int connection, int factor) {
        timers.arm(connection + WRITE, timers.nowNs() + factor * Rto.ofConnectionNs(connection));
        operations++;
    }

    private void armDelayedAck(int connection) {
        timers.arm(connection + DELAYED_ACK, timers.nowNs() + DELAYED_ACK_NS);
        operations++;
    }

    private void onExpiry(int timer, long nowNs) {
        operations++;
        int kind = timers.numberInQueue(timer) % TIMERS_OF_CONNECTION;
        if (kind == WRITE) {
            armWrite(timer, 2);
        } else if (kind == KEEPALIVE) {
            timers.arm(timer, nowNs + keepaliveNs(timer));
            operations++;
        }
    }

    private static long keepaliveNs(int timer) {
        return timer % (4 * TIMERS_OF_CONNECTION) == KEEPALIVE ? SHORT_KEEPALIVE_NS : LONG_KEEPALIVE_NS;
    }

    @Override
    public int passesToSettle() {
        return TICKS_TO_SETTLE / TICKS_OF_PASS;
    }

    /** How many timers have expired so far. */
    long fired() {
        return timers.fired();
    }
}

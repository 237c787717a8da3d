package io.wheelhouse.timer.queue;

import java.util.ArrayList;
import java.util.List;

/** A handler that writes down what it is given. */
final class Expiries implements ExpiryHandler {

    record Expiry(int timer, long deadlineNs, long expiryNs) {}

    private final List<Expiry> all = new ArrayList<>();

    @Override
    public void onExpiry(int timer, long deadlineNs, long expiryNs) {
        all.add(new Expiry(timer, deadlineNs, expiryNs));
    }

    List<Expiry> all() {
        return all;
    }

    List<Integer> timers() {
        return all.stream().map(Expiry::timer).toList();
    }

    /** What a queue hands out at that time, whatever the number. */
    static List<Integer> of(TimerQueue queue, long nowNs) {
        Expiries expiries = new Expiries();
        queue.advance(nowNs, Integer.MAX_VALUE, expiries);
        return expiries.timers();
    }
}

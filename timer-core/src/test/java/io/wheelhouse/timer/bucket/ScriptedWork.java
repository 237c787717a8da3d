package io.wheelhouse.timer.bucket;

import io.wheelhouse.timer.ServiceMeter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Work for tests: writes down what happens, and does what it was told to. An event's number is that of the packet that
 * arrives with it. Timer t belongs to connection t / 10.
 */
public final class ScriptedWork implements BucketWork {

    /** What a packet or callback does while it has the processor. */
    @FunctionalInterface
    public interface Action {
        void run(TimerBucket bucket, ServiceMeter meter);
    }

    /** All that happened, in order, for example {@code packet 3 at 100}. */
    public final List<String> log = new ArrayList<>();

    private final Map<Integer, Consumer<TimerBucket>> onEvent = new HashMap<>();
    private final Map<Integer, Action> onPacket = new HashMap<>();
    private final Map<Integer, Action> onExpiry = new HashMap<>();

    /** Done before the event's packet arrives. */
    public ScriptedWork whenEvent(int event, Consumer<TimerBucket> action) {
        onEvent.put(event, action);
        return this;
    }

    public ScriptedWork whenPacket(int packet, Action action) {
        onPacket.put(packet, action);
        return this;
    }

    public ScriptedWork whenExpired(int timer, Action action) {
        onExpiry.put(timer, action);
        return this;
    }

    @Override
    public void onEvent(TimerBucket bucket, int connection, int event, long atNs) {
        log.add("event " + event + " at " + atNs);
        onEvent.getOrDefault(event, anyBucket -> {}).accept(bucket);
        bucket.packetArrived(connection, event, atNs);
    }

    @Override
    public void onOutsideExpiry(TimerBucket bucket, int timer, long atNs) {
        log.add("outside " + timer + " at " + atNs);
    }

    @Override
    public void onPacket(TimerBucket bucket, int connection, int packet, ServiceMeter meter) {
        log.add("packet " + packet + " at " + meter.nowNs());
        onPacket.getOrDefault(packet, (anyBucket, anyMeter) -> {}).run(bucket, meter);
    }

    @Override
    public void onExpiry(TimerBucket bucket, int timer, Firing firing, ServiceMeter meter) {
        log.add("timer " + timer + " at " + firing.startNs() + ": " + firing.roundingNs() + "+" + firing.tickNs() + "+"
                + firing.handoffNs() + "+" + firing.queueingNs() + "=" + firing.latenessNs());
        onExpiry.getOrDefault(timer, (anyBucket, anyMeter) -> {}).run(bucket, meter);
    }

    @Override
    public int connectionOf(int timer) {
        return timer / 10;
    }
}

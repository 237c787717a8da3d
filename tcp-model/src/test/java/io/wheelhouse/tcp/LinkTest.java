package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import io.wheelhouse.tcp.path.DropCause;
import io.wheelhouse.tcp.path.Link;
import io.wheelhouse.tcp.path.Path;
import io.wheelhouse.tcp.random.Distribution;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** A link of one's own: packets go one after the other, wait in order, and are dropped where too many wait. */
class LinkTest {
    private static final long MBIT = 1_000_000;
    private static final int IPV4_HEADER_BYTES = 20;

    private record Sent(
            Side from, long atNs, int length, @Nullable DropCause dropped) {}

    /** Writes once, when the connection is open. */
    private record Once(long bytes, List<Long> deliveredNs) implements Application {
        @Override
        public void onEstablished(Connection connection, Side side, long nowNs) {
            if (side == Side.LOCAL) {
                connection.write(side, bytes);
            }
        }

        @Override
        public void onDelivered(Connection connection, Side side, long bytes, long nowNs) {
            deliveredNs.add(nowNs);
        }

        @Override
        public void onWake(Connection connection, Side side, long nowNs) {}

        @Override
        public void onPeerClosed(Connection connection, Side side, long nowNs) {}

        @Override
        public void onClosed(Connection connection, Side side, CloseReason reason, long nowNs) {}
    }

    private final List<Long> deliveredNs = new ArrayList<>();
    private final List<Sent> sent = new ArrayList<>();

    private Bench bench(long bytes, long bitsPerSecond, int queuePackets) {
        Bench.Setup setup = new Bench.Setup();
        setup.application = new Once(bytes, deliveredNs);
        setup.path = Path.of(Bench.SEED, Distribution.constant(10 * Bench.MS))
                .withLink(new Link(bitsPerSecond, queuePackets, IPV4_HEADER_BYTES));
        Bench bench = setup.build();
        bench.work.segmentListener((index, from, atNs, seq, ack, flags, length, dropped) ->
                sent.add(new Sent(from, atNs, length, dropped)));
        return bench;
    }

    @Test
    void packetsArriveAsFarApartAsTheLinkSendsThem() {
        Bench bench = bench(10 * 1448, MBIT, 100);
        bench.open(0, 0);
        bench.runUntil(Bench.SECOND);
        // 1448 bytes of data, 12 of timestamps, 20 of TCP, 20 of IP: 1500 bytes take 12 ms at 1 Mbit/s
        long[] gapsNs = new long[deliveredNs.size() - 1];
        for (int i = 0; i < gapsNs.length; i++) {
            gapsNs[i] = deliveredNs.get(i + 1) - deliveredNs.get(i);
        }
        assertThat(gapsNs).hasSize(9).containsOnly(12 * Bench.MS);
        // SYN, SYN-ACK and ACK of 52 bytes: 416 us each; 10 ms three times; then the first packet itself
        assertThat(deliveredNs.get(0)).isEqualTo(3 * 10 * Bench.MS + 3 * 416_000L + 12 * Bench.MS);
        assertThat(sent).allMatch(segment -> segment.dropped() == null);
        bench.checkLaws();
    }

    @Test
    void whatFindsTheQueueFullIsDropped() {
        Bench bench = bench(10 * 1448, MBIT, 4);
        bench.open(0, 0);
        bench.runUntil(60 * Bench.SECOND);
        // The ACK of the handshake or the first segment is being sent, and four wait: the rest of the ten finds no
        // room.
        List<Sent> data = sent.stream()
                .filter(segment -> segment.from() == Side.LOCAL && segment.length() > 0)
                .limit(10)
                .toList();
        assertThat(data.subList(0, 4)).allMatch(segment -> segment.dropped() == null);
        assertThat(data.subList(5, 10)).allMatch(segment -> segment.dropped() == DropCause.QUEUE);
        assertThat(bench.work.segmentsDropped()).isGreaterThanOrEqualTo(5);
        assertThat(deliveredNs).isNotEmpty();
        bench.checkLaws();
    }

    @Test
    void aRingHoldsWhatADequeWould() {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        LinkQueues queues = new LinkQueues(new AtHand(new BucketRows(new PiecePool())));
        List<Long> expected = new ArrayList<>();
        int ring = LinkQueues.NONE;
        long nowNs = 0;
        long startNs = 0;
        for (int step = 0; step < 10_000; step++) {
            nowNs += random.nextInt(10);
            long now = nowNs;
            ring = queues.begun(ring, now);
            expected.removeIf(start -> start <= now);
            assertThat(queues.length(ring))
                    .as("seed " + seed + ", step " + step)
                    .isEqualTo(expected.size());
            if (random.nextInt(3) > 0) {
                startNs = Math.max(startNs, now) + 1 + random.nextInt(8);
                ring = queues.add(ring, startNs);
                expected.add(startNs);
            }
        }
        queues.clear(ring);
        assertThat(queues.taken()).as("seed " + seed).isZero();
    }
}

package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedRowsTest {
    private final PiecePool pool = new PiecePool();
    private final PackedRows rows = new PackedRows(pool);
    private final Map<Integer, Integer> handles = new HashMap<>();
    private final Map<Integer, ByteBuffer> kept = new HashMap<>();

    private void add(int connection, byte[] bytes) {
        handles.put(connection, rows.add(connection, bytes, bytes.length));
        kept.put(connection, ByteBuffer.wrap(bytes.clone()));
    }

    private void remove(int connection) {
        kept.remove(connection);
        int handle = handles.getOrDefault(connection, PackedRows.NONE);
        handles.remove(connection);
        rows.remove(handle, handles::put);
    }

    private void assertKept(long seed) {
        kept.forEach((connection, bytes) -> {
            int handle = handles.getOrDefault(connection, PackedRows.NONE);
            assertThat(ByteBuffer.wrap(rows.piece(handle), rows.base(handle), bytes.remaining()))
                    .as("seed %d, connection %d, handle %d", seed, connection, handle)
                    .isEqualTo(bytes);
        });
        assertThat(handles.values()).doesNotHaveDuplicates();
    }

    @Test
    void everyRowStaysAsItWasUntilItIsRemoved() {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        List<Integer> connections = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            boolean grows = (step / 4_000) % 2 == 0;
            if (connections.isEmpty() || random.nextInt(100) < (grows ? 60 : 42)) {
                byte[] bytes = new byte[random.nextInt(1, PackedRows.LENGTH_MAX + 1)];
                random.nextBytes(bytes);
                add(step, bytes);
                connections.add(step);
            } else {
                int at = random.nextInt(connections.size());
                remove(connections.get(at));
                connections.subList(at, at + 1).clear();
            }
            if (step % 100 == 0) {
                assertKept(seed);
            }
        }
        assertKept(seed);
        connections.forEach(this::remove);
        add(1, new byte[PackedRows.LENGTH_MAX]);
        assertKept(seed);
    }

    @Test
    void whatIsGivenUpGoesBackToThePool() {
        for (int connection = 0; connection < 100; connection++) {
            add(connection, new byte[100]);
        }
        assertThat(pool.kept()).isZero();
        for (int connection = 0; connection < 100; connection++) {
            remove(connection);
        }
        assertThat(pool.kept()).isGreaterThanOrEqualTo(4);
    }

    @Test
    void whatIsTooLongIsNotKept() {
        assertThat(rows.add(1, new byte[PackedRows.LENGTH_MAX + 1], PackedRows.LENGTH_MAX + 1))
                .isEqualTo(PackedRows.NONE);
        assertThat(rows.add(1, new byte[1], 0)).isEqualTo(PackedRows.NONE);
    }
}

package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class PackedRowsTest {
    private record Kept(int handle, ByteBuffer bytes) {}

    @Test
    void everyRowStaysAsItWasUntilItIsRemoved() {
        long seed = 11;
        SplittableRandom random = new SplittableRandom(seed);
        PackedRows rows = new PackedRows();
        List<Kept> all = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            if (all.isEmpty() || random.nextInt(100) < 55) {
                byte[] bytes = new byte[random.nextInt(1, PackedRows.LENGTH_MAX + 1)];
                random.nextBytes(bytes);
                all.add(new Kept(rows.add(bytes, bytes.length), ByteBuffer.wrap(bytes)));
            } else {
                Kept kept = all.remove(random.nextInt(all.size()));
                assertKept(rows, kept, seed);
                rows.remove(kept.handle());
            }
        }
        all.forEach(kept -> assertKept(rows, kept, seed));
        assertThat(all.stream().mapToInt(Kept::handle).distinct().count()).isEqualTo(all.size());
    }

    private static void assertKept(PackedRows rows, Kept kept, long seed) {
        int base = rows.base(kept.handle());
        assertThat(ByteBuffer.wrap(rows.piece(kept.handle()), base, kept.bytes().remaining()))
                .as("seed %d, handle %d", seed, kept.handle())
                .isEqualTo(kept.bytes());
    }

    @Test
    void whatIsTooLongIsNotKept() {
        PackedRows rows = new PackedRows();
        assertThat(rows.add(new byte[PackedRows.LENGTH_MAX + 1], PackedRows.LENGTH_MAX + 1))
                .isEqualTo(PackedRows.NONE);
        assertThat(rows.add(new byte[1], 0)).isEqualTo(PackedRows.NONE);
    }
}

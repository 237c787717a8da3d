package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PooledRowsTest {
    private static final int WIDTH = 3;

    private final PiecePool pool = new PiecePool();

    private PooledRows rows(int rowsAPiece) {
        return new PooledRows(RowKind.SENT, WIDTH, rowsAPiece, new AtHand(new BucketRows(pool)));
    }

    @ParameterizedTest
    @CsvSource({"1, 1", "2, 2", "3, 5", "4, 16", "5, 1000"})
    void aRowStaysAsItWasUntilItIsReleased(long seed, int rowsAPiece) {
        SplittableRandom random = new SplittableRandom(seed);
        PooledRows rows = rows(rowsAPiece);
        List<int[]> held = new ArrayList<>();
        for (int step = 0; step < 20_000; step++) {
            boolean grows = (step / 2_000) % 2 == 0;
            if (held.isEmpty() || random.nextInt(100) < (grows ? 70 : 30)) {
                int row = rows.take();
                assertThat(rows.get(row, 0) | rows.get(row, 1) | rows.get(row, 2))
                        .as("seed %d, step %d", seed, step)
                        .isZero();
                rows.set(row, 0, step);
                rows.setLong(row, 1, -step);
                held.add(new int[] {row, step});
            } else {
                int[] one = held.remove(random.nextInt(held.size()));
                assertThat(rows.get(one[0], 0))
                        .as("seed %d, step %d", seed, step)
                        .isEqualTo(one[1]);
                assertThat(rows.getLong(one[0], 1)).isEqualTo(-one[1]);
                rows.release(one[0]);
            }
            if (random.nextInt(50) == 0) {
                rows.trim();
            }
            assertThat(rows.taken()).isEqualTo(held.size());
            assertThat(rows.room()).isGreaterThanOrEqualTo(held.size());
        }
        assertThat(held.stream().mapToInt(one -> one[0]).distinct().count()).isEqualTo(held.size());
    }

    @Test
    void whatWasNeededOnceIsGivenBack() {
        PooledRows rows = rows(16);
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            taken.add(rows.take());
        }
        assertThat(rows.room()).isEqualTo(1_008);
        taken.forEach(rows::release);
        rows.trim();
        assertThat(rows.taken()).isZero();
        assertThat(rows.room()).isZero();
        assertThat(pool.kept()).isEqualTo(PiecePool.LEAST);
    }

    @Test
    void aRowReleasedTwiceIsSeenAlsoWhenManyWereReleasedSince() {
        PooledRows rows = rows(16);
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            taken.add(rows.take());
        }
        taken.subList(0, 990).forEach(rows::release);

        assertThatExceptionOfType(AssertionError.class)
                .isThrownBy(() -> rows.release(taken.get(100)))
                .withMessage("row %d of 10 is free", taken.get(100));
        assertThat(rows.taken()).isEqualTo(10);
    }

    @Test
    void fewRowsGatherInTheFirstPieces() {
        long seed = 7;
        SplittableRandom random = new SplittableRandom(seed);
        PooledRows rows = rows(16);
        List<Integer> held = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            held.add(rows.take());
        }
        // each lives for as long as any other, and there are ever fewer
        for (int step = 0; step < 10_000; step++) {
            int at = random.nextInt(held.size());
            rows.release(held.get(at));
            held.subList(at, at + 1).clear();
            if (held.size() < 50) {
                held.add(rows.take());
            }
            if (step % 10 == 0) {
                rows.trim();
            }
        }
        assertThat(rows.room()).as("seed %d", seed).isLessThanOrEqualTo(5 * 16);
    }

    @Test
    void onePoolServesAll() {
        PooledRows first = rows(16);
        PooledRows second = rows(16);
        List<Integer> taken = new ArrayList<>();
        for (int i = 0; i < 64; i++) {
            taken.add(first.take());
        }
        taken.forEach(first::release);
        first.trim();
        int kept = pool.kept();
        second.take();
        assertThat(kept).isEqualTo(4);
        assertThat(pool.kept()).isEqualTo(kept - 1);
    }
}

package io.wheelhouse.tcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RowPackerTest {
    private static final int INTS = 37;
    private static final int ROUNDS = 2_000;

    private static int[] likely(SplittableRandom random) {
        int[] likely = new int[INTS];
        for (int i = 0; i < INTS; i++) {
            likely[i] = random.nextInt(-1, i);
        }
        return likely;
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void whatIsPackedComesBack(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        RowPacker packer = new RowPacker(likely(random));
        byte[] bytes = new byte[packer.bytesMax()];
        for (int round = 0; round < ROUNDS; round++) {
            int[] row = new int[INTS + 2];
            for (int i = 0; i < row.length; i++) {
                row[i] = random.nextInt() >> random.nextInt(Integer.SIZE);
            }
            int[] back = new int[INTS + 2];
            Arrays.fill(back, -1);
            int length = packer.pack(row, 1, bytes, 0);
            byte[] moved = new byte[length + 3];
            System.arraycopy(bytes, 0, moved, 3, length);
            assertThat(packer.unpack(moved, 3, back, 1)).isEqualTo(length + 3);
            assertThat(Arrays.copyOfRange(back, 1, INTS + 1))
                    .as("seed %d, round %d", seed, round)
                    .isEqualTo(Arrays.copyOfRange(row, 1, INTS + 1));
            assertThat(back[0]).isEqualTo(-1);
            assertThat(back[INTS + 1]).isEqualTo(-1);
        }
    }

    @Test
    void corners() {
        RowPacker packer = new RowPacker(new int[] {RowPacker.ZERO, 0, RowPacker.ZERO});
        byte[] bytes = new byte[packer.bytesMax()];
        int[] corners = {0, 1, -1, 63, 64, -64, -65, Integer.MAX_VALUE, Integer.MIN_VALUE};
        for (int a : corners) {
            for (int b : corners) {
                int[] back = new int[3];
                packer.pack(new int[] {a, b, a - b}, 0, bytes, 0);
                packer.unpack(bytes, 0, back, 0);
                assertThat(back).containsExactly(a, b, a - b);
            }
        }
    }

    @Test
    void whatIsAsLikelyTakesABitEach() {
        RowPacker packer = new RowPacker(new int[] {RowPacker.ZERO, 0, 1, 2, 3, 4, 5, 6, 7});
        int[] row = new int[9];
        Arrays.fill(row, 1 << 30);
        assertThat(packer.pack(row, 0, new byte[packer.bytesMax()], 0)).isEqualTo(2 + 5);
    }

    @Test
    void nothingFollowsFromALaterInt() {
        assertThatThrownBy(() -> new RowPacker(new int[] {RowPacker.ZERO, 1}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("int 1 cannot follow from int 1");
    }
}

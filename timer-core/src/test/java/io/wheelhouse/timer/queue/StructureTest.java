package io.wheelhouse.timer.queue;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class StructureTest {
    private static final WheelShape SHAPE = WheelShape.linux(250);

    @ParameterizedTest
    @CsvSource({
        "hierarchical, HierarchicalWheel",
        "coalescing, CoalescingWheel",
        "hashed, HashedWheel",
        "heap, HeapQueue",
        "scan, ScanQueue"
    })
    void areChosenByName(String key, String className) {
        Structure structure = Structure.ofKey(key);
        assertThat(structure.key()).isEqualTo(key);
        assertThat(structure.create(SHAPE, 4_000_000).getClass().getSimpleName())
                .isEqualTo(className);
    }

    @Test
    void anUnknownNameListsTheKnown() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Structure.ofKey("Heap"))
                .withMessage("unknown timer structure 'Heap': one of hierarchical, coalescing, hashed, heap, scan");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Structure.HEAP.create(SHAPE, -1))
                .withMessageContaining("tickNs -1");
    }

    /** With no tick the exact structures can't be told apart: whoever owns them, wherever the clock stops. */
    @Test
    void exactStructuresFireAlike() {
        List<Expiries.Expiry> heap = expiriesOf(Structure.HEAP);
        assertThat(heap).hasSizeGreaterThan(10_000);
        assertThat(expiriesOf(Structure.HIERARCHICAL)).isEqualTo(heap);
        assertThat(expiriesOf(Structure.SCAN)).isEqualTo(heap);
    }

    private static List<Expiries.Expiry> expiriesOf(Structure structure) {
        TimerQueue queue = structure.create(SHAPE, 0);
        SplittableRandom random = new SplittableRandom(23);
        Expiries expiries = new Expiries();
        for (long nowNs = 0; nowNs < 20_000_000; nowNs += random.nextLong(500)) {
            int timer = random.nextInt(300);
            queue.arm(timer, nowNs, nowNs + random.nextLong(300) * random.nextLong(1_000));
            long stepNs = nowNs;
            queue.advance(nowNs, random.nextInt(4), (fired, deadlineNs, expiryNs) -> {
                expiries.onExpiry(fired, deadlineNs, expiryNs);
                queue.arm(fired, stepNs, deadlineNs + 1_000);
            });
        }
        return new ArrayList<>(expiries.all());
    }
}

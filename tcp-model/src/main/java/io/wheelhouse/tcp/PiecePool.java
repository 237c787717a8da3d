package io.wheelhouse.tcp;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * Arrays that tables of rows have given back, for whichever of them needs one next: what a bucket needed at its busiest
 * goes to the next that is busy, and a number of rows that swings allocates nothing.
 *
 * <p>Of each length {@value #LEAST} pieces are kept, or a 32nd of those in use if that is more; the collector gets the
 * others. A piece may have come from the pool of another timer thread, with a bucket that moved; so the number in use is
 * good enough for that bound, and for nothing else.
 *
 * <p>Thread: the timer thread that owns the tables. Cost: O(lengths in use), of which there is one a kind of row.
 */
final class PiecePool {
    /** So many pieces of a length are kept in any case. */
    static final int LEAST = 16;

    private static final int KEPT_SHIFT = 5;

    private final List<Shelf<int[]>> ints = new ArrayList<>();
    private final List<Shelf<byte[]>> bytes = new ArrayList<>();

    /** Pieces of one length that nobody uses. */
    private static final class Shelf<T> {
        private final int length;
        private final ArrayDeque<T> pieces = new ArrayDeque<>(LEAST);
        private int inUse;

        Shelf(int length) {
            this.length = length;
        }

        void put(T piece) {
            inUse--;
            int most = Math.max(LEAST, inUse >> KEPT_SHIFT);
            if (pieces.size() < most) {
                pieces.addLast(piece);
            } else if (pieces.size() > most) {
                pieces.removeLast();
            }
        }
    }

    private static <T> Shelf<T> shelf(List<Shelf<T>> shelves, int length) {
        for (int i = 0; i < shelves.size(); i++) {
            if (shelves.get(i).length == length) {
                return shelves.get(i);
            }
        }
        Shelf<T> shelf = new Shelf<>(length);
        shelves.add(shelf);
        return shelf;
    }

    /** An array of so many ints, as it was left. */
    int[] takeInts(int length) {
        Shelf<int[]> shelf = shelf(ints, length);
        shelf.inUse++;
        int[] piece = shelf.pieces.pollLast();
        return piece == null ? new int[length] : piece;
    }

    void give(int[] piece) {
        shelf(ints, piece.length).put(piece);
    }

    /** An array of so many bytes, as it was left. */
    byte[] takeBytes(int length) {
        Shelf<byte[]> shelf = shelf(bytes, length);
        shelf.inUse++;
        byte[] piece = shelf.pieces.pollLast();
        return piece == null ? new byte[length] : piece;
    }

    void give(byte[] piece) {
        shelf(bytes, piece.length).put(piece);
    }

    /** Pieces that nobody uses. */
    int kept() {
        int kept = 0;
        for (Shelf<int[]> shelf : ints) {
            kept += shelf.pieces.size();
        }
        for (Shelf<byte[]> shelf : bytes) {
            kept += shelf.pieces.size();
        }
        return kept;
    }
}

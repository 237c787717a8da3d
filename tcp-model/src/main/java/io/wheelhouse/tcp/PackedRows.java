package io.wheelhouse.tcp;

import java.util.Arrays;

/**
 * Packed rows: byte strings of up to {@link #LENGTH_MAX}, one behind the other in pieces from a {@link PiecePool}.
 *
 * <pre>
 *   piece: [n | connection | bytes ...][n | ~connection, removed ...][n | connection | bytes ...][0, or the end]
 *           └ in units of 2 bytes, all of it
 * </pre>
 *
 * A row that is removed stays as a hole until holes are more than a 16th of it all; then all rows behind the first hole
 * move up, and {@link Moves} is told where they are. So the slack is that, the unit, and what no row fits into at the end
 * of a piece. Adding and reading cost O(length), removing about 16 times that.
 */
final class PackedRows {
    /** No room: the string is too long, or there are too many. */
    static final int NONE = -1;

    static final int LENGTH_MAX = 400;

    private static final int PIECE_BYTES = 2048;
    private static final int LINE = 64;
    private static final int UNIT_SHIFT = 1;
    private static final int PIECE_SHIFT = 11 - UNIT_SHIFT;
    private static final int UNIT_MASK = (1 << PIECE_SHIFT) - 1;
    private static final int PIECES_MAX = 1 << 19;
    private static final int HEADER = 1 + Integer.BYTES;
    private static final int HOLES_SHIFT = 4;
    private static final int FIRST_PIECES = 4;
    private static final byte[] NO_PIECE = {};

    /** Is told where rows are after a move. */
    @FunctionalInterface
    interface Moves {
        void moved(int connection, int handle);
    }

    private PiecePool pool;
    private byte[][] pieces = {};
    private int pieceCount;
    // in the last piece, what is used; of all, what is used, and of that what holes take
    private int end = PIECE_BYTES;
    private int usedBytes;
    private int holeBytes;

    PackedRows(PiecePool pool) {
        this.pool = pool;
    }

    /** From now on pieces come from there. */
    void pool(PiecePool newPool) {
        pool = newPool;
    }

    /** Keeps a copy of the first {@code length} bytes for a connection and tells its handle, or {@link #NONE}. */
    int add(int connection, byte[] bytes, int length) {
        int size = size(length);
        if (length <= 0 || length > LENGTH_MAX || (end + size > PIECE_BYTES && pieceCount == PIECES_MAX)) {
            return NONE;
        }
        if (end + size > PIECE_BYTES) {
            addPiece();
        }
        byte[] piece = pieces[pieceCount - 1];
        int at = end;
        piece[at] = (byte) (size >> UNIT_SHIFT);
        connection(piece, at, connection);
        System.arraycopy(bytes, 0, piece, at + HEADER, length);
        end += size;
        usedBytes += size;
        return handle(pieceCount - 1, at);
    }

    private static int size(int length) {
        return (HEADER + length + (1 << UNIT_SHIFT) - 1) >> UNIT_SHIFT << UNIT_SHIFT;
    }

    private void addPiece() {
        if (pieceCount > 0) {
            close(pieces[pieceCount - 1], end);
        }
        if (pieceCount == pieces.length) {
            pieces = Arrays.copyOf(pieces, pieceCount + Math.max(FIRST_PIECES, pieceCount >> 3));
        }
        pieces[pieceCount++] = pool.takeBytes(PIECE_BYTES);
        end = 0;
    }

    /** No row begins from there on. */
    private static void close(byte[] piece, int at) {
        if (at < PIECE_BYTES) {
            piece[at] = 0;
        }
    }

    private static int handle(int piece, int at) {
        return piece << PIECE_SHIFT | at >> UNIT_SHIFT;
    }

    /** The array that holds a row, from {@link #base} on. */
    byte[] piece(int handle) {
        return pieces[handle >> PIECE_SHIFT];
    }

    int base(int handle) {
        return at(handle) + HEADER;
    }

    private static int at(int handle) {
        return (handle & UNIT_MASK) << UNIT_SHIFT;
    }

    /** Takes a row out. Others may move. */
    void remove(int handle, Moves moves) {
        byte[] piece = piece(handle);
        int at = at(handle);
        int connection = connection(piece, at);
        assert connection >= 0 : "handle " + handle + " of connection " + ~connection + " was removed before";
        connection(piece, at, ~connection);
        holeBytes += sizeAt(piece, at);
        if (holeBytes > usedBytes >> HOLES_SHIFT && holeBytes > LENGTH_MAX) {
            close(pieces[pieceCount - 1], end);
            moveUp(moves);
        }
    }

    private static int sizeAt(byte[] piece, int at) {
        return (piece[at] & 0xFF) << UNIT_SHIFT;
    }

    /** Rows keep their order, and so never move to beyond where they were. */
    private void moveUp(Moves moves) {
        int to = 0;
        int toAt = 0;
        for (int from = 0; from < pieceCount; from++) {
            byte[] piece = pieces[from];
            int size;
            for (int at = 0; at < PIECE_BYTES && piece[at] != 0; at += size) {
                size = sizeAt(piece, at);
                int connection = connection(piece, at);
                if (connection < 0) {
                    continue;
                }
                if (toAt + size > PIECE_BYTES) {
                    close(pieces[to], toAt);
                    to++;
                    toAt = 0;
                }
                if (to != from || toAt != at) {
                    System.arraycopy(piece, at, pieces[to], toAt, size);
                    moves.moved(connection, handle(to, toAt));
                }
                toAt += size;
            }
        }
        usedBytes -= holeBytes;
        holeBytes = 0;
        int needed = usedBytes == 0 ? 0 : to + 1;
        end = needed == 0 ? PIECE_BYTES : toAt;
        while (pieceCount > needed) {
            byte[] piece = pieces[--pieceCount];
            pieces[pieceCount] = NO_PIECE;
            pool.give(piece);
        }
    }

    private static int connection(byte[] piece, int at) {
        int connection = 0;
        for (int i = Integer.BYTES; i > 0; i--) {
            connection = connection << Byte.SIZE | (piece[at + i] & 0xFF);
        }
        return connection;
    }

    private static void connection(byte[] piece, int at, int connection) {
        for (int i = 0; i < Integer.BYTES; i++) {
            piece[at + 1 + i] = (byte) (connection >>> (i * Byte.SIZE));
        }
    }

    /** Reads a byte of each line of memory that a row likely lies in; returns a number that means nothing. */
    int touch(int handle) {
        byte[] piece = piece(handle);
        int at = base(handle);
        return piece[at]
                + piece[Math.min(at + LINE, PIECE_BYTES - 1)]
                + piece[Math.min(at + 2 * LINE, PIECE_BYTES - 1)];
    }
}

package io.wheelhouse.timer.balance;

import java.util.Objects;

/**
 * One bucket that shall change its owner.
 *
 * @param bucket the bucket
 * @param from its owner
 * @param to its new owner, another one
 * @param expectedEpoch the bucket's epoch in the reading that the move was planned from; if it is no longer that, the
 *     move is stale
 * @param reason why, for the people who read the moves
 */
public record Move(int bucket, int from, int to, long expectedEpoch, String reason) {
    public Move {
        Objects.requireNonNull(reason, "reason");
        if (bucket < 0 || from < 0 || to < 0 || from == to) {
            throw new IllegalArgumentException("no move: bucket " + bucket + " from " + from + " to " + to);
        }
    }
}

package io.wheelhouse.stress;

import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Expect;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.IIII_Result;

/**
 * The races of the coordinator and another thread, in one actor, with the timer threads, which take turns in the other:
 * orders and commands come at any point of a turn, before, while and after the bucket changes hands. Outcomes as in
 * {@link HandoffRaces}.
 */
final class OutsideRaces {
    private OutsideRaces() {}

    /** A due timer, and the order to move its bucket. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired once, by one of the two")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class FireAgainstOrder extends HandoffRace {
        public FireAgainstOrder() {
            super(true);
        }

        @Actor
        public void threads() {
            bothTurns();
        }

        @Actor
        public void coordinator() {
            order(0, 1, 1);
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** A cancel while the bucket moves. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired, and the cancel says that it came too late")
    @Outcome(id = "0, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "cancelled, and the cancel says so")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, fired after its cancel, or two owners")
    @State
    public static class CancelAgainstMove extends HandoffRace {
        private @Nullable CompletableFuture<Boolean> cancelled;

        public CancelAgainstMove() {
            super(true);
        }

        @Actor
        public void threads() {
            bothTurns();
        }

        @Actor
        public void others() {
            order(0, 1, 1);
            cancelled = cancel();
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result, cancelled);
        }
    }

    /** A re-arm while the bucket moves. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "re-armed before it fired")
    @Outcome(id = "2, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired, armed anew, fired")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class RearmAgainstMove extends HandoffRace {
        public RearmAgainstMove() {
            super(true);
        }

        @Actor
        public void threads() {
            bothTurns();
        }

        @Actor
        public void others() {
            order(0, 1, 1);
            arm();
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** A timer is armed where none is, while the bucket moves. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class ArmAgainstMove extends HandoffRace {
        public ArmAgainstMove() {
            super(false);
        }

        @Actor
        public void threads() {
            bothTurns();
        }

        @Actor
        public void others() {
            order(0, 1, 1);
            arm();
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** Two orders for the same move: the second is refused, or dropped. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired once")
    @Outcome(id = "2, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired, armed anew, fired")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class DoubleMove extends HandoffRace {
        public DoubleMove() {
            super(true);
        }

        @Actor
        public void threads() {
            bothTurns();
        }

        @Actor
        public void others() {
            order(0, 1, 1);
            arm();
            order(0, 1, 1);
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** A move, and as soon as it is done the move back, while timers are armed. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "re-armed before it fired")
    @Outcome(id = "2, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired, armed anew, fired")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class MoveBack extends HandoffRace {
        private static final int ROUNDS = 4;
        private static final int PATIENCE = 1_000;

        public MoveBack() {
            super(true);
        }

        @Actor
        public void threads() {
            for (int i = 0; i < ROUNDS; i++) {
                bothTurns();
            }
        }

        @Actor
        public void others() {
            order(0, 1, 1);
            arm();
            for (int i = 0; i < PATIENCE && !order(1, 0, 2); i++) {
                Thread.onSpinWait();
            }
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }
}

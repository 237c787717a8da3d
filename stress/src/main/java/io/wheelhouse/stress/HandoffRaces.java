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
 * The races of the thread that gives the bucket up with the one that takes it over, which before that is the coordinator
 * and another thread: two actors, so that two cores are enough. In {@link OutsideRaces} and {@link ArrivalRaces} those
 * are actors of their own. Outcomes are firings, armings not ended in one way, owners, breaches of the laws.
 */
final class HandoffRaces {
    private HandoffRaces() {}

    /** A due timer, and its bucket moves. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired once, by one of the two")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class FireAgainstMove extends HandoffRace {
        public FireAgainstMove() {
            super(true);
        }

        @Actor
        public void giver() {
            turns(0);
        }

        @Actor
        public void takerAndOthers() {
            order(0, 1, 1);
            turns(1);
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** A cancel from another thread, and the bucket moves. */
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
        public void giver() {
            turns(0);
        }

        @Actor
        public void takerAndOthers() {
            order(0, 1, 1);
            cancelled = cancel();
            turns(1);
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result, cancelled);
        }
    }

    /** A re-arm from another thread, and the bucket moves. */
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
        public void giver() {
            turns(0);
        }

        @Actor
        public void takerAndOthers() {
            order(0, 1, 1);
            arm();
            turns(1);
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** A timer is armed where none is, and the bucket moves. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class ArmAgainstMove extends HandoffRace {
        public ArmAgainstMove() {
            super(false);
        }

        @Actor
        public void giver() {
            turns(0);
        }

        @Actor
        public void takerAndOthers() {
            order(0, 1, 1);
            arm();
            turns(1);
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** Two orders for the same move: one is carried out. */
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
        public void giver() {
            turns(0);
        }

        @Actor
        public void takerAndOthers() {
            order(0, 1, 1);
            order(0, 1, 1);
            arm();
            turns(1);
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** A move, and as soon as it is done the move back. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired once")
    @Outcome(id = "2, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired, armed anew, fired")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class MoveBack extends HandoffRace {
        private static final int PATIENCE = 1_000;

        public MoveBack() {
            super(true);
        }

        @Actor
        public void giver() {
            turns(0);
            turns(0);
        }

        @Actor
        public void takerAndOthers() {
            arm();
            order(0, 1, 1);
            for (int i = 0; i < PATIENCE; i++) {
                if (order(1, 0, 2)) {
                    break;
                }
                turns(1);
            }
            turns(1);
            turns(1);
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }
}

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
 * The races of the thread that takes the bucket over, which lies in its mailbox as they begin, with another thread that
 * leaves a command, or the coordinator: the command comes before, while and after the new owner adopts the bucket and
 * reads its inbox. Outcomes as in {@link HandoffRaces}.
 */
final class ArrivalRaces {
    private ArrivalRaces() {}

    /** A cancel. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired, and the cancel says that it came too late")
    @Outcome(id = "0, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "cancelled, and the cancel says so")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, fired after its cancel, or two owners")
    @State
    public static class CancelAgainstArrival extends HandoffRace {
        private @Nullable CompletableFuture<Boolean> cancelled;

        public CancelAgainstArrival() {
            super(true);
            handOver();
        }

        @Actor
        public void taker() {
            turns(1);
        }

        @Actor
        public void other() {
            cancelled = cancel();
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result, cancelled);
        }
    }

    /** A re-arm. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "re-armed before it fired")
    @Outcome(id = "2, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired, armed anew, fired")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class RearmAgainstArrival extends HandoffRace {
        public RearmAgainstArrival() {
            super(true);
            handOver();
        }

        @Actor
        public void taker() {
            turns(1);
        }

        @Actor
        public void other() {
            arm();
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** A timer is armed where none is. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class ArmAgainstArrival extends HandoffRace {
        public ArmAgainstArrival() {
            super(false);
            handOver();
        }

        @Actor
        public void taker() {
            turns(1);
        }

        @Actor
        public void other() {
            arm();
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** The same order once more: refused while the bucket is on its way, dropped when it has arrived. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired once")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class DoubleMove extends HandoffRace {
        public DoubleMove() {
            super(true);
            handOver();
        }

        @Actor
        public void taker() {
            turns(1);
        }

        @Actor
        public void coordinator() {
            order(0, 1, 1);
            turns(0);
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }

    /** The order to move back: refused while the bucket is on its way, carried out when it has arrived. */
    @JCStressTest
    @Outcome(id = "1, 0, 1, 0", expect = Expect.ACCEPTABLE, desc = "fired once, by one of the two")
    @Outcome(expect = Expect.FORBIDDEN, desc = "lost, doubled, or two owners")
    @State
    public static class MoveBack extends HandoffRace {
        public MoveBack() {
            super(true);
            handOver();
        }

        @Actor
        public void taker() {
            turns(1);
        }

        @Actor
        public void coordinatorAndGiver() {
            order(1, 0, 2);
            turns(0);
        }

        @Arbiter
        public void arbiter(IIII_Result result) {
            settle(result);
        }
    }
}

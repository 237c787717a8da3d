package io.wheelhouse.sim.live;

/** More timer threads than cores: their figures would say more about the machine than about the scenario. */
public final class OversubscribedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OversubscribedException(int processors, int cores) {
        super("the scenario has " + processors + " processors, and this machine " + cores
                + (cores == 1 ? " core" : " cores")
                + ": timer threads would wait for one another (say --oversubscribe to run it all the same, or --set"
                + " host.processors=" + cores + ")");
    }
}

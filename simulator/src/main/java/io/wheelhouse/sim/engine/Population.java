package io.wheelhouse.sim.engine;

import io.wheelhouse.sim.scenario.ConnectionGroup;
import io.wheelhouse.sim.scenario.HashSpec;
import io.wheelhouse.sim.scenario.Scenario;
import io.wheelhouse.sim.traffic.ArrivalSchedule;
import io.wheelhouse.tcp.FlowHash;
import io.wheelhouse.tcp.MixHash;
import io.wheelhouse.tcp.ToeplitzHash;
import io.wheelhouse.tcp.TupleSpace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The connections of a run: their run-wide numbers, their 4-tuples, their buckets, and when they open. Everything is
 * computed from the index; nothing is stored by connection but the order of arrivals.
 */
public final class Population {
    private final FlowHash hash;
    private final int buckets;
    private final List<TupleSpace> spaces = new ArrayList<>();
    private final List<ArrivalSchedule> schedules = new ArrayList<>();
    private final int[] firstNumbers;

    public Population(Scenario scenario) {
        hash = scenario.hash().function() == HashSpec.Function.TOEPLITZ ? ToeplitzHash.microsoft() : MixHash.instance();
        buckets = scenario.hash().buckets();
        List<ConnectionGroup> groups = scenario.connections();
        firstNumbers = new int[groups.size()];
        int number = 0;
        for (int group = 0; group < groups.size(); group++) {
            ConnectionGroup spec = groups.get(group);
            firstNumbers[group] = number;
            spaces.add(spec.tuples(scenario.seed()));
            schedules.add(new ArrivalSchedule(spec.arrivals(), spec.count(), number, scenario.seed()));
            number = Math.addExact(number, spec.count());
        }
    }

    /** The run-wide number of a connection, which draws are made by. */
    int number(int group, int index) {
        return firstNumbers[group] + index;
    }

    /** The group of a connection, by its run-wide number. */
    int groupOf(int number) {
        int found = Arrays.binarySearch(firstNumbers, number);
        return found >= 0 ? found : -found - 2;
    }

    /** A connection's index in its group, by its run-wide number. */
    int indexOf(int number) {
        return number - firstNumbers[groupOf(number)];
    }

    /** The bucket of a connection. */
    public int bucketOf(int group, int index) {
        return hash.bucketOf(spaces.get(group).tuple(index), buckets);
    }

    /** The 4-tuples of a group. */
    TupleSpace space(int group) {
        return spaces.get(group);
    }

    /** Receives connections that open. */
    @FunctionalInterface
    public interface Opening {
        void open(int group, int index, long atNs);
    }

    /** Hands over the connections that open in [fromNs, untilNs), group by group. */
    public void openBetween(long fromNs, long untilNs, Opening opening) {
        for (int group = 0; group < spaces.size(); group++) {
            int number = group;
            schedules.get(group).openBetween(fromNs, untilNs, (index, atNs) -> opening.open(number, index, atNs));
        }
    }
}

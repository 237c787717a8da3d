package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.GroupResult;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TimerResult;
import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TimerCount;
import java.util.ArrayList;
import java.util.List;

/** What became of a group of connections, in a few words each. */
final class GroupFacts {
    private GroupFacts() {}

    /** The facts, most telling first; zeros are left out where they say nothing. */
    static List<String> of(RunResult run, int number) {
        GroupResult group = run.groups().get(number);
        List<String> facts = new ArrayList<>();
        if (group.count(TcpCount.CONNECTIONS_STARTED) > 0) {
            facts.add(Units.count(group.open()) + " open");
            addUnlessZero(facts, closing(group), "closing");
            addUnlessZero(facts, group.count(TcpCount.CONNECTIONS_CLOSED), "closed");
            facts.add(Units.count(group.count(TcpCount.CONNECTIONS_GIVEN_UP)) + " given up");
            addUnlessZero(facts, group.count(TcpCount.CONNECTIONS_RESET), "reset");
            addUnlessZero(facts, group.count(TcpCount.RETRANSMISSIONS), "retransmissions");
            addUnlessZero(facts, group.count(TcpCount.KEEPALIVE_PROBES), "keepalive probes");
            addUnlessZero(facts, group.count(TcpCount.MESSAGES_COMPLETED), "messages");
        } else {
            facts.add(Units.count(group.connections()) + " connections");
            for (TimerResult timer : run.timers()) {
                addUnlessZero(
                        facts,
                        timer.groups().get(number).count(TimerCount.FIRED),
                        timer.lane().key() + " timers fired");
            }
        }
        return facts;
    }

    /** Those established once that are neither so still nor gone; others never were, and may be given up all the same. */
    private static long closing(GroupResult group) {
        return group.count(TcpCount.CONNECTIONS_ESTABLISHED)
                - group.open()
                - group.count(TcpCount.CONNECTIONS_CLOSED)
                - group.count(TcpCount.CONNECTIONS_GIVEN_UP)
                - group.count(TcpCount.CONNECTIONS_RESET);
    }

    private static void addUnlessZero(List<String> facts, long count, String what) {
        if (count > 0) {
            facts.add(Units.count(count) + " " + what);
        }
    }
}

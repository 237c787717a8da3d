package io.wheelhouse.sim.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TcpTimer;
import io.wheelhouse.tcp.TimerCount;
import io.wheelhouse.timer.bucket.Firings;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RecorderTest {
    private static final long WARMUP_NS = 1_000;

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7})
    void howManyRecordersThereAreDoesNotShow(int recorders) {
        long seed = 99;
        SplittableRandom random = new SplittableRandom(seed);
        List<Recorder> parts = new ArrayList<>();
        for (int i = 0; i < recorders; i++) {
            parts.add(new Recorder(2, WARMUP_NS));
        }
        Recorder alone = new Recorder(2, WARMUP_NS);
        for (int i = 0; i < 5_000; i++) {
            int group = random.nextInt(2);
            TcpTimer timer = random.nextBoolean() ? TcpTimer.RTO : TcpTimer.KEEPALIVE;
            long queueingNs = random.nextLong() >>> random.nextInt(20, 64);
            Recorder part = parts.get(random.nextInt(recorders));
            for (Recorder recorder : List.of(part, alone)) {
                recorder.fired(timer, group, Firings.of(i, 10, 20, i % 3, queueingNs));
                recorder.counts().count(timer, TimerCount.FIRED, group);
                recorder.counts().count(timer, TimerCount.ARMS, group);
                recorder.counts().count(TcpCount.SEGMENTS_SENT, group, 3);
                recorder.endedAfterExpiry(timer, group, queueingNs);
            }
        }
        Recorder merged = new Recorder(2, WARMUP_NS);
        parts.forEach(part -> part.mergeInto(merged));
        assertThat(merged.tcpCounts(1)).isEqualTo(alone.tcpCounts(1));
        assertThat(merged.timers()).hasSize(2);
        for (int i = 0; i < 2; i++) {
            assertSame(merged.timers().get(i), alone.timers().get(i), seed);
        }
    }

    private static void assertSame(TimerResult one, TimerResult other, long seed) {
        assertThat(one.lane()).isEqualTo(other.lane());
        assertThat(one.counts()).as("seed %d", seed).isEqualTo(other.counts());
        assertThat(one.ended()).isEqualTo(other.ended());
        for (int group = 0; group < 2; group++) {
            Lateness ours = one.groups().get(group).lateness();
            Lateness theirs = other.groups().get(group).lateness();
            assertThat(ours.histogram()).as("seed %d", seed).isEqualTo(theirs.histogram());
        }
        assertThat(one.lateness().meanNs()).isEqualTo(other.lateness().meanNs());
        for (Cause cause : Cause.ALL) {
            assertThat(one.lateness().part(cause)).isEqualTo(other.lateness().part(cause));
        }
    }

    @Test
    void warmupIsCountedButNotInLateness() {
        Recorder recorder = new Recorder(1, WARMUP_NS);
        recorder.counts().count(TcpTimer.RTO, TimerCount.ARMS, 0);
        recorder.counts().count(TcpTimer.RTO, TimerCount.FIRED, 0);
        recorder.fired(TcpTimer.RTO, 0, Firings.of(WARMUP_NS - 11, 10, 0, 0, 0));
        assertThat(recorder.timers().get(0).lateness().count()).isZero();
        assertThat(recorder.timers().get(0).count(TimerCount.FIRED)).isEqualTo(1);
        // What counts is when the callback starts.
        recorder.fired(TcpTimer.RTO, 0, Firings.of(WARMUP_NS - 10, 10, 0, 0, 0));
        assertThat(recorder.timers().get(0).lateness().count()).isEqualTo(1);
    }

    @Test
    void aTimerIsTheSumOfItsGroups() {
        Recorder recorder = TestRuns.recorder(5, 2_000);
        TimerResult ack = recorder.timers().get(1);
        assertThat(ack.lane()).isEqualTo(Lane.of(TcpTimer.DELAYED_ACK));
        Histogram sum = LatenessMeter.newHistogram();
        ack.groups().forEach(group -> sum.add(group.lateness().histogram()));
        assertThat(ack.lateness().histogram()).isEqualTo(sum);
        assertThat(ack.groups())
                .allSatisfy(group -> assertThat(group.lateness().count()).isPositive());
    }

    @Test
    void timersNeverArmedAreLeftOut() {
        Recorder recorder = new Recorder(1, 0);
        recorder.countSynthetic(TimerCount.ARMS, 0);
        assertThat(recorder.timers()).extracting(TimerResult::lane).containsExactly(Lane.SYNTHETIC);
        assertThat(recorder.timers().get(0).pending()).isEqualTo(1);
    }

    @Test
    void intervalsAreDeltasAndAddUp() {
        Recorder first = new Recorder(TestRuns.GROUPS.size(), 0);
        Recorder second = new Recorder(TestRuns.GROUPS.size(), 0);
        SplittableRandom random = new SplittableRandom(3);
        Interval interval = new Interval(1);
        Histogram sum = LatenessMeter.newHistogram();
        long[] fired = new long[1];
        Lane rto = Lane.of(TcpTimer.RTO);
        RunListener adding = new RunListener() {
            @Override
            public void outputInterval(Interval closed) {
                Histogram lateness = closed.lateness(rto);
                if (lateness != null) {
                    sum.add(lateness);
                    assertThat(lateness.getTotalCount()).isEqualTo(closed.fired(rto));
                }
                fired[0] += closed.fired(rto);
            }
        };
        for (int i = 1; i <= 5; i++) {
            if (i != 3) {
                TestRuns.record(first, random, 100 * i);
                TestRuns.record(second, random, 10);
            }
            interval.close(i * 1_000L, List.of(first, second), new double[] {0.5}, i, adding);
            assertThat(interval.lateness().getTotalCount()).isEqualTo(i == 3 ? 0 : 100L * i + 10);
            assertThat(interval.startNs()).isEqualTo((i - 1) * 1_000L);
        }
        first.mergeInto(second);
        TimerResult all = second.timers().get(0);
        assertThat(all.lane()).isEqualTo(rto);
        assertThat(sum).isEqualTo(all.lateness().histogram());
        assertThat(fired[0]).isEqualTo(all.count(TimerCount.FIRED));
    }

    @Test
    void anIntervalHasALengthAndAllProcessors() {
        Interval interval = new Interval(2);
        List<Recorder> none = List.of(new Recorder(1, 0));
        assertThatThrownBy(() -> interval.close(0, none, new double[2], 0, RunListener.NONE))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("from 0 ns to 0 ns");
        assertThatThrownBy(() -> interval.close(5, none, new double[1], 0, RunListener.NONE))
                .hasMessageContaining("1 utilizations of 2 processors");
    }
}

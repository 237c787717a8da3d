package io.wheelhouse.sim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wheelhouse.sim.metrics.HostUse;
import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.RunResult;
import java.io.IOException;
import java.io.OutputStream;

/** {@code host.json}: which program ran where, and what it took. Different every time. */
final class HostJson {
    private static final double NS_PER_SECOND = 1e9;

    private HostJson() {}

    static void write(RunResult run, ProgramInfo program, OutputStream out) throws IOException {
        HostUse host = run.host();
        try (JsonGenerator json = Json.on(out)) {
            json.writeStartObject();
            json.writeStringField("version", program.version());
            json.writeStringField("commit", program.commit());
            json.writeStringField("jvm", program.jvm());
            json.writeNumberField("hostThreads", host.threads());
            json.writeNumberField("wallNs", host.wallNs());
            json.writeNumberField("cpuNs", host.cpuNs());
            json.writeNumberField("events", run.events());
            json.writeNumberField("eventsPerSecond", Math.round(eventsPerSecond(run)));
            if (host.heapBytes() > 0 && host.connections() > 0) {
                json.writeNumberField("heapBytes", host.heapBytes());
                json.writeNumberField("connections", host.connections());
                json.writeNumberField("bytesPerConnection", Math.round(host.bytesPerConnection()));
            }
            LiveUse live = host.live();
            if (live != null) {
                writeLive(live, json);
            }
            json.writeEndObject();
            json.writeRaw('\n');
        }
    }

    private static void writeLive(LiveUse live, JsonGenerator json) throws IOException {
        json.writeObjectFieldStart("live");
        json.writeStringField("idle", live.idle());
        json.writeBooleanField("movesForced", live.movesForced());
        json.writeArrayFieldStart("threads");
        for (LiveUse.OfThread thread : live.threads()) {
            json.writeStartObject();
            json.writeNumberField("ownNs", thread.ownNs());
            json.writeNumberField("gapsNs", thread.gapsNs());
            json.writeNumberField("longestGapNs", thread.longestGapNs());
            if (thread.waitedNs() >= 0) {
                json.writeNumberField("waitedForCoreNs", thread.waitedNs());
            }
            json.writeNumberField("longestStepNs", thread.longestStepNs());
            json.writeNumberField("longestStepAtNs", thread.longestStepAtNs());
            json.writeNumberField("bucketsHandedOver", thread.moves());
            json.writeNumberField("staleOrders", thread.staleOrders());
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeObjectFieldStart("callbacks");
        json.writeNumberField("count", live.callbacks().count());
        json.writeNumberField("firstStartNs", live.callbacks().firstStartNs());
        json.writeNumberField("lastEndNs", live.callbacks().lastEndNs());
        json.writeNumberField("spanNs", live.callbacks().spanNs());
        json.writeNumberField("inCallbacksNs", live.callbacks().inCallbacksNs());
        json.writeNumberField("logged", live.overlap().logged());
        json.writeNumberField("overlapping", live.overlap().overlapping());
        json.writeNumberField("overlappingInOneBucket", live.overlap().sameBucket());
        json.writeStringField("example", live.overlap().example());
        json.writeEndObject();
        json.writeNumberField("callbacksThatThrew", live.thrown());
        json.writeNumberField("lateReports", live.lateReports());
        json.writeNumberField("stuckThreads", live.stuck());
        json.writeArrayFieldStart("troubles");
        for (String line : live.troubles()) {
            json.writeString(line);
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    static double eventsPerSecond(RunResult run) {
        return run.host().wallNs() <= 0
                ? 0.0
                : run.events() * NS_PER_SECOND / run.host().wallNs();
    }
}

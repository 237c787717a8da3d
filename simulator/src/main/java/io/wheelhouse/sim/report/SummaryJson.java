package io.wheelhouse.sim.report;

import com.fasterxml.jackson.core.JsonGenerator;
import io.wheelhouse.sim.metrics.BalanceResult;
import io.wheelhouse.sim.metrics.Cause;
import io.wheelhouse.sim.metrics.ExpectationResult;
import io.wheelhouse.sim.metrics.GroupResult;
import io.wheelhouse.sim.metrics.Lateness;
import io.wheelhouse.sim.metrics.LawReport;
import io.wheelhouse.sim.metrics.ProcessorResult;
import io.wheelhouse.sim.metrics.QueueResult;
import io.wheelhouse.sim.metrics.RunResult;
import io.wheelhouse.sim.metrics.TimerResult;
import io.wheelhouse.tcp.TcpCount;
import io.wheelhouse.tcp.TimerCount;
import java.io.IOException;
import java.io.OutputStream;
import java.util.Locale;
import java.util.Map;

/**
 * {@code summary.json}: all that a run found, and nothing of the host that it ran on, so that it is the same to the byte
 * for the same scenario, seed and version.
 */
public final class SummaryJson {
    /** Changes when a reader of the file would have to. */
    public static final int SCHEMA_VERSION = 1;

    /** The name of the first field, by which a file is recognised as ours. */
    static final String SCHEMA_FIELD = "wheelhouseSchema";

    private final JsonGenerator json;
    private final RunResult run;

    private SummaryJson(JsonGenerator json, RunResult run) {
        this.json = json;
        this.run = run;
    }

    /** Writes a result and leaves the stream open. */
    public static void write(RunResult run, OutputStream out) throws IOException {
        try (JsonGenerator json = Json.on(out)) {
            new SummaryJson(json, run).write();
            json.writeRaw('\n');
        }
    }

    private void write() throws IOException {
        json.writeStartObject();
        writeHead();
        writeTotals();
        json.writeObjectFieldStart("lateness");
        for (TimerResult timer : run.timers()) {
            writeLateness(timer);
        }
        json.writeEndObject();
        json.writeObjectFieldStart("timers");
        for (TimerResult timer : run.timers()) {
            writeTimer(timer);
        }
        json.writeEndObject();
        writeProcessors();
        writeBalance(run.balance());
        writeGroups();
        writeQueue(run.queue());
        writeOverdue();
        writeLaws(run.laws());
        writeExpectations();
        json.writeEndObject();
    }

    private void writeHead() throws IOException {
        json.writeNumberField(SCHEMA_FIELD, SCHEMA_VERSION);
        json.writeStringField("scenario", run.scenario());
        json.writeStringField("description", run.description());
        json.writeNumberField("seed", run.seed());
        json.writeNumberField("durationNs", run.durationNs());
        json.writeNumberField("warmupNs", run.warmupNs());
        json.writeNumberField("endNs", run.endNs());
        json.writeBooleanField("interrupted", run.interrupted());
        json.writeStringField("fingerprint", Units.fingerprint(run.fingerprint()));
        json.writeNumberField("events", run.events());
    }

    private void writeTotals() throws IOException {
        json.writeObjectFieldStart("counts");
        for (TcpCount what : TcpCount.values()) {
            json.writeNumberField(what.key(), run.total(what));
        }
        json.writeEndObject();
    }

    private void writeLateness(TimerResult timer) throws IOException {
        json.writeObjectFieldStart(timer.lane().key());
        writeLateness(timer.lateness());
        json.writeObjectFieldStart("groups");
        for (int number = 0; number < timer.groups().size(); number++) {
            Lateness lateness = timer.groups().get(number).lateness();
            if (lateness.count() > 0) {
                json.writeObjectFieldStart(run.groups().get(number).name());
                writeLateness(lateness);
                json.writeEndObject();
            }
        }
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeLateness(Lateness lateness) throws IOException {
        json.writeNumberField("count", lateness.count());
        Json.ns(json, "meanNs", lateness.meanNs());
        json.writeNumberField("p50Ns", lateness.atPercentileNs(50.0));
        json.writeNumberField("p90Ns", lateness.atPercentileNs(90.0));
        json.writeNumberField("p99Ns", lateness.atPercentileNs(99.0));
        json.writeNumberField("p99.9Ns", lateness.atPercentileNs(99.9));
        json.writeNumberField("p99.99Ns", lateness.atPercentileNs(99.99));
        json.writeNumberField("maxNs", lateness.maxNs());
        json.writeObjectFieldStart("causes");
        for (Cause cause : Cause.ALL) {
            writePart(cause, lateness.part(cause));
        }
        json.writeEndObject();
    }

    private void writePart(Cause cause, Lateness.Part part) throws IOException {
        json.writeObjectFieldStart(cause.key());
        Json.ns(json, "meanNs", part.meanNs());
        json.writeNumberField("p50Ns", part.p50Ns());
        json.writeNumberField("p90Ns", part.p90Ns());
        json.writeNumberField("p99Ns", part.p99Ns());
        json.writeNumberField("p99.9Ns", part.p999Ns());
        json.writeNumberField("p99.99Ns", part.p9999Ns());
        json.writeNumberField("maxNs", part.maxNs());
        Json.fraction(json, "shareAtP99", part.shareAtP99());
        json.writeEndObject();
    }

    private void writeTimer(TimerResult timer) throws IOException {
        json.writeObjectFieldStart(timer.lane().key());
        for (TimerCount what : TimerCount.values()) {
            json.writeNumberField(what.name().toLowerCase(Locale.ROOT), timer.count(what));
        }
        json.writeNumberField("pending", timer.pending());
        json.writeObjectFieldStart("endedAfterExpiry");
        json.writeNumberField("count", timer.ended().count());
        Json.ns(json, "meanAgeNs", timer.ended().meanAgeNs());
        json.writeNumberField("maxAgeNs", timer.ended().maxAgeNs());
        json.writeEndObject();
        json.writeEndObject();
    }

    private void writeProcessors() throws IOException {
        json.writeArrayFieldStart("processors");
        for (ProcessorResult processor : run.processors()) {
            json.writeStartObject();
            json.writeNumberField("processor", processor.processor());
            Json.fraction(json, "busy", processor.busy());
            Json.fraction(json, "peak", processor.peak());
            Json.fraction(json, "other", processor.other());
            json.writeNumberField("bucketsAtStart", processor.bucketsAtStart());
            json.writeNumberField("bucketsAtEnd", processor.bucketsAtEnd());
            json.writeNumberField("fired", processor.fired());
            json.writeNumberField("packets", processor.packets());
            json.writeNumberField("movesIn", processor.movesIn());
            json.writeNumberField("movesOut", processor.movesOut());
            json.writeNumberField("ticks", processor.ticks());
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeBalance(BalanceResult balance) throws IOException {
        json.writeObjectFieldStart("balance");
        Json.fraction(json, "maxToMeanBefore", balance.maxToMeanBefore());
        Json.fraction(json, "maxToMeanAfter", balance.maxToMeanAfter());
        Json.fraction(json, "jainBefore", balance.jainBefore());
        Json.fraction(json, "jainAfter", balance.jainAfter());
        Json.fraction(json, "deviationBefore", balance.deviationBefore());
        Json.fraction(json, "deviationAfter", balance.deviationAfter());
        Json.fraction(json, "spreadBefore", balance.spreadBefore());
        Json.fraction(json, "spreadAfter", balance.spreadAfter());
        Json.fraction(json, "maxToMeanOverTime", balance.maxToMeanOverTime());
        Json.fraction(json, "boundMaxToMean", balance.boundMaxToMean());
        Json.fraction(json, "overBound", balance.overBound());
        json.writeNumberField("moves", balance.moves());
        json.writeNumberField("movesMeasured", balance.movesMeasured());
        Json.fraction(json, "churn", balance.churn());
        json.writeNumberField("staleCommands", balance.staleCommands());
        json.writeEndObject();
    }

    private void writeGroups() throws IOException {
        json.writeArrayFieldStart("groups");
        for (GroupResult group : run.groups()) {
            json.writeStartObject();
            json.writeStringField("group", group.name());
            json.writeNumberField("connections", group.connections());
            json.writeNumberField("open", group.open());
            Json.fraction(json, "busy", group.busy());
            Json.fraction(json, "largestConnection", group.largestShare());
            for (Map.Entry<TcpCount, Long> count : group.counts().entrySet()) {
                json.writeNumberField(count.getKey().key(), count.getValue());
            }
            json.writeEndObject();
        }
        json.writeEndArray();
    }

    private void writeQueue(QueueResult queue) throws IOException {
        json.writeObjectFieldStart("queue");
        json.writeNumberField("arms", queue.arms());
        json.writeNumberField("rearms", queue.rearms());
        json.writeNumberField("cancels", queue.cancels());
        json.writeNumberField("superseded", queue.superseded());
        json.writeNumberField("expiries", queue.expiries());
        json.writeNumberField("pending", queue.pending());
        json.writeNumberField("refiles", queue.refiles());
        json.writeNumberField("slotVisits", queue.slotVisits());
        json.writeNumberField("emptyAdvances", queue.emptyAdvances());
        json.writeNumberField("clockRegressions", queue.clockRegressions());
        json.writeEndObject();
    }

    private void writeOverdue() throws IOException {
        json.writeObjectFieldStart("overdue");
        json.writeNumberField("count", run.overdue().count());
        json.writeNumberField("oldestAgeNs", run.overdue().oldestAgeNs());
        json.writeEndObject();
    }

    private void writeLaws(LawReport laws) throws IOException {
        json.writeObjectFieldStart("laws");
        json.writeBooleanField("kept", laws.kept());
        if (!laws.unchecked().isEmpty()) {
            json.writeStringField("unchecked", laws.unchecked());
        }
        json.writeArrayFieldStart("verdicts");
        for (LawReport.Verdict verdict : laws.verdicts()) {
            json.writeStartObject();
            json.writeStringField("law", verdict.law().words());
            json.writeBooleanField("kept", verdict.kept());
            json.writeArrayFieldStart("violations");
            for (String violation : verdict.violations()) {
                json.writeString(violation);
            }
            json.writeEndArray();
            json.writeEndObject();
        }
        json.writeEndArray();
        json.writeEndObject();
    }

    private void writeExpectations() throws IOException {
        json.writeArrayFieldStart("expectations");
        for (ExpectationResult result : run.expectations()) {
            json.writeStartObject();
            json.writeStringField("expectation", result.expectation().text());
            json.writeStringField("metric", result.expectation().metric());
            json.writeObjectFieldStart("labels");
            for (Map.Entry<String, String> label : result.expectation().labels().entrySet()) {
                json.writeStringField(label.getKey(), label.getValue());
            }
            json.writeEndObject();
            json.writeStringField("operator", result.expectation().operator().sign());
            Json.fraction(json, "wanted", result.expectation().value());
            Json.fraction(json, "tolerance", result.expectation().tolerance());
            Json.fraction(json, "measured", result.measured().orElse(Double.NaN));
            json.writeBooleanField("met", result.met());
            json.writeEndObject();
        }
        json.writeEndArray();
    }
}

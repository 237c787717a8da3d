package io.wheelhouse.sim.report;

import com.fasterxml.jackson.core.JsonEncoding;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import java.io.IOException;
import java.io.OutputStream;

/** JSON of which every byte is determined: two spaces, {@code "\n"}, UTF-8, numbers by {@link Decimals}. */
public final class Json {
    private static final JsonFactory FACTORY = new JsonFactory();
    private static final int FRACTION_PLACES = 6;
    private static final int NS_PLACES = 3;

    private Json() {}

    /** A generator that leaves the stream open. */
    public static JsonGenerator on(OutputStream out) throws IOException {
        DefaultIndenter indenter = new DefaultIndenter("  ", "\n");
        DefaultPrettyPrinter printer = new DefaultPrettyPrinter(
                Separators.createDefaultInstance().withObjectFieldValueSpacing(Separators.Spacing.AFTER));
        printer.indentObjectsWith(indenter);
        printer.indentArraysWith(indenter);
        JsonGenerator json = FACTORY.createGenerator(out, JsonEncoding.UTF8);
        json.disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET);
        json.setPrettyPrinter(printer);
        return json;
    }

    /** A mean or the like, in nanoseconds. */
    static void ns(JsonGenerator json, String name, double value) throws IOException {
        number(json, name, value, NS_PLACES);
    }

    /** A fraction, index or ratio. */
    static void fraction(JsonGenerator json, String name, double value) throws IOException {
        number(json, name, value, FRACTION_PLACES);
    }

    private static void number(JsonGenerator json, String name, double value, int places) throws IOException {
        json.writeFieldName(name);
        if (Double.isFinite(value)) {
            json.writeNumber(Decimals.text(value, places));
        } else {
            json.writeNull();
        }
    }
}

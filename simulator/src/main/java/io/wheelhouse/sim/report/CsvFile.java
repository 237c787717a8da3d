package io.wheelhouse.sim.report;

import de.siegmar.fastcsv.writer.CsvWriter;
import de.siegmar.fastcsv.writer.LineDelimiter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A CSV file with a header, written row by row: UTF-8, {@code "\n"}, numbers by {@link Decimals}. */
public final class CsvFile implements Closeable {
    private static final int FRACTION_PLACES = 6;

    private final CsvWriter csv;
    private final int columns;

    /** Creates the file and writes the header. */
    public CsvFile(Path file, List<String> header) throws IOException {
        csv = CsvWriter.builder().lineDelimiter(LineDelimiter.LF).build(file, StandardCharsets.UTF_8);
        columns = header.size();
        csv.writeRecord(header);
    }

    /** Writes a row of as many values as the header has. */
    public void row(List<String> values) {
        assert values.size() == columns : values.size() + " values for " + columns + " columns: " + values;
        csv.writeRecord(values);
    }

    /** A fraction, index or ratio. */
    static String fraction(double value) {
        return Decimals.text(value, FRACTION_PLACES);
    }

    @Override
    public void close() throws IOException {
        csv.close();
    }
}

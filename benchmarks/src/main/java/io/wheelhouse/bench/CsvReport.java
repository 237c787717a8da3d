package io.wheelhouse.bench;

import java.util.List;
import java.util.Locale;

/** Every round as a row, for other programs; the machine in comment lines before them. */
final class CsvReport {
    static final String HEADER = "workload,queues,timers_of_queue,structure,round,operations,thread_cpu_ns,wall_ns,"
            + "process_cpu_ns,allocated_bytes,cut,heap_bytes_of_timer\n";

    private CsvReport() {}

    static String head(List<String> machine) {
        StringBuilder text = new StringBuilder();
        for (String line : machine) {
            text.append("# ").append(line).append('\n');
        }
        return text.append(HEADER).toString();
    }

    static String of(Cell cell, List<Rounds> all) {
        StringBuilder text = new StringBuilder();
        for (Rounds rounds : all) {
            int number = 0;
            for (Round round : rounds.all()) {
                number++;
                text.append(row(cell, rounds, number, round));
            }
        }
        return text.toString();
    }

    private static String row(Cell cell, Rounds rounds, int number, Round round) {
        String memory =
                Double.isNaN(rounds.bytesOfTimer()) ? "" : String.format(Locale.ROOT, "%.2f", rounds.bytesOfTimer());
        return cell.workload().key() + "," + cell.size().queues() + ","
                + cell.size().timersOfQueue() + "," + rounds.structure() + "," + number + ","
                + round.line().replace(' ', ',') + "," + memory + "\n";
    }
}

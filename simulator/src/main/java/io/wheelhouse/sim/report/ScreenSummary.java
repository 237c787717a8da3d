package io.wheelhouse.sim.report;

import io.wheelhouse.sim.metrics.LiveUse;
import io.wheelhouse.sim.metrics.RunResult;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * The summary on screen: the answer first, then what it rests on; 80 columns, and 40 lines for up to eight processors.
 * Everything in it but the host's line is determined by the run.
 */
public final class ScreenSummary {
    private static final int WIDTH = Lines.WIDTH;
    private static final String MORE_FILES = "  + %d more";

    private final RunResult run;
    private final Screen screen;

    private ScreenSummary(RunResult run, Screen screen) {
        this.run = run;
        this.screen = screen;
    }

    /**
     * The summary, ending with a newline.
     *
     * @param folder where the files are, as the user would name it; empty where nothing was written
     * @param files their names
     * @param next a command to try next, in parts that stay on one line
     */
    public static String of(RunResult run, String folder, List<String> files, List<String> next, Style style) {
        Screen screen = new Screen(style);
        ScreenAnswer answer = new ScreenAnswer(run, screen);
        answer.title();
        answer.answer();
        ScreenTables tables = new ScreenTables(run, screen);
        tables.lateness();
        tables.processors();
        ScreenFindings findings = new ScreenFindings(run, screen);
        findings.balance();
        findings.groups();
        findings.overdue();
        new ScreenExpectations(run, screen).expectations();
        findings.laws();
        LiveUse live = run.host().live();
        if (live == null) {
            screen.row("PRINT", "fingerprint " + Units.fingerprint(run.fingerprint()));
        } else {
            // No two live runs are alike, so there is nothing to compare a fingerprint with.
            new ScreenLive(run, screen).live(live);
        }
        ScreenSummary summary = new ScreenSummary(run, screen);
        summary.host();
        if (!folder.isEmpty()) {
            summary.files(folder, files);
        }
        summary.next(next);
        return screen.text();
    }

    /** The expectations that were not met, one a line, with what was measured. */
    public static List<String> unmet(RunResult run) {
        return ScreenExpectations.unmet(run);
    }

    private void host() {
        screen.row(
                "HOST",
                Units.time(run.host().wallNs()) + ", " + Units.rough(HostJson.eventsPerSecond(run)) + " events/s on "
                        + run.host().threads() + (run.host().threads() == 1 ? " thread" : " threads"));
    }

    private void files(String folder, List<String> files) {
        StringBuilder text = new StringBuilder(folder).append('/');
        int more = 0;
        for (String file : byInterest(files)) {
            if (text.length() + 2 + file.length() + Screen.LABEL <= WIDTH - MORE_FILES.length()) {
                text.append("  ").append(file);
            } else {
                more++;
            }
        }
        screen.row("FILES", text + (more == 0 ? "" : String.format(Locale.ROOT, MORE_FILES, more)));
    }

    /** The table of the timers that the answer is about stands before those of the others; moves that were none, last. */
    private List<String> byInterest(List<String> files) {
        String main = ScreenAnswer.mainTimer(run)
                .map(timer -> ResultFolder.table(timer.lane()))
                .orElse("");
        List<String> sorted = new ArrayList<>(files);
        sorted.sort(Comparator.comparingInt(file -> {
            if (file.equals(ResultFolder.SUMMARY)) {
                return 0;
            }
            boolean isEmpty = file.equals(IntervalFiles.MOVES) && run.balance().moves() == 0;
            return file.equals(main) ? 1 : isEmpty ? 3 : 2;
        }));
        return sorted;
    }

    private void next(List<String> command) {
        String label = "NEXT" + " ".repeat(Screen.LABEL - "NEXT".length());
        List<String> lines = Lines.command(label, command);
        screen.line(screen.style().heading("NEXT") + lines.get(0).substring("NEXT".length()));
        lines.subList(1, lines.size()).forEach(screen::line);
    }
}

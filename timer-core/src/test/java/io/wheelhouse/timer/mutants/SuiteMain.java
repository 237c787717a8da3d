package io.wheelhouse.timer.mutants;

import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.TestSource;
import org.junit.platform.engine.discovery.ClassNameFilter;
import org.junit.platform.engine.discovery.DiscoverySelectors;
import org.junit.platform.engine.support.descriptor.ClassSource;
import org.junit.platform.engine.support.descriptor.MethodSource;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/**
 * The shared suite in a virtual machine of its own: runs all tests of the structures and writes a line for each that
 * starts and each that fails, then how many there were. {@link SuiteProcess} reads them.
 */
final class SuiteMain {
    static final String STARTED = "started";
    static final String FAILED = "failed";
    static final String ENDED = "ended";

    private SuiteMain() {}

    public static void main(String[] args) {
        LauncherDiscoveryRequest suite = LauncherDiscoveryRequestBuilder.request()
                .selectors(DiscoverySelectors.selectPackage(Mutant.PACKAGE))
                .filters(ClassNameFilter.includeClassNamePatterns(".*Test"))
                .build();
        Lines lines = new Lines(new PrintStream(System.out, true, StandardCharsets.UTF_8));
        LauncherFactory.create().execute(suite, lines);
        lines.write(ENDED, String.valueOf(lines.tests), "");
        // A thread that a broken structure keeps busy must not keep the virtual machine.
        System.exit(0);
    }

    private static final class Lines implements TestExecutionListener {
        private final PrintStream out;
        private int tests;

        Lines(PrintStream out) {
            this.out = out;
        }

        @Override
        public void executionStarted(TestIdentifier test) {
            if (test.isTest()) {
                tests++;
                write(STARTED, name(test), "");
            }
        }

        @Override
        public void executionFinished(TestIdentifier test, TestExecutionResult result) {
            if (result.getStatus() == Status.FAILED) {
                String why = result.getThrowable().map(Throwable::toString).orElse("");
                write(FAILED, name(test), why.lines().findFirst().orElse(""));
            }
        }

        void write(String what, String test, String why) {
            out.println(what + '\t' + test + '\t' + why);
        }

        private static String name(TestIdentifier test) {
            TestSource source = test.getSource().orElse(null);
            if (source instanceof MethodSource method) {
                String className = method.getJavaClass().getSimpleName();
                String display = test.getDisplayName().replaceAll("\\s+", " ");
                return className + '.' + method.getMethodName() + ' ' + display;
            }
            return source instanceof ClassSource of ? of.getJavaClass().getSimpleName() : test.getDisplayName();
        }
    }
}

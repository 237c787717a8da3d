package io.wheelhouse.sim;

import static com.tngtech.archunit.core.domain.JavaCall.Predicates.target;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.assignableTo;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.core.domain.properties.HasOwner.Predicates.With.owner;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaAccess;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * What may know what: cli → report → engine → tcp → timer, one way; scenario, metrics and traffic between. And what the
 * parts that others embed never do: print, read a clock, sleep, draw what no seed determines.
 */
@AnalyzeClasses(packages = "io.wheelhouse", importOptions = ImportOption.DoNotIncludeTests.class)
final class ArchitectureTest {
    private static final String TIMER = "io.wheelhouse.timer..";
    private static final String TCP = "io.wheelhouse.tcp..";
    private static final String SIM = "io.wheelhouse.sim.";
    private static final String[] JAVA = {"java..", "org.jspecify.."};

    private ArchitectureTest() {}

    @ArchTest
    static final ArchRule timerKnowsNoTcp = knows(TIMER, TIMER, "org.agrona..");

    @ArchTest
    static final ArchRule tcpKnowsTimersAlone = knows(TCP, TCP, TIMER, "org.agrona..");

    @ArchTest
    static final ArchRule scenarioKnowsNothingThatRuns =
            knows(sim("scenario"), sim("scenario"), TCP, TIMER, "org.snakeyaml..");

    @ArchTest
    static final ArchRule metricsKnowScenarios =
            knows(sim("metrics"), sim("metrics"), sim("scenario"), TCP, TIMER, "org.HdrHistogram..");

    @ArchTest
    static final ArchRule trafficKnowsScenarios =
            knows(sim("traffic"), sim("traffic"), sim("scenario"), TCP, TIMER, "org.agrona..");

    @ArchTest
    static final ArchRule engineKnowsNoFilesAndNoTerminals = knows(
            sim("engine"),
            sim("engine"),
            sim("traffic"),
            sim("metrics"),
            sim("scenario"),
            TCP,
            TIMER,
            "org.agrona..",
            "com.sun.management..");

    @ArchTest
    static final ArchRule liveKnowsNoFilesAndNoTerminals =
            knows(sim("live"), sim("live"), sim("engine"), sim("metrics"), sim("scenario"), TCP, TIMER, "org.agrona..");

    @ArchTest
    static final ArchRule reportKnowsNoCommandLine = knows(
            sim("report"),
            sim("report"),
            sim("pcap"),
            sim("engine"),
            sim("metrics"),
            sim("scenario"),
            TCP,
            TIMER,
            "org.HdrHistogram..",
            "com.fasterxml.jackson.core..",
            "de.siegmar.fastcsv..");

    @ArchTest
    static final ArchRule sweepKnowsNoCommandLine = knows(
            sim("sweep"),
            sim("sweep"),
            sim("report"),
            sim("metrics"),
            sim("scenario"),
            TIMER,
            "com.fasterxml.jackson.core..");

    @ArchTest
    static final ArchRule packagesOfOneModuleHaveNoCycles =
            slices().matching("io.wheelhouse.(*).(*)..").should().beFreeOfCycles();

    @ArchTest
    static final ArchRule nothingEmbeddedPrints = noClasses()
            .that()
            .resideInAnyPackage(TIMER, TCP, sim("scenario"), sim("metrics"), sim("traffic"), sim("engine"), sim("live"))
            .should()
            .accessTargetWhere(fieldOfSystem("out|err"))
            .orShould()
            .callMethodWhere(named(Throwable.class, "printStackTrace"));

    @ArchTest
    static final ArchRule nothingEmbeddedSleepsOrReadsAClock = noClasses()
            .that()
            .resideInAnyPackage(TIMER, TCP, sim("scenario"), sim("metrics"), sim("traffic"))
            .should()
            .callMethodWhere(named(System.class, "nanoTime|currentTimeMillis"))
            .orShould()
            .callMethodWhere(named(Thread.class, "sleep"))
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.time\\.(Instant|Clock|Local.*|Zoned.*|Offset.*)|java\\.util\\.(Date|Calendar)");

    @ArchTest
    static final ArchRule onlyTheHostClockReadsOne = noClasses()
            .that()
            .resideInAPackage("io.wheelhouse..")
            .and()
            .doNotHaveSimpleName("HostClock")
            .should()
            .callMethodWhere(named(System.class, "nanoTime|currentTimeMillis"));

    @ArchTest
    static final ArchRule nothingIsDrawnWithoutASeed = noClasses()
            .that()
            .resideInAPackage("io.wheelhouse..")
            .should()
            .callMethodWhere(named(Math.class, "random"))
            .orShould()
            .callConstructor(Random.class)
            .orShould()
            .callConstructor(SplittableRandom.class)
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.util\\.concurrent\\.ThreadLocalRandom|java\\.security\\.SecureRandom|java\\.util\\.UUID");

    /** These may differ by a last bit from one platform to the next; StrictMath's may not. */
    @ArchTest
    static final ArchRule transcendentalFunctionsAreStrict = noClasses()
            .that()
            .resideInAPackage("io.wheelhouse..")
            .should()
            .callMethodWhere(named(
                    Math.class,
                    "exp|expm1|log|log10|log1p|pow|cbrt|hypot|sin|cos|tan|asin|acos|atan|atan2|sinh|cosh|tanh"));

    private static String sim(String name) {
        return SIM + name + "..";
    }

    private static ArchRule knows(String subject, String... others) {
        String[] allowed = Stream.concat(Stream.of(others), Stream.of(JAVA)).toArray(String[]::new);
        return classes()
                .that()
                .resideInAPackage(subject)
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(allowed);
    }

    private static DescribedPredicate<JavaCall<?>> named(Class<?> owner, String names) {
        return target(owner(assignableTo(owner)))
                .and(target(nameMatching(names)))
                .as("%s.(%s) is called", owner.getSimpleName(), names);
    }

    private static DescribedPredicate<JavaAccess<?>> fieldOfSystem(String names) {
        return DescribedPredicate.describe(
                "System.(" + names + ")",
                access -> access.getTargetOwner().isEquivalentTo(System.class)
                        && access.getTarget().getName().matches(names));
    }
}

package io.wheelhouse.timer.mutants;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every mutant still applies to the sources as they are. What it takes to catch one is {@link MutationCheck}'s affair. */
class MutantTest {
    private static final String HEAD = "bug: B.\nfile: F.java\ncaught by: T\n";
    private static final Mutant MUTANT = Mutant.parse("m", HEAD + "replace:\n  a\n  b\nwith:\n  c\n");

    static List<Mutant> all() {
        return Mutant.all();
    }

    @ParameterizedTest
    @MethodSource("all")
    void applies(Mutant mutant) {
        assertThat(mutant.mutatedSource()).contains(mutant.replacement());
        assertThat(mutant.bug()).endsWith(".");
    }

    @Test
    void tenAtLeast() {
        assertThat(all()).hasSizeGreaterThan(10);
    }

    @Test
    void changesThatTextAlone() {
        assertThat(MUTANT.applyTo("x\n  a\n  b\ny\n")).isEqualTo("x\n  c\ny\n");
        assertThat(MUTANT.className()).isEqualTo("io.wheelhouse.timer.queue.F");
    }

    @Test
    void isRefusedWhereItsTextDoesNotOccurOnce() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MUTANT.applyTo("  a\n"))
                .withMessageContaining("mutant m: its text occurs not at all in F.java");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> MUTANT.applyTo("  a\n  b\n  a\n  b\n"))
                .withMessageContaining("mutant m: its text occurs twice in F.java");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                HEAD,
                HEAD + "replace:\n  a\n",
                HEAD + "replace:\nwith:\n  a\n",
                HEAD + "replace:\n  a\nwith:\n  a\n",
                "bug: \nfile: F.java\ncaught by: T\nreplace:\n  a\nwith:\n",
                "file: F.java\nbug: B.\ncaught by: T\nreplace:\n  a\nwith:\n"
            })
    void isRefusedWhereItSaysNothing(String content) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Mutant.parse("m", content))
                .withMessageContaining("mutant m");
    }
}

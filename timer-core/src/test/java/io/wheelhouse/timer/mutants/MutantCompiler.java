package io.wheelhouse.timer.mutants;

import java.io.StringWriter;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import javax.tools.JavaCompiler;
import javax.tools.JavaFileObject.Kind;
import javax.tools.SimpleJavaFileObject;
import javax.tools.ToolProvider;

/** Compiles a mutated source, which is nowhere but in memory, against the classes of the class path. */
final class MutantCompiler {
    private MutantCompiler() {}

    /** @param into a folder for the classes, to come before the unmutated ones on a class path */
    static void compile(Mutant mutant, Path into) {
        JavaCompiler compiler = ToolProvider.getSystemJavaCompiler();
        if (compiler == null) {
            throw new IllegalStateException("mutants need a JDK: this Java has no compiler");
        }
        List<String> options = List.of("-proc:none", "-nowarn", "-d", into.toString(), "-cp", SuiteProcess.classPath());
        StringWriter messages = new StringWriter();
        if (!compiler.getTask(messages, null, null, options, null, List.of(new Source(mutant)))
                .call()) {
            throw new IllegalArgumentException("mutant " + mutant.name() + " does not compile: " + messages);
        }
    }

    private static final class Source extends SimpleJavaFileObject {
        private final String content;

        Source(Mutant mutant) {
            super(URI.create("string:///" + mutant.className().replace('.', '/') + Kind.SOURCE.extension), Kind.SOURCE);
            content = mutant.mutatedSource();
        }

        @Override
        public CharSequence getCharContent(boolean ignoreEncodingErrors) {
            return content;
        }
    }
}

package io.wheelhouse.sim.scenario;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * A mapping that may stand in a file of its own, named relative to the file that names it. Written, it stands where it
 * belongs, so that a result's scenario needs no other file.
 */
final class FileOrMapping<V> implements Type<V> {
    private final MappingType<V> mapping;
    private final String kind;

    /**
     * @param kind what such a file should be, with an article
     */
    FileOrMapping(MappingType<V> mapping, String kind) {
        this.mapping = mapping;
        this.kind = kind;
    }

    @Override
    public @Nullable V read(Yaml node, Scope scope) {
        if (!(node instanceof Yaml.Scalar scalar) || scalar.isNothing()) {
            return mapping.read(node, scope);
        }
        Path file;
        try {
            file = Path.of(node.at().source()).resolveSibling(scalar.text());
        } catch (InvalidPathException e) {
            scope.problem(node.at(), Text.quote(scalar.text()) + " is neither a mapping nor a file's name");
            return null;
        }
        String source = file.toString();
        int problemsBefore = scope.problemsFound();
        String text = TextFile.read(file, source, kind, scope.problems());
        Yaml tree = text == null ? null : YamlParser.parseFile(source, text, scope.problems());
        if (tree == null) {
            if (scope.problemsFound() == problemsBefore) {
                scope.problem(node.at(), source + " holds nothing");
            }
            return null;
        }
        return mapping.read(tree, scope);
    }

    @Override
    public String form(Scope scope) {
        return mapping.form(scope) + ", or the name of a file: " + kind;
    }

    @Override
    public void tellKeys(String path, String ofKind, KeyReference reference) {
        mapping.tellKeys(path, ofKind, reference);
    }

    @Override
    public Yaml write(V value) {
        return mapping.write(value);
    }
}

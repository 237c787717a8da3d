package io.wheelhouse.sim.cli;

import java.io.UncheckedIOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.FileSystemException;
import java.nio.file.NoSuchFileException;
import java.util.Objects;

/** Says in one line what went wrong with a file. */
final class Failure {
    private Failure() {}

    /** What happened to which file; the JDK's own message often names just the file. */
    static String message(Exception e) {
        if (e instanceof UncheckedIOException unchecked && unchecked.getCause() != null) {
            return message(unchecked.getCause());
        }
        if (e instanceof FileSystemException failed) {
            return failed.getFile() + ": " + reason(failed);
        }
        return Objects.requireNonNullElse(e.getMessage(), e.getClass().getSimpleName());
    }

    private static String reason(FileSystemException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        }
        if (e instanceof NoSuchFileException) {
            return "no such file or folder";
        }
        if (e instanceof FileAlreadyExistsException) {
            return "is there already";
        }
        return Objects.requireNonNullElse(e.getReason(), e.getClass().getSimpleName());
    }
}

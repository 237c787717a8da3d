package io.wheelhouse.sim.report;

import java.io.IOException;

/** A file that was given to be read is not what it should be. The message names the file, and the place if there is one. */
public final class InvalidFileException extends IOException {
    private static final long serialVersionUID = 1L;

    public InvalidFileException(String message) {
        super(message);
    }
}

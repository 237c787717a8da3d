package io.wheelhouse.sim.scenario;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Reading a file that should be a short text in UTF-8, and saying in one line why it is not. */
public final class TextFile {
    static final int MAX_BYTES = 1 << 20;

    private static final int LONGEST_REASON = 200;
    private static final char BYTE_ORDER_MARK = '\uFEFF';

    private TextFile() {}

    /**
     * The text of a file of at most 1 MiB.
     *
     * @param kind what it should be, for example {@code a script}
     * @throws ScenarioException that says why there is none to be had
     */
    public static String read(Path file, String kind) throws ScenarioException {
        Problems problems = new Problems();
        String text = read(file, file.toString(), kind, problems);
        if (text == null) {
            throw problems.asException(file.toString());
        }
        return text;
    }

    /** The text of a file; null after reporting that there is none to be had. */
    static @Nullable String read(Path file, String source, String kind, Problems problems) {
        if (Files.isDirectory(file)) {
            problems.add(Position.whole(source), "is a directory, not " + kind);
            return null;
        }
        try (InputStream in = Files.newInputStream(file)) {
            byte[] bytes = in.readNBytes(MAX_BYTES + 1);
            return bytes.length > MAX_BYTES ? tooLarge(source, problems) : decode(bytes, source, problems);
        } catch (NoSuchFileException e) {
            problems.add(Position.whole(source), "no such file");
        } catch (AccessDeniedException e) {
            problems.add(Position.whole(source), "permission denied");
        } catch (IOException e) {
            problems.add(Position.whole(source), "cannot be read: " + Text.oneLine(reason(e), LONGEST_REASON));
        }
        return null;
    }

    private static String reason(IOException e) {
        String reason = e instanceof FileSystemException of ? of.getReason() : null;
        return reason == null ? String.valueOf(e.getMessage()) : reason;
    }

    /** The same limit for a text that comes from elsewhere; null after reporting. */
    static @Nullable String limit(String text, String source, Problems problems) {
        return text.length() > MAX_BYTES ? tooLarge(source, problems) : text;
    }

    private static @Nullable String tooLarge(String source, Problems problems) {
        problems.add(Position.whole(source), "is larger than 1 MiB");
        return null;
    }

    private static @Nullable String decode(byte[] bytes, String source, Problems problems) {
        CharsetDecoder decoder = StandardCharsets.UTF_8
                .newDecoder()
                .onMalformedInput(CodingErrorAction.REPORT)
                .onUnmappableCharacter(CodingErrorAction.REPORT);
        CharBuffer characters = CharBuffer.allocate(bytes.length);
        CoderResult result = decoder.decode(ByteBuffer.wrap(bytes), characters, true);
        String text = characters.flip().toString();
        int zero = text.indexOf('\0');
        if (zero >= 0) {
            Position at = position(source, text, text.codePointCount(0, zero));
            problems.add(at, "a binary file, not a text: it holds a zero byte");
            return null;
        }
        if (result.isError()) {
            Position at = position(source, text, text.codePointCount(0, text.length()));
            problems.add(at, "not a text in UTF-8: these bytes are no character");
            return null;
        }
        return !text.isEmpty() && text.charAt(0) == BYTE_ORDER_MARK ? text.substring(1) : text;
    }

    /** Line and column of a character, counted from 0 in code points. */
    static Position position(String source, String text, int codePoints) {
        int line = 1;
        int column = 1;
        int end = text.offsetByCodePoints(0, Math.min(codePoints, text.codePointCount(0, text.length())));
        for (int i = 0; i < end; i += Character.charCount(text.codePointAt(i))) {
            char c = text.charAt(i);
            boolean endsLine = c == '\n' || (c == '\r' && !(i + 1 < text.length() && text.charAt(i + 1) == '\n'));
            line += endsLine ? 1 : 0;
            column = endsLine ? 1 : column + 1;
        }
        return new Position(source, line, column);
    }
}

package io.wheelhouse.tcp.recorded;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A value of a JSON file: an object, a list, a text, a number, a truth value, or nothing. */
final class Json {
    private final @Nullable Object value;

    private Json(@Nullable Object value) {
        this.value = value;
    }

    static Json read(Path file) throws IOException {
        return parse(Files.readString(file, StandardCharsets.UTF_8));
    }

    static Json parse(String text) throws IOException {
        try (JsonParser parser = new JsonFactory().createParser(text)) {
            parser.nextToken();
            return new Json(tree(parser));
        }
    }

    private static @Nullable Object tree(JsonParser parser) throws IOException {
        return switch (parser.currentToken()) {
            case START_OBJECT -> {
                Map<String, Json> object = new LinkedHashMap<>();
                while (parser.nextToken() != JsonToken.END_OBJECT) {
                    String key = parser.currentName();
                    parser.nextToken();
                    object.put(key, new Json(tree(parser)));
                }
                yield object;
            }
            case START_ARRAY -> {
                List<Json> list = new ArrayList<>();
                while (parser.nextToken() != JsonToken.END_ARRAY) {
                    list.add(new Json(tree(parser)));
                }
                yield list;
            }
            case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> parser.getDoubleValue();
            case VALUE_STRING -> parser.getText();
            case VALUE_TRUE, VALUE_FALSE -> parser.getBooleanValue();
            default -> null;
        };
    }

    /** A member of an object; nothing if there is no such member, or no object. */
    Json get(String key) {
        return value instanceof Map<?, ?> object && object.get(key) instanceof Json member ? member : new Json(null);
    }

    /** An element of a list; nothing if it has none such. */
    Json get(int index) {
        List<Json> all = list();
        return index < all.size() ? all.get(index) : new Json(null);
    }

    boolean has(String key) {
        return !get(key).isNothing();
    }

    boolean isNothing() {
        return value == null;
    }

    boolean isNumber() {
        return value instanceof Double;
    }

    boolean isObject() {
        return value instanceof Map;
    }

    /** The keys of an object, in the file's order. */
    List<String> keys() {
        List<String> keys = new ArrayList<>();
        if (value instanceof Map<?, ?> object) {
            object.keySet().forEach(key -> keys.add(String.valueOf(key)));
        }
        return keys;
    }

    /** The elements of a list; none if it is no list. */
    List<Json> list() {
        List<Json> all = new ArrayList<>();
        if (value instanceof List<?> list) {
            list.forEach(element -> all.add((Json) element));
        }
        return all;
    }

    boolean isTrue() {
        return Boolean.TRUE.equals(value);
    }

    String text() {
        return String.valueOf(value);
    }

    double number() {
        if (value instanceof Double number) {
            return number;
        }
        throw new IllegalArgumentException("not a number: " + value);
    }

    double number(double otherwise) {
        return value instanceof Double number ? number : otherwise;
    }

    /** A number without its fraction; another if it is no number. */
    long whole(long otherwise) {
        return isNumber() ? (long) number() : otherwise;
    }

    /** A time in seconds as nanoseconds. */
    long ns() {
        return Math.round(number() * 1e9);
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}

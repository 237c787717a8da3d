package io.wheelhouse.sim.scenario;

import java.util.Collection;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What somebody probably meant: the nearest of the names that there are. Distance is the optimal string alignment
 * distance (Damerau 1964, with Levenshtein's insertions and deletions): one for each letter inserted, deleted, changed, or
 * swapped with its neighbour; case and the choice of hyphen or underscore do not count.
 */
public final class Suggestions {
    private static final int LONGEST_WORD = 64;

    private Suggestions() {}

    /** The nearest candidate, the first of equals; null if none is near enough to be meant. */
    public static @Nullable String nearest(String word, Collection<String> candidates) {
        if (word.length() > LONGEST_WORD) {
            return null;
        }
        String folded = fold(word);
        String nearest = null;
        int least = Integer.MAX_VALUE;
        for (String candidate : candidates) {
            int distance = distance(folded, fold(candidate));
            if (distance < least && distance <= allowed(word, candidate)) {
                least = distance;
                nearest = candidate;
            }
        }
        return nearest;
    }

    /** The end of a message: what was probably meant, or nothing. */
    static String didYouMean(@Nullable String suggestion) {
        return suggestion == null ? "" : "; did you mean " + Text.quote(suggestion) + "?";
    }

    /** The end of a message about a name that is none of the candidates: the nearest, or all of them. */
    static String didYouMean(String word, String lead, Collection<String> candidates) {
        String nearest = nearest(word, candidates);
        return nearest != null ? didYouMean(nearest) : "; " + lead + " " + String.join(", ", candidates);
    }

    /** A third of the letters may be wrong; one of them always, but not the only one. */
    private static int allowed(String word, String candidate) {
        int longer = Math.max(word.length(), candidate.length());
        return longer < 2 ? 0 : Math.max(1, longer / 3);
    }

    private static String fold(String word) {
        return word.toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static int distance(String a, String b) {
        int[][] d = new int[a.length() + 1][b.length() + 1];
        for (int i = 0; i <= a.length(); i++) {
            d[i][0] = i;
        }
        for (int j = 0; j <= b.length(); j++) {
            d[0][j] = j;
        }
        for (int i = 1; i <= a.length(); i++) {
            for (int j = 1; j <= b.length(); j++) {
                int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
                d[i][j] = Math.min(d[i - 1][j - 1] + change, 1 + Math.min(d[i - 1][j], d[i][j - 1]));
                if (isSwap(a, i, b, j)) {
                    d[i][j] = Math.min(d[i][j], d[i - 2][j - 2] + 1);
                }
            }
        }
        return d[a.length()][b.length()];
    }

    private static boolean isSwap(String a, int i, String b, int j) {
        return i > 1 && j > 1 && a.charAt(i - 1) == b.charAt(j - 2) && a.charAt(i - 2) == b.charAt(j - 1);
    }
}

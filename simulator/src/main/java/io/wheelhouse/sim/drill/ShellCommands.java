package io.wheelhouse.sim.drill;

import io.wheelhouse.sim.drill.Action.Command;
import io.wheelhouse.sim.drill.Action.Sysctl;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What commands in backquotes mean to the model: the kernel's variables that they set, by {@code sysctl}, by {@code echo}
 * into {@code /proc/sys}, or by one of the public collections' own scripts. Commands that only tidy up mean nothing.
 * Others are outside of the subset: no shell is ever run.
 */
final class ShellCommands {
    private static final String PROC = "/proc/sys/";
    private static final Pattern PRODUCT =
            Pattern.compile("\\$\\(\\(\\s*(\\d{1,10}(?:\\s*\\*\\s*\\d{1,10}){0,5})\\s*\\)\\)");

    /** What the collections' common start sets that bears on TCP (gtests/net/common/defaults.sh, selftests/net). */
    private static final List<String> DEFAULTS = List.of(
            "net.ipv4.tcp_rmem=4096 540000 15728640",
            "net.ipv4.tcp_wmem=4096 262144 4194304",
            "net.ipv4.tcp_timestamps=1",
            "net.ipv4.tcp_syn_retries=5",
            "net.ipv4.tcp_synack_retries=5",
            "net.ipv4.tcp_frto=2",
            "net.ipv4.tcp_sack=1",
            "net.ipv4.tcp_dsack=1",
            "net.ipv4.tcp_reordering=3",
            "net.ipv4.tcp_congestion_control=cubic",
            "net.ipv4.tcp_slow_start_after_idle=0",
            "net.ipv4.tcp_early_retrans=4",
            "net.ipv4.tcp_recovery=1",
            "net.ipv4.tcp_ecn=0");

    /** Offloads and caches that the model does not have, and what tidies up. */
    private static final Set<String> NO_EFFECT =
            Set.of("ethtool", "modprobe", "true", ":", "sync", "rm", "/bin/rm", "nstat", "setkey", "kldload");

    private final Trouble trouble;

    ShellCommands(Trouble trouble) {
        this.trouble = trouble;
    }

    Command read(Token token) {
        List<Sysctl> settings = new ArrayList<>();
        int line = token.line();
        for (String part : parts(token)) {
            simple(words(part), token, line, settings);
            line += (int) part.chars().filter(c -> c == '\n').count();
        }
        return new Command(List.copyOf(settings));
    }

    /** The commands of a text; each keeps its line ends, so that lines can be counted. */
    private List<String> parts(Token token) {
        String text = token.text();
        List<String> parts = new ArrayList<>();
        int start = 0;
        char quote = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quote != 0) {
                quote = c == quote ? 0 : quote;
            } else if (c == '"' || c == '\'') {
                quote = c;
            } else if (c == '#' && (i == 0 || Character.isWhitespace(text.charAt(i - 1)))) {
                int end = text.indexOf('\n', i);
                i = (end < 0 ? text.length() : end) - 1;
            } else if (c == '\\') {
                i++;
            } else if (c == '\n' || c == ';' || c == '&') {
                parts.add(text.substring(start, i + (c == '\n' ? 1 : 0)));
                start = i + 1;
            }
        }
        if (quote != 0) {
            trouble.malformed(token, "a quotation in this command never ends; expected " + quote);
            return List.of();
        }
        parts.add(text.substring(start));
        return parts;
    }

    private static List<String> words(String command) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        boolean inWord = false;
        char quote = 0;
        for (int i = 0; i < command.length(); i++) {
            char c = command.charAt(i);
            if (quote != 0) {
                if (c == quote) {
                    quote = 0;
                } else {
                    word.append(c);
                }
            } else if (c == '"' || c == '\'') {
                quote = c;
                inWord = true;
            } else if (c == '#' && !inWord) {
                break;
            } else if (Character.isWhitespace(c)
                    || (c == '\\' && i + 1 < command.length() && command.charAt(i + 1) == '\n')) {
                i += c == '\\' ? 1 : 0;
                if (inWord) {
                    words.add(word.toString());
                }
                word.setLength(0);
                inWord = false;
            } else {
                word.append(c);
                inWord = true;
            }
        }
        if (inWord) {
            words.add(word.toString());
        }
        return words;
    }

    private void simple(List<String> words, Token at, int line, List<Sysctl> settings) {
        if (words.isEmpty()) {
            return;
        }
        String name = words.get(0);
        String base = name.substring(name.lastIndexOf('/') + 1);
        if (base.equals("sysctl")) {
            assignments(words.subList(1, words.size()), at, line, settings);
        } else if (base.equals("defaults.sh")) {
            assignments(DEFAULTS, at, line, settings);
        } else if (base.equals("set_sysctls.py")) {
            assignments(words.subList(1, words.size()), at, line, settings);
        } else if (name.equals("echo") && words.contains(">")) {
            echo(words, at, line, settings);
        } else if (!hasNoEffect(words, base)) {
            trouble.outside(line, line == at.line() ? at.column() : 1, "shell command '" + base + "'");
        }
    }

    private static boolean hasNoEffect(List<String> words, String base) {
        if ((NO_EFFECT.contains(words.get(0)) && !words.contains("|")) || base.startsWith("sysctl_restore_")) {
            return true;
        }
        String all = String.join(" ", words);
        return all.startsWith("ip tcp_metrics")
                || all.matches("tc qdisc (add|replace|change) dev \\w+ root pfifo(_fast)?");
    }

    private void assignments(List<String> words, Token at, int line, List<Sysctl> settings) {
        for (String word : words) {
            int equals = word.indexOf('=');
            if (word.startsWith("-")) {
                continue;
            }
            if (equals <= 0) {
                trouble.malformed(
                        line, line == at.line() ? at.column() : 1, "expected name=value, found '" + shown(word) + "'");
                continue;
            }
            settings.add(sysctl(word.substring(0, equals), word.substring(equals + 1), at, line));
        }
    }

    private void echo(List<String> words, Token at, int line, List<Sysctl> settings) {
        int to = words.indexOf(">");
        String file = to + 1 < words.size() ? words.get(to + 1) : "";
        if (file.startsWith(PROC)) {
            settings.add(sysctl(file, String.join(" ", words.subList(1, to)), at, line));
        } else {
            trouble.outside(line, line == at.line() ? at.column() : 1, "shell command 'echo'");
        }
    }

    private static Sysctl sysctl(String name, String value, Token at, int line) {
        String path = name.startsWith(PROC) ? name.substring(PROC.length()) : name;
        return new Sysctl(path.replace('/', '.'), multiplied(value.strip()), line, line == at.line() ? at.column() : 1);
    }

    /** The shell's arithmetic, as far as such scripts use it: {@code $((32*1024*1024))}. */
    private static String multiplied(String value) {
        return PRODUCT.matcher(value).replaceAll(found -> {
            BigInteger product = BigInteger.ONE;
            for (String factor : found.group(1).split("\\*", -1)) {
                product = product.multiply(new BigInteger(factor.strip()));
            }
            return product.toString();
        });
    }

    private static String shown(String word) {
        return word.replaceAll("\\s", " ");
    }
}

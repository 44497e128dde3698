package dev.verbatim.server.history;

import dev.verbatim.Window;
import dev.verbatim.server.http.ApiException;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The tag of a slice, {@code "epoch-gen-hi"}, and the headers that name such tags (RFC 9110). */
final class ETags {
    private static final Pattern ONE = Pattern.compile("\\s*(?:W/)?(\"[\\x21\\x23-\\x7E]*\")\\s*(?:,|$)");
    private static final Pattern OURS = Pattern.compile("\"[0-9a-f]{1,16}-([0-9]{1,18})-[0-9]{1,18}\"");

    private ETags() {}

    static String of(Window window) {
        return "\"" + Long.toHexString(window.epoch()) + "-" + window.gen() + "-" + window.lastSeq() + "\"";
    }

    /** Names the generation and the end, for If-Match; no read has this tag, for a change shows no slice. */
    static String of(long gen, long lastSeq) {
        return "\"0-" + gen + "-" + lastSeq + "\"";
    }

    static boolean isAny(String header) {
        return header.strip().equals("*");
    }

    /** Whether a list of tags has {@code tag}; a weak tag counts as its strong one. */
    static boolean contains(String param, String header, String tag) {
        return header.strip().equals(tag) || tags(param, header).contains(tag);
    }

    /** The generation a tag of ours names; empty for a tag of somebody else's making. */
    static OptionalLong generation(String tag) {
        Matcher ours = OURS.matcher(tag);
        return ours.matches() ? OptionalLong.of(Long.parseLong(ours.group(1))) : OptionalLong.empty();
    }

    static List<String> tags(String param, String header) {
        List<String> tags = new ArrayList<>();
        Matcher one = ONE.matcher(header);
        int at = 0;
        while (at < header.length() && one.find(at) && one.start() == at) {
            tags.add(one.group(1));
            at = one.end();
        }
        if (tags.isEmpty() || at < header.length()) {
            throw ApiException.invalid(param, param + " must be * or a list of entity tags, such as \"1-2-3\"");
        }
        return tags;
    }
}

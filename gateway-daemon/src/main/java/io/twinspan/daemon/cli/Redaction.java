package io.twinspan.daemon.cli;

import java.util.List;
import java.util.regex.Pattern;

/**
 * Blanks what may be a secret in a text, whoever wrote it. The daemon's own texts hold none; this is for logs, rules and
 * comments that somebody else put there. Rather too much than too little. Pure.
 */
final class Redaction {
    static final String BLANK = "[removed]";

    private static final List<Pattern> BLOCKS = List.of(
            Pattern.compile("-----BEGIN [A-Z0-9 ]*-----.*?(?:-----END [A-Z0-9 ]*-----|\\z)", Pattern.DOTALL),
            Pattern.compile("(?i)<(pre_shared_key|psk|password|secret|token)>.*?</\\1>", Pattern.DOTALL));

    /** A name that promises a secret, and its value up to the end of the word or quotation: JSON stays JSON. */
    private static final Pattern NAMED = Pattern.compile(
            "(?i)([\\w.-]*(?:psk|pre-?_?shared-?_?key|presharedkey|secret|passw(?:or)?d|passphrase|token|api-?_?key|"
                    + "private-?_?key|access-?_?key|credential|authorization|cookie|enc_key|auth_key|sk_[a-z]+)[\\w-]*"
                    + "[\"']?\\s*[:=]\\s*)(?!\\[removed\\])(\"[^\"]*\"|'[^']*'|(?:bearer|basic)\\s+\\S+|[^\\s,;}\\])]+?(?=[\"']?(?:[\\s,;}\\])]|\\z)))");

    private static final List<Pattern> SHAPES = List.of(
            Pattern.compile("(?i)\\b(?:bearer|basic)\\s+[\\w.~+/=-]{8,}"),
            Pattern.compile("\\b(?:AKIA|ASIA)[A-Z0-9]{16}\\b"),
            Pattern.compile("\\beyJ[\\w-]{10,}\\.[\\w-]{10,}\\.[\\w-]*"),
            Pattern.compile("\\b0x[0-9a-fA-F]{32,}\\b"),
            Pattern.compile("(?<![0-9a-fA-F])[0-9a-fA-F]{40,}(?![0-9a-fA-F])"),
            Pattern.compile("(?<=://)[^/\\s:@]+:[^/\\s@]+(?=@)"),
            Pattern.compile("(?<=#k=)[\\w-]+"));

    /** Names of files hold no secret and say which one was meant. */
    private static final Pattern FILE = Pattern.compile("(?i)psk-file\\s*[:=]\\s*\\S+");

    private Redaction() {}

    static String of(String text) {
        String result = text;
        for (Pattern block : BLOCKS) {
            result = block.matcher(result).replaceAll(BLANK);
        }
        result = NAMED.matcher(result)
                .replaceAll(found -> FILE.matcher(found.group()).matches()
                        ? java.util.regex.Matcher.quoteReplacement(found.group())
                        : java.util.regex.Matcher.quoteReplacement(found.group(1) + BLANK));
        for (Pattern shape : SHAPES) {
            result = shape.matcher(result).replaceAll(BLANK);
        }
        return result;
    }
}

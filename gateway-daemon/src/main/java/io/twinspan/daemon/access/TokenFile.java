package io.twinspan.daemon.access;

import io.twinspan.config.model.ApiConfig.Role;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The file of tokens: a line each with name, role and hash; empty lines and lines that begin with {@code #} are for people.
 *
 * @param entries tokens by name, in the file's order
 * @param problems what is wrong, {@code line:column  text}; lines with a problem give no token
 */
public record TokenFile(Map<String, Entry> entries, List<String> problems) {
    /** A file of that many tokens is a mistake. */
    static final int MAX_TOKENS = 1_000;

    public TokenFile {
        entries = Collections.unmodifiableMap(new LinkedHashMap<>(entries));
        problems = List.copyOf(problems);
    }

    /**
     * One token.
     *
     * @param role what it allows
     * @param hash of its secret
     */
    public record Entry(Role role, TokenHash hash) {
        private Grant grant(String name) {
            return new Grant(BearerToken.WORD + name, role, Digests.of(hash.text()));
        }
    }

    /** Reads a file's text; never throws. */
    public static TokenFile parse(String text) {
        Map<String, Entry> entries = new LinkedHashMap<>();
        List<String> problems = new ArrayList<>();
        List<String> lines = text.lines().toList();
        for (int index = 0; index < lines.size(); index++) {
            String line = lines.get(index).strip();
            if (!line.isEmpty() && !line.startsWith("#")) {
                int number = index + 1;
                read(line, entries).ifPresent(problem -> problems.add(number + ":1  " + problem));
            }
        }
        return new TokenFile(entries, problems);
    }

    /** What a token allows that is the one in the file. Slow by design, see {@link TokenHash#matches}. */
    public Optional<Grant> grantOf(BearerToken token) {
        return Optional.ofNullable(entries.get(token.name()))
                .filter(entry -> entry.hash().matches(token))
                .map(entry -> entry.grant(token.name()));
    }

    /** True for a grant of a token that has another role now, gave its name to another token, or is no more. */
    public boolean revokes(Grant grant) {
        if (!grant.name().startsWith(BearerToken.WORD)) {
            return false;
        }
        String name = grant.name().substring(BearerToken.WORD.length());
        Entry entry = entries.get(name);
        return entry == null || !entry.grant(name).equals(grant);
    }

    /** A file's text with one more line. */
    public static String added(String text, String name, Entry entry) {
        String before = text.isEmpty() || text.endsWith("\n") ? text : text + "\n";
        return before + name + " " + entry.role().label() + " " + entry.hash().text() + "\n";
    }

    /** A file's text without a token's line. */
    public static String removed(String text, String name) {
        return text.lines()
                .filter(line -> !line.strip().startsWith(name + " "))
                .map(line -> line + "\n")
                .collect(Collectors.joining());
    }

    private static Optional<String> read(String line, Map<String, Entry> entries) {
        String[] words = line.split("\\s+");
        if (words.length != 3) {
            return Optional.of("a line has a name, a role and a hash, as 'twinspan token create' writes them");
        }
        Optional<Role> role = Stream.of(Role.values())
                .filter(it -> it.label().equals(words[1]))
                .findFirst();
        Optional<TokenHash> hash = TokenHash.parse(words[2]);
        if (!BearerToken.NAME.matcher(words[0]).matches()) {
            return Optional.of("a name has up to 32 lower-case letters, digits and dashes");
        }
        if (role.isEmpty()) {
            return Optional.of("token " + words[0] + ": a role is viewer, operator or admin");
        }
        if (hash.isEmpty()) {
            return Optional.of("token " + words[0] + ": the hash is damaged; make the token anew");
        }
        if (entries.size() == MAX_TOKENS) {
            return Optional.of("there are more than " + MAX_TOKENS + " tokens");
        }
        return entries.putIfAbsent(words[0], new Entry(role.get(), hash.get())) == null
                ? Optional.empty()
                : Optional.of("token " + words[0] + " is here twice; the first one counts");
    }
}

package io.twinspan.daemon.http;

import io.netty.handler.ssl.SslContext;
import io.twinspan.config.model.ApiConfig.Listener;
import io.twinspan.config.model.ApiConfig.Tls;
import io.twinspan.daemon.access.TokenFile;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.Severity;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The files of a listener: certificate, key, authorities and tokens. Looks every two seconds whether they changed, on a thread of
 * its own; what cannot be read then leaves everything as it was and becomes an event.
 */
final class ListenerFiles implements AutoCloseable {
    static final long LOOK_MILLIS = 2_000;

    /** A file of a thousand tokens has some 100 KiB. */
    private static final int MAX_TOKEN_OCTETS = 1 << 20;

    private final Listener config;
    private final Consumer<TokenFile> tokens;
    private final Consumer<GatewayEvent> journal;
    private final ScheduledExecutorService watcher = Executors.newSingleThreadScheduledExecutor(
            task -> Thread.ofPlatform().name("twinspan-api-files").daemon().unstarted(task));
    private volatile @Nullable SslContext tls;
    private List<Stamp> tlsStamps = List.of();
    private List<Stamp> tokenStamps = List.of();

    private ListenerFiles(Listener config, Consumer<TokenFile> tokens, Consumer<GatewayEvent> journal) {
        this.config = config;
        this.tokens = tokens;
        this.journal = journal;
    }

    /**
     * Reads the files and watches them from now on.
     *
     * @param tokens takes the tokens, now on the calling thread and later on another
     * @param journal takes events from any thread
     * @throws IOException where a file cannot be used, with its name and what is wrong
     */
    static ListenerFiles open(Listener config, Consumer<TokenFile> tokens, Consumer<GatewayEvent> journal)
            throws IOException {
        ListenerFiles files = new ListenerFiles(config, tokens, journal);
        try {
            files.readTls();
            List<String> problems = files.readTokens();
            if (!problems.isEmpty()) {
                throw new IOException(config.tokens() + ":" + String.join("; ", problems));
            }
        } catch (IOException e) {
            files.close();
            throw e;
        }
        var _ = files.watcher.scheduleWithFixedDelay(files::look, LOOK_MILLIS, LOOK_MILLIS, TimeUnit.MILLISECONDS);
        return files;
    }

    /** What is wrong with the files of a listener, without using them. */
    static List<String> problemsOf(Listener config) {
        List<String> problems = new ArrayList<>();
        ListenerFiles files = new ListenerFiles(config, _ -> {}, _ -> {});
        try {
            files.readTls();
        } catch (IOException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        try {
            files.readTokens().forEach(problem -> problems.add(config.tokens() + ":" + problem));
        } catch (IOException e) {
            problems.add(String.valueOf(e.getMessage()));
        }
        files.close();
        return problems;
    }

    /** The TLS of new connections; nothing for plain HTTP. */
    Optional<SslContext> tls() {
        return Optional.ofNullable(tls);
    }

    private void look() {
        if (!stamps(tlsFiles()).equals(tlsStamps)) {
            try {
                readTls();
                tell(Severity.INFO, "api.certificate", "the API uses the new certificate");
            } catch (IOException e) {
                tell(Severity.WARN, "api.certificate", "the API keeps its old certificate: " + e.getMessage());
            }
        }
        if (!stamps(tokenFiles()).equals(tokenStamps)) {
            try {
                List<String> problems = readTokens();
                tell(
                        problems.isEmpty() ? Severity.INFO : Severity.WARN,
                        "api.tokens",
                        problems.isEmpty()
                                ? "the API uses the new tokens"
                                : "lines of " + config.tokens() + " give no token: " + String.join("; ", problems));
            } catch (IOException e) {
                tell(Severity.WARN, "api.tokens", "the API keeps its old tokens: " + e.getMessage());
            }
        }
    }

    private void readTls() throws IOException {
        tlsStamps = stamps(tlsFiles());
        Tls given = config.tls();
        if (given != null) {
            tls = TlsFiles.read(given);
        }
    }

    /** A file that is not there yet holds no tokens: the first one may be made while the daemon runs. */
    private List<String> readTokens() throws IOException {
        tokenStamps = stamps(tokenFiles());
        Path file = config.tokens();
        if (file == null) {
            tokens.accept(TokenFile.parse(""));
            return List.of();
        }
        TokenFile read = TokenFile.parse(textOf(file));
        tokens.accept(read);
        return read.problems();
    }

    private static String textOf(Path file) throws IOException {
        try {
            if (Files.size(file) > MAX_TOKEN_OCTETS) {
                throw new IOException(file + " is larger than any file of tokens");
            }
            // Any octet is a character here, so that rubbish is a problem of its line and not of the file.
            return Files.readString(file, StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        } catch (IOException e) {
            throw new IOException("cannot read " + file + ": " + e.getMessage(), e);
        }
    }

    private List<Path> tlsFiles() {
        Tls given = config.tls();
        return given == null
                ? List.of()
                : Stream.of(
                                Optional.of(given.certificate()),
                                Optional.of(given.key()),
                                Optional.ofNullable(given.clientCa()))
                        .flatMap(Optional::stream)
                        .toList();
    }

    private List<Path> tokenFiles() {
        Path file = config.tokens();
        return file == null ? List.of() : List.of(file);
    }

    private static List<Stamp> stamps(List<Path> files) {
        return files.stream().map(Stamp::of).toList();
    }

    private void tell(Severity severity, String type, String message) {
        journal.accept(GatewayEvent.of(severity, type, "", 0, message));
    }

    @Override
    public void close() {
        watcher.shutdownNow();
    }

    /** What changes with a file. */
    private record Stamp(Path file, String state) {
        static Stamp of(Path file) {
            try {
                BasicFileAttributes found = Files.readAttributes(file, BasicFileAttributes.class);
                return new Stamp(file, found.lastModifiedTime() + " " + found.size() + " " + found.fileKey());
            } catch (IOException e) {
                return new Stamp(file, "none");
            }
        }
    }
}

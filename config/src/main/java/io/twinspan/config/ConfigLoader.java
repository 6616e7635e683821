package io.twinspan.config;

import io.twinspan.config.bind.ConnectionView;
import io.twinspan.config.bind.DocumentDecoder;
import io.twinspan.config.bind.ModelBuilder;
import io.twinspan.config.bind.Section;
import io.twinspan.config.bind.TunnelView;
import io.twinspan.config.check.ApiRules;
import io.twinspan.config.check.ConfigRules;
import io.twinspan.config.check.MetricsRules;
import io.twinspan.config.check.PreSharedKeys;
import io.twinspan.config.check.SecretFolder;
import io.twinspan.config.check.SecretSource;
import io.twinspan.config.source.ProblemSink;
import io.twinspan.config.source.SourceLocation;
import io.twinspan.config.yaml.YamlReader;
import io.twinspan.crypto.secret.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Loads {@code twinspan.yaml}: every problem at once, and a configuration only where there is no error. Never throws. */
public final class ConfigLoader {
    /** A configuration of some connections has a few kilobytes. */
    public static final int MAX_OCTETS = 1 << 20;

    private ConfigLoader() {}

    /** Loads a file; secret files are looked for beside it. Places in the problems name the file as given here. */
    public static LoadResult load(Path file) {
        ProblemSink problems = new ProblemSink();
        String name = file.toString();
        Optional<String> text = read(file, problems);
        Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(file.toAbsolutePath());
        return text.map(content -> load(name, content, new SecretFolder(folder), problems))
                .orElseGet(() -> new LoadResult.Invalid(problems.inOrder()));
    }

    /** Loads a text; {@code name} stands in the places of problems. */
    public static LoadResult load(String name, String text, SecretSource secrets) {
        return load(name, text, secrets, new ProblemSink());
    }

    private static LoadResult load(String name, String text, SecretSource secrets, ProblemSink problems) {
        Optional<Section> document =
                YamlReader.read(name, text, problems).flatMap(root -> DocumentDecoder.decode(root, problems));
        if (document.isEmpty()) {
            return new LoadResult.Invalid(problems.inOrder());
        }
        List<ConnectionView> connections = ConnectionView.of(document.get());
        ConfigRules.check(document.get(), connections, problems);
        List<TunnelView> tunnels = connections.stream()
                .flatMap(connection -> connection.tunnels().stream())
                .toList();
        ApiRules.check(document.get(), secrets, problems);
        MetricsRules.check(document.get(), secrets, problems);
        Map<String, SecretBytes> keys = PreSharedKeys.read(tunnels, secrets, problems);
        if (problems.hasErrors()) {
            keys.values().forEach(SecretBytes::destroy);
            return new LoadResult.Invalid(problems.inOrder());
        }
        return new LoadResult.Loaded(
                ModelBuilder.build(document.get(), connections, keys, secrets::file), problems.inOrder());
    }

    /** The text of a file; empty, with a problem that says why, where it cannot be read. */
    static Optional<String> read(Path file, ProblemSink problems) {
        SourceLocation at = SourceLocation.startOf(file.toString());
        try (InputStream in = Files.newInputStream(file)) {
            byte[] octets = in.readNBytes(MAX_OCTETS + 1);
            if (octets.length > MAX_OCTETS) {
                problems.error(at, "", "the file is larger than " + MAX_OCTETS + " octets");
                return Optional.empty();
            }
            String text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(octets))
                    .toString();
            return Optional.of(text.startsWith("\uFEFF") ? text.substring(1) : text);
        } catch (CharacterCodingException e) {
            problems.error(at, "", "the file is not UTF-8 text");
        } catch (NoSuchFileException e) {
            problems.error(at, "", "the file does not exist", "'twinspan import aws' makes one");
        } catch (AccessDeniedException e) {
            problems.error(at, "", "the file may not be read by this user");
        } catch (IOException e) {
            problems.error(at, "", "the file cannot be read");
        }
        return Optional.empty();
    }
}

package io.twinspan.daemon.cli;

import io.twinspan.config.model.ApiConfig.Role;
import io.twinspan.daemon.access.BearerToken;
import io.twinspan.daemon.access.TokenFile;
import io.twinspan.daemon.access.TokenHash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFileAttributes;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Iterator;
import java.util.stream.Stream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code twinspan token}. */
@Command(
        name = "token",
        description = {
            "Makes and removes bearer tokens for the API over TCP; needs no daemon.",
            "The file keeps hashes only; the daemon reads it again within seconds. Name it under 'api.tokens' in the configuration."
        },
        subcommands = {TokenCommand.Create.class, TokenCommand.Show.class, TokenCommand.Remove.class},
        footer = {
            "",
            "Examples:",
            "  twinspan token create prometheus --role viewer",
            "  twinspan token list",
            "  twinspan token remove prometheus"
        })
final class TokenCommand {
    /** Where the file of tokens is. */
    static final class FileOption {
        @Option(
                names = "--file",
                paramLabel = "FILE",
                defaultValue = "/etc/twinspan/api.tokens",
                description = "The file of tokens (default: ${DEFAULT-VALUE}).")
        private Path file = Path.of("");

        Path path() {
            return file;
        }

        String read() {
            try {
                return Files.readString(file, StandardCharsets.ISO_8859_1);
            } catch (NoSuchFileException e) {
                return "";
            } catch (IOException e) {
                throw new CommandFailure(ExitCode.FAILED, "cannot read " + file + ": " + FileTrouble.of(e), "");
            }
        }

        /** Takes the old file's place in one step, with its owner and mode; a new file is for its owner alone. */
        void write(String text) {
            Path unfinished = file.resolveSibling(file.getFileName() + ".new");
            try {
                Files.deleteIfExists(unfinished);
                Files.createFile(
                        unfinished, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(unfinished, text, StandardCharsets.ISO_8859_1);
                Path like = Files.exists(file) ? file : folder();
                PosixFileAttributes old = Files.readAttributes(like, PosixFileAttributes.class);
                if (!Files.getOwner(unfinished).equals(old.owner())) {
                    Files.setOwner(unfinished, old.owner());
                }
                if (Files.exists(file)) {
                    Files.setPosixFilePermissions(unfinished, old.permissions());
                }
                Files.move(unfinished, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } catch (IOException e) {
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "cannot write " + file + ": " + FileTrouble.of(e),
                        "run as root, or name another file with --file");
            }
        }

        private Path folder() {
            Path folder = file.toAbsolutePath().getParent();
            return folder == null ? Path.of("/") : folder;
        }
    }

    /** As they are typed, for completion. */
    static final class RoleNames implements Iterable<String> {
        @Override
        public Iterator<String> iterator() {
            return Stream.of(Role.values()).map(Role::label).iterator();
        }
    }

    /** {@code twinspan token create}. */
    @Command(
            name = "create",
            description = "Makes a token, keeps its hash and prints the token, once: nobody can read it from the file.",
            footer = {"", "Examples:", "  twinspan token create prometheus --role viewer"})
    static final class Create extends OfflineCommand {
        @Parameters(paramLabel = "NAME", description = "Who will use it: lower-case letters, digits and dashes.")
        private String name = "";

        @Option(
                names = "--role",
                required = true,
                paramLabel = "ROLE",
                completionCandidates = RoleNames.class,
                description = "viewer looks; operator also orders; admin also changes the configuration.")
        private Role role = Role.VIEWER;

        @Mixin
        private final FileOption file = new FileOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            if (!BearerToken.NAME.matcher(name).matches()) {
                throw new CommandFailure(
                        ExitCode.USAGE,
                        "'" + name + "' cannot name a token",
                        "a name has up to 32 lower-case letters, digits and dashes");
            }
            String before = file.read();
            if (TokenFile.parse(before).entries().containsKey(name)) {
                throw new CommandFailure(
                        ExitCode.USAGE, "there is a token " + name, "remove it first: twinspan token remove " + name);
            }
            SecureRandom random = new SecureRandom();
            BearerToken token = BearerToken.create(name, random::nextBytes);
            byte[] salt = new byte[TokenHash.SALT_OCTETS];
            random.nextBytes(salt);
            file.write(TokenFile.added(before, name, new TokenFile.Entry(role, TokenHash.of(token, salt))));
            spec.commandLine().getOut().println(token.expose());
            spec.commandLine().getOut().flush();
            return ExitCode.OK;
        }
    }

    /** {@code twinspan token list}. */
    @Command(
            name = "list",
            description = "Prints the names and roles of the tokens.",
            footer = {"", "Examples:", "  twinspan token list"})
    static final class Show extends OfflineCommand {
        @Mixin
        private final FileOption file = new FileOption();

        @Spec
        private CommandSpec spec = CommandSpec.create();

        @Override
        public Integer call() {
            TokenFile found = TokenFile.parse(file.read());
            if (found.entries().isEmpty()) {
                spec.commandLine().getErr().println("twinspan: no token in " + file.path());
            }
            found.entries()
                    .forEach((name, entry) -> spec.commandLine()
                            .getOut()
                            .println(name + "  " + entry.role().label()));
            spec.commandLine().getOut().flush();
            found.problems().forEach(problem -> spec.commandLine().getErr().println("line " + problem));
            return found.problems().isEmpty() ? ExitCode.OK : ExitCode.CONFIG_INVALID;
        }
    }

    /** {@code twinspan token remove}. */
    @Command(
            name = "remove",
            description = "Removes a token; what it opened ends within seconds.",
            footer = {"", "Examples:", "  twinspan token remove prometheus"})
    static final class Remove extends OfflineCommand {
        @Parameters(paramLabel = "NAME", description = "Which one.")
        private String name = "";

        @Mixin
        private final FileOption file = new FileOption();

        @Override
        public Integer call() {
            String before = file.read();
            if (!TokenFile.parse(before).entries().containsKey(name)) {
                throw new CommandFailure(ExitCode.USAGE, "there is no token " + name, "see 'twinspan token list'");
            }
            file.write(TokenFile.removed(before, name));
            return ExitCode.OK;
        }
    }

    private TokenCommand() {}
}

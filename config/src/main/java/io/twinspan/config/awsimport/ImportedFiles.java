package io.twinspan.config.awsimport;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** The files of an import; empty where the import failed. */
public record ImportedFiles(List<ImportedFile> files) {
    /** No files. */
    static final ImportedFiles NONE = new ImportedFiles(List.of());

    private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));
    private static final FileAttribute<Set<PosixFilePermission>> FOLDER_OWNER_ONLY =
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwx------"));

    public ImportedFiles {
        files = List.copyOf(files);
    }

    /** What came of writing. */
    public sealed interface WriteResult {
        /** All files, in order. */
        record Written(List<Path> paths) implements WriteResult {}

        /** Nothing was written, because these exist. */
        record Refused(List<Path> existing) implements WriteResult {}

        /** The disk said no; what was already written stays. */
        record Failed(Path path, String reason) implements WriteResult {}
    }

    /** The text of {@code twinspan.yaml}, where there is one. */
    public Optional<String> yaml() {
        return files.stream()
                .flatMap(file -> file instanceof ImportedFile.Text text
                        ? java.util.stream.Stream.of(text.text())
                        : java.util.stream.Stream.empty())
                .findFirst();
    }

    /**
     * Writes all files below a folder, which is made if need be. Every file is created with mode 0600, so that no key is ever
     * readable by others, not even for a moment; the folder of the keys has mode 0700.
     *
     * @param overwrite replaces existing files, each in one step; else nothing is written if one of them exists
     */
    public WriteResult write(Path folder, boolean overwrite) {
        List<Path> existing = files.stream()
                .map(file -> folder.resolve(file.path()))
                .filter(path -> Files.exists(path, LinkOption.NOFOLLOW_LINKS))
                .toList();
        if (!existing.isEmpty() && !overwrite) {
            return new WriteResult.Refused(existing);
        }
        List<Path> written = new ArrayList<>();
        for (ImportedFile file : files) {
            Path target = folder.resolve(file.path());
            try {
                write(folder, target, file, overwrite);
            } catch (FileAlreadyExistsException e) {
                return new WriteResult.Refused(List.of(target));
            } catch (IOException e) {
                return new WriteResult.Failed(target, e.getClass().getSimpleName());
            }
            written.add(target);
        }
        return new WriteResult.Written(List.copyOf(written));
    }

    private static void write(Path folder, Path target, ImportedFile file, boolean overwrite) throws IOException {
        Files.createDirectories(folder);
        Path parent = Optional.ofNullable(target.getParent()).orElse(folder);
        if (!Files.isDirectory(parent)) {
            Files.createDirectory(parent, FOLDER_OWNER_ONLY);
        }
        byte[] content = content(file);
        try {
            if (overwrite) {
                Path draft = parent.resolve("." + target.getFileName() + ".new");
                Files.deleteIfExists(draft);
                create(draft, content);
                Files.move(draft, target, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } else {
                create(target, content);
            }
        } finally {
            Arrays.fill(content, (byte) 0);
        }
    }

    private static void create(Path path, byte[] content) throws IOException {
        Set<StandardOpenOption> options = Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE);
        try (OutputStream out = Channels.newOutputStream(Files.newByteChannel(path, options, OWNER_ONLY))) {
            out.write(content);
        }
    }

    private static byte[] content(ImportedFile file) {
        return switch (file) {
            case ImportedFile.Text text -> text.text().getBytes(StandardCharsets.UTF_8);
            case ImportedFile.Key key -> {
                byte[] octets = key.key().expose();
                byte[] line = Arrays.copyOf(octets, octets.length + 1);
                line[octets.length] = '\n';
                Arrays.fill(octets, (byte) 0);
                yield line;
            }
        };
    }
}

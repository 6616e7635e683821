package io.twinspan.daemon.app;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.AccessDeniedException;
import java.nio.file.DirectoryNotEmptyException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Optional;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Keeps two daemons from serving one socket; the kernel lets go of it when the process dies. */
final class InstanceLock implements AutoCloseable {
    private static final int MAX_FILE_BYTES = 4_096;

    private final Path file;
    private final FileChannel channel;
    private boolean ownFolder;

    private InstanceLock(Path file, FileChannel channel) {
        this.file = file;
        this.channel = channel;
    }

    /** Takes the lock beside the socket; makes the socket's folder where there is none. */
    static InstanceLock take(Path socket) {
        Path absolute = socket.toAbsolutePath();
        Path file = absolute.resolveSibling(absolute.getFileName() + ".lock");
        try {
            boolean made = makeFolder(Optional.ofNullable(absolute.getParent()).orElse(absolute));
            InstanceLock lock = lock(file, socket);
            lock.ownFolder = made;
            return lock;
        } catch (AccessDeniedException e) {
            throw StartupException.notPermitted(
                    "no right to make the socket " + socket, "run as root, or name another place with --socket PATH");
        } catch (IOException e) {
            throw StartupException.failed(
                    "cannot lock " + file + ": " + e.getMessage(), "name another place with --socket PATH");
        }
    }

    private static boolean makeFolder(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            return false;
        }
        Files.createDirectories(
                folder, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-x---")));
        return true;
    }

    private static InstanceLock lock(Path file, Path socket) throws IOException {
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
        if (!isLocked(channel) || !isStillThere(file, channel)) {
            channel.close();
            throw StartupException.failed(
                    "another daemon serves " + socket, "stop that one first, or give this one its own --socket PATH");
        }
        return new InstanceLock(file, channel);
    }

    private static boolean isLocked(FileChannel channel) throws IOException {
        try {
            @Nullable FileLock lock = channel.tryLock();
            return lock != null;
        } catch (OverlappingFileLockException e) {
            return false;
        }
    }

    /**
     * A daemon that just ended may have deleted the file between our opening and our locking it. A length that only we know
     * tells: the file must not be opened a second time, because closing that would drop the lock (fcntl(2)).
     */
    private static boolean isStillThere(Path file, FileChannel channel) throws IOException {
        int length = ThreadLocalRandom.current().nextInt(1, MAX_FILE_BYTES);
        channel.truncate(0);
        channel.write(ByteBuffer.wrap("\n".repeat(length).getBytes(UTF_8)));
        return Files.exists(file) && Files.size(file) == length;
    }

    /** Gives the lock up; a folder that was made for it goes too, unless somebody else has put something there. */
    @Override
    public void close() throws IOException {
        Files.deleteIfExists(file);
        channel.close();
        if (ownFolder) {
            removeFolder(Optional.ofNullable(file.getParent()).orElse(file));
        }
    }

    private static void removeFolder(Path folder) throws IOException {
        try {
            Files.deleteIfExists(folder);
        } catch (DirectoryNotEmptyException e) {
            // A next daemon is on its way.
        }
    }
}

package io.twinspan.config.check;

import io.twinspan.crypto.secret.SecretBytes;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.AccessDeniedException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFileAttributeView;
import java.nio.file.attribute.PosixFilePermission;
import java.util.Arrays;
import java.util.Set;

/**
 * Secret files on disk, named relative to the configuration file, or as credentials of the service, systemd.exec(5)
 * LoadCredential=: {@code ${CREDENTIALS_DIRECTORY}/NAME}. Blocks on the disk; used while loading only.
 *
 * @param folder of the configuration file
 * @param credentials where systemd has put the service's credentials; empty where it has not
 */
public record SecretFolder(Path folder, String credentials) implements SecretSource {
    private static final String VARIABLE = "CREDENTIALS_DIRECTORY";
    private static final String CREDENTIAL = "${" + VARIABLE + "}/";

    /** No key of ours is larger. */
    static final int MAX_OCTETS = 4_096;

    /** Secret files beside a configuration file, and the credentials of this process. */
    public SecretFolder(Path folder) {
        this(folder, System.getenv().getOrDefault(VARIABLE, ""));
    }

    /** A credential that this process does not have stays a name that no file has. */
    @Override
    public Path file(String name) {
        return isCredential(name) && !credentials.isEmpty()
                ? Path.of(credentials, name.substring(CREDENTIAL.length()))
                : folder.resolve(name);
    }

    private static boolean isCredential(String name) {
        return name.startsWith(CREDENTIAL);
    }

    @Override
    public Answer read(String name) {
        boolean credential = isCredential(name);
        if (credential && credentials.isEmpty()) {
            return new Answer.Refused(
                    "is a credential, which only a service with LoadCredential= has",
                    "set " + VARIABLE + " to a folder with the keys to check the file by hand");
        }
        try {
            Answer answer = readFile(file(name));
            return credential ? withoutExposure(answer) : answer;
        } catch (InvalidPathException e) {
            return new Answer.Refused("is not a possible file name", "");
        } catch (NoSuchFileException e) {
            return new Answer.Refused("does not exist", "it is looked for in " + folder.toAbsolutePath());
        } catch (AccessDeniedException e) {
            return new Answer.Refused("may not be read by this user", "");
        } catch (IOException e) {
            return new Answer.Refused("cannot be read", "");
        }
    }

    /** systemd lets the daemon's user in by an access list, which shows as a right of the group. */
    private static Answer withoutExposure(Answer answer) {
        return answer instanceof Answer.Found(SecretBytes octets, var _) ? new Answer.Found(octets, "") : answer;
    }

    private static Answer readFile(Path file) throws IOException {
        // A FIFO or a device could block or never end: ask before opening.
        if (Files.exists(file) && !Files.isRegularFile(file)) {
            return new Answer.Refused("is not a file", "");
        }
        Set<PosixFilePermission> mode = Files.getFileAttributeView(file, PosixFileAttributeView.class)
                .readAttributes()
                .permissions();
        if (mode.contains(PosixFilePermission.OTHERS_READ) || mode.contains(PosixFilePermission.OTHERS_WRITE)) {
            return new Answer.Refused("is open to every user of this machine", "run 'chmod 600 " + file + "'");
        }
        boolean group = mode.contains(PosixFilePermission.GROUP_READ) || mode.contains(PosixFilePermission.GROUP_WRITE);
        byte[] octets;
        try (InputStream in = Files.newInputStream(file)) {
            octets = in.readNBytes(MAX_OCTETS + 1);
        }
        try {
            return octets.length > MAX_OCTETS
                    ? new Answer.Refused("is larger than any key", "")
                    : new Answer.Found(SecretBytes.copyOf(octets), group ? "is open to its group" : "");
        } finally {
            Arrays.fill(octets, (byte) 0);
        }
    }
}

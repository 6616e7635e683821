import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.jar.Attributes;
import java.util.jar.Manifest;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Takes the signature out of a jar; its classes stay as they are. The JDK keeps no class of a signed jar in an AOT cache, and
 * checks the digest of each one that it loads, which is most of the time that a daemon needs for its first key exchange. In a
 * package the files are vouched for by the package.
 *
 * <p>Usage: java UnsignedJar.java FILE.jar
 */
final class UnsignedJar {
    private static final String MANIFEST = "META-INF/MANIFEST.MF";

    private UnsignedJar() {}

    public static void main(String[] arguments) throws IOException {
        Path jar = Path.of(arguments[0]);
        Path unfinished = Path.of(jar + ".new");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar));
                OutputStream file = Files.newOutputStream(unfinished);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                if (!entry.isDirectory() && !isSignature(entry.getName())) {
                    byte[] octets = entry.getName().equals(MANIFEST) ? withoutDigests(in) : in.readAllBytes();
                    store(entry, octets, out);
                }
            }
        }
        Files.move(unfinished, jar, StandardCopyOption.REPLACE_EXISTING);
    }

    private static boolean isSignature(String name) {
        return name.matches("META-INF/[^/]+\\.(SF|RSA|DSA|EC)");
    }

    private static byte[] withoutDigests(ZipInputStream in) throws IOException {
        Manifest manifest = new Manifest(in);
        for (Attributes attributes : manifest.getEntries().values()) {
            attributes.keySet().removeIf(key -> key.toString().endsWith("-Digest"));
        }
        manifest.getEntries().values().removeIf(Attributes::isEmpty);
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        manifest.write(text);
        return text.toByteArray();
    }

    /** Stored and not deflated: it is read at each start, and the time stamps of the original make it the same each time. */
    private static void store(ZipEntry entry, byte[] octets, ZipOutputStream out) throws IOException {
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        copy.setMethod(ZipEntry.STORED);
        copy.setSize(octets.length);
        CRC32 sum = new CRC32();
        sum.update(octets);
        copy.setCrc(sum.getValue());
        out.putNextEntry(copy);
        out.write(octets);
    }
}

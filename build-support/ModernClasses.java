import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * Copies a jar with its class files in today's format. The JDK keeps no class of before version 50 in an AOT cache, and picocli
 * still serves Java 5. Names, code and licence stay as they are; only the version and the stack maps that it asks for are new.
 *
 * <p>Usage: java ModernClasses.java FROM.jar TO.jar
 */
final class ModernClasses {
    private ModernClasses() {}

    public static void main(String[] arguments) throws IOException {
        Path from = Path.of(arguments[0]);
        URLClassLoader classes = new URLClassLoader(new URL[] {from.toUri().toURL()});
        // Stack maps need to know which class extends which; optional ones that are not there extend Object.
        ClassFile tool = ClassFile.of(
                ClassFile.StackMapsOption.GENERATE_STACK_MAPS,
                ClassFile.ClassHierarchyResolverOption.of(ClassHierarchyResolver.ofResourceParsing(classes)
                        .orElse(ClassHierarchyResolver.defaultResolver())));
        Path to = Path.of(arguments[1]);
        Path unfinished = Path.of(to + ".new");
        try (ZipInputStream in = new ZipInputStream(Files.newInputStream(from));
                OutputStream file = Files.newOutputStream(unfinished);
                ZipOutputStream out = new ZipOutputStream(file)) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                // A signature would not fit any more, and module descriptors are not read from the class path.
                if (!entry.isDirectory() && !entry.getName().endsWith("module-info.class")) {
                    copy(tool, entry, in, out);
                }
            }
        }
        Files.move(unfinished, to, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    }

    /** Stored and not deflated: it is read at each start, and the time stamps of the original make it the same each time. */
    private static void copy(ClassFile tool, ZipEntry entry, InputStream in, ZipOutputStream out) throws IOException {
        byte[] octets = in.readAllBytes();
        byte[] modern = entry.getName().endsWith(".class") ? modern(tool, octets) : octets;
        ZipEntry copy = new ZipEntry(entry.getName());
        copy.setTimeLocal(entry.getTimeLocal());
        copy.setMethod(ZipEntry.STORED);
        copy.setSize(modern.length);
        CRC32 sum = new CRC32();
        sum.update(modern);
        copy.setCrc(sum.getValue());
        out.putNextEntry(copy);
        out.write(modern);
        out.closeEntry();
    }

    private static byte[] modern(ClassFile tool, byte[] octets) {
        ClassModel model = tool.parse(octets);
        if (model.majorVersion() >= ClassFile.JAVA_7_VERSION) {
            return octets;
        }
        return tool.transformClass(
                model,
                ClassTransform.endHandler(builder -> builder.withVersion(ClassFile.JAVA_21_VERSION, 0))
                        .andThen(ClassTransform.transformingMethodBodies(java.lang.classfile.CodeTransform.ACCEPT_ALL)));
    }
}

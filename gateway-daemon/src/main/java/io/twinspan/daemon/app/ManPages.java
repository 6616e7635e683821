package io.twinspan.daemon.app;

import io.twinspan.daemon.cli.ManPage;
import io.twinspan.daemon.cli.VersionCommand;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Writes the manual pages of all commands; for packaging. */
public final class ManPages {
    private ManPages() {}

    /**
     * Usage: {@code java -cp ... io.twinspan.daemon.app.ManPages FOLDER DATE}, the date as 2026-11-23, so that two builds of one
     * source are the same.
     *
     * @throws IOException where the folder cannot be written
     */
    public static void main(String[] arguments) throws IOException {
        Path folder = Path.of(arguments[0]);
        Files.createDirectories(folder);
        Map<String, String> pages = ManPage.of(Main.commands(), VersionCommand.version(), arguments[1]);
        for (Map.Entry<String, String> page : pages.entrySet()) {
            Files.writeString(folder.resolve(page.getKey()), page.getValue());
        }
        System.out.println(pages.size() + " manual pages in " + folder);
    }
}

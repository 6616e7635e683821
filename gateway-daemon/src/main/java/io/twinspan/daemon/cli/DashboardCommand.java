package io.twinspan.daemon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code twinspan dashboard}. */
@Command(
        name = "dashboard",
        description = {
            "Prints a link that opens the dashboard, once, within a minute, with your role.",
            "The daemon must listen on TCP: 'api: { listen: 127.0.0.1:8443 }' in its configuration."
        },
        footer = {
            "",
            "From another machine: ssh -L 8443:127.0.0.1:8443 GATEWAY, then open the link there.",
            "",
            "Examples:",
            "  twinspan dashboard",
            "  twinspan dashboard --open"
        })
final class DashboardCommand extends ApiCommand {
    /** What a browser may take to start and read the page. */
    private static final Duration READING = Duration.ofSeconds(10);

    @Option(names = "--open", description = "Open it in a browser on this machine, with xdg-open.")
    private boolean open;

    @Override
    public Integer call() {
        String link = show("POST", "/v1/login/link", true).body().strip();
        if (open) {
            open(link);
        }
        return ExitCode.OK;
    }

    /** By way of a file that only we may read: everybody on this machine may read the arguments of a process. */
    private static void open(String link) {
        try {
            Path page = Files.createTempFile("twinspan-", ".html");
            try {
                Files.writeString(page, "<!doctype html><meta http-equiv=\"refresh\" content=\"0;url=" + link + "\">");
                var _ = new ProcessBuilder("xdg-open", page.toString())
                        .inheritIO()
                        .start();
                Thread.sleep(READING);
            } finally {
                Files.deleteIfExists(page);
            }
        } catch (IOException e) {
            throw new CommandFailure(
                    ExitCode.FAILED, "there is no xdg-open on this machine", "open the link above yourself");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}

package io.twinspan.daemon.cli;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code twinspan config diff}. */
@Command(
        name = "diff",
        description = {
            "Shows how the daemon's own file differs from what runs, and what each change would disturb.",
            "With FILE: a draft instead, whose key files are looked for beside the daemon's file. Changes nothing. Exits with 6"
                    + " where the file has errors."
        },
        footer = {"", "Examples:", "  twinspan config diff", "  twinspan config diff draft.yaml -o json"})
final class ConfigDiffCommand extends ApiCommand {
    @Parameters(arity = "0..1", paramLabel = "FILE", description = "A draft.")
    private @Nullable Path file;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        Query query = new Query("/v1/config/diff");
        if (file == null) {
            var _ = show(client(), "POST", query, output);
        } else {
            var _ = show(client().sending(text(file)), "POST", query.with("name", file.toString()), output);
        }
        return ExitCode.OK;
    }

    private static String text(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "cannot read " + file + ": " + FileTrouble.of(e), "");
        }
    }
}

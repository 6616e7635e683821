package io.twinspan.daemon.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code twinspan config apply}. */
@Command(
        name = "apply",
        description = {
            "Shows what the daemon's own file would change and what that disturbs, asks, and applies it.",
            "What does not differ is not touched. Where a tunnel or connection that was up does not come back, everything is"
                    + " rolled back by itself; with --confirm also where nobody confirms it in time.",
            "Exits with 6 where the file has errors, with 1 where it was rolled back or refused."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan config apply",
            "  twinspan config apply --confirm 60s",
            "  twinspan config apply --yes"
        })
final class ConfigApplyCommand extends ApiCommand {
    /** What does not come back is waited for, and then its way back as well. */
    private static final Duration PATIENCE = Duration.ofMinutes(15);

    @Option(
            names = "--confirm",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "Roll back unless it is confirmed within this time, here or by 'twinspan config confirm'.")
    private @Nullable Duration confirm;

    @Option(
            names = "--within",
            paramLabel = "TIME",
            converter = TimeConverter.class,
            description = "How long what was up may take to come back (default: 30s).")
    private @Nullable Duration within;

    @Option(
            names = {"-y", "--yes"},
            description = "Apply without asking.")
    private boolean yes;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Override
    public Integer call() {
        output.requireKnownSchema();
        boolean differs = preview();
        if (differs && !yes && !permitted()) {
            say("nothing was changed");
            return ExitCode.FAILED;
        }
        Query query = new Query("/v1/config/apply")
                .withGiven("confirm", confirm == null ? null : TimeConverter.written(confirm))
                .withGiven("within", within == null ? null : TimeConverter.written(within));
        ApiAnswer answer = order(client().patient(PATIENCE), query, output);
        return answer.state().equals("on-trial") && confirm != null ? settle(confirm) : ExitCode.OK;
    }

    /** True where there is something to be asked about. */
    private boolean preview() {
        boolean silent = !output.asText() || options().isQuiet();
        return show(client(), "POST", "/v1/config/diff", output, silent).state().equals("differs");
    }

    private boolean permitted() {
        if (!options().mayAsk()) {
            throw new CommandFailure(
                    ExitCode.USAGE, "nobody can be asked whether to apply this", "add --yes to apply it all the same");
        }
        return Confirmation.yes(err(), "Apply this?");
    }

    /** Somebody at a terminal can say yes at once; if the way to the gateway broke, nobody can, and it is rolled back. */
    private int settle(Duration time) {
        if (yes || !options().mayAsk()) {
            say("keep it with 'twinspan config confirm'");
            return ExitCode.OK;
        }
        return switch (Confirmation.yesWithin(err(), "Does all work, and is it to stay?", time)) {
            case YES -> {
                order(new Query("/v1/config/confirm"), output);
                yield ExitCode.OK;
            }
            case NO -> {
                order(client().patient(PATIENCE), new Query("/v1/config/rollback"), output);
                yield ExitCode.FAILED;
            }
            case SILENCE -> {
                say("nobody confirmed it: the gateway rolls it back");
                yield ExitCode.FAILED;
            }
        };
    }
}

package io.twinspan.daemon.cli;

import java.time.Duration;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

/** {@code twinspan doctor}. */
@Command(
        name = "doctor",
        description = {
            "Looks at the running gateway and its host, and says what to do about what it finds.",
            "Exits with 0 where all is well, with 3 where something warns, with 1 where something fails."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan doctor",
            "  twinspan doctor prod --watch=10s",
            "  twinspan doctor -o json"
        })
final class DoctorCommand extends ApiCommand {
    /** It watches the counters for a second, on a host that may be in trouble. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Parameters(arity = "0..1", paramLabel = "CONNECTION", description = "Look at this connection and the host only.")
    private @Nullable String connection;

    @Mixin
    private final OutputOption output = new OutputOption();

    @Mixin
    private final WatchOption watch = new WatchOption();

    @Override
    public Integer call() {
        return watching(watch, output, this::look);
    }

    private int look() {
        Query query = new Query("/v1/doctor")
                .withFlag("color", output.asText() && options().paints());
        ApiAnswer answer = show(client().patient(PATIENCE), "GET", query.withGiven("connection", connection), output);
        return CheckExit.of(answer.state());
    }
}

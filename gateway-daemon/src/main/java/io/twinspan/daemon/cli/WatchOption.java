package io.twinspan.daemon.cli;

import java.time.Duration;
import java.util.Map;
import java.util.Stack;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.IParameterPreprocessor;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;

/** Asks again and again. */
final class WatchOption {
    static final Duration SHORTEST = Duration.ofMillis(100);

    @Option(
            names = {"-w", "--watch"},
            arity = "0..1",
            paramLabel = "TIME",
            fallbackValue = "2s",
            converter = TimeConverter.class,
            preprocessor = AttachedOnly.class,
            description = "Show it again every 2 s, or as often as --watch=TIME says, until Ctrl-C: in place on a"
                    + " terminal, one after the other elsewhere.")
    private @Nullable Duration interval;

    boolean isOn() {
        return interval != null;
    }

    /** The time between two looks. */
    Duration interval() {
        return interval == null || interval.compareTo(SHORTEST) < 0 ? SHORTEST : interval;
    }

    /** In {@code status --watch prod} the word is a connection, no time. */
    static final class AttachedOnly implements IParameterPreprocessor {
        @Override
        public boolean preprocess(
                Stack<String> arguments, CommandSpec command, ArgSpec option, Map<String, Object> info) {
            if (!"=".equals(info.get("separator"))) {
                arguments.push("2s");
            }
            return false;
        }
    }
}

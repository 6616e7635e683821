package io.twinspan.config;

import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.source.Problem;
import java.util.List;

/** What came of loading a configuration. There is no half of one: any error leaves nothing to start. */
public sealed interface LoadResult {
    /** Everything found, in order of its place. */
    List<Problem> problems();

    /** A configuration to run; its problems are warnings. */
    record Loaded(GatewayConfig config, List<Problem> problems) implements LoadResult {
        public Loaded {
            problems = List.copyOf(problems);
        }
    }

    /** At least one error. */
    record Invalid(List<Problem> problems) implements LoadResult {
        public Invalid {
            problems = List.copyOf(problems);
        }
    }
}

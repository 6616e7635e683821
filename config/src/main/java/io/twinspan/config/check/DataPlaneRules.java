package io.twinspan.config.check;

import io.twinspan.config.bind.ConfigKeys;
import io.twinspan.config.bind.Durations;
import io.twinspan.config.bind.ModelBuilder;
import io.twinspan.config.bind.Section;
import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.config.source.Located;
import io.twinspan.config.source.ProblemSink;
import java.time.Duration;
import java.util.Optional;

/** How the settings of the packet path fit each other. */
final class DataPlaneRules {
    private DataPlaneRules() {}

    /** A wait that must last before it counts has to be longer than the wait that is fine, RFC 8289 section 3.2. */
    static void check(Section document, ProblemSink problems) {
        DataPlaneConfig config = ModelBuilder.dataPlane(document);
        if (config.queueTarget().compareTo(config.queueInterval()) < 0) {
            return;
        }
        Optional<Located<Section>> queue = document.find(ConfigKeys.DATA_PLANE)
                .flatMap(dataPlane -> dataPlane.value().find(ConfigKeys.QUEUE));
        queue.flatMap(section -> given(section.value()))
                .ifPresent(at -> problems.error(
                        at.at(),
                        at.path(),
                        "a target of " + Durations.shown(config.queueTarget()) + " is not below the interval, "
                                + Durations.shown(config.queueInterval()),
                        "a twentieth of the interval is usual"));
    }

    private static Optional<Located<Duration>> given(Section queue) {
        return queue.find(ConfigKeys.QUEUE_TARGET).or(() -> queue.find(ConfigKeys.QUEUE_INTERVAL));
    }
}

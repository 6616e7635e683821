package io.twinspan.daemon.lab;

import io.twinspan.config.model.ApiConfig.Listener;
import io.twinspan.daemon.cli.ApiAnswer;
import io.twinspan.daemon.cli.ApiClient;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;

/** Lets a browser in: the gateway lives in a namespace of its own, its dashboard listens on the host's loopback address. */
final class LabDashboard {
    /** What the configuration's examples have, so that the two look alike. */
    static final int USUAL_PORT = 8_443;

    private LabDashboard() {}

    /**
     * Listens in the calling thread's network namespace, on the usual port or on a free one.
     *
     * @return a link that works once, within a minute; nothing where even that failed
     */
    static Optional<String> open(Lab lab) {
        if (!isListening(lab, USUAL_PORT) && !isListening(lab, 0)) {
            return Optional.empty();
        }
        ApiAnswer answer = new ApiClient(lab.options().socket()).exchange("POST", "/v1/login/link", true);
        return Optional.of(answer.body().strip()).filter(_ -> answer.status() == 200);
    }

    private static boolean isListening(Lab lab, int port) {
        try {
            lab.listen(new Listener(InetAddress.getLoopbackAddress(), port, List.of(), null, null));
            return true;
        } catch (RuntimeException e) {
            return false;
        }
    }
}

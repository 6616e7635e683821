package io.twinspan.benchmarks.gateway;

import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.daemon.cli.ApiAnswer;
import io.twinspan.daemon.cli.ApiClient;
import io.twinspan.daemon.cli.CommandFailure;
import java.nio.file.Path;
import java.util.Optional;
import tools.jackson.databind.json.JsonMapper;

/** Asks and orders a daemon through its control socket. */
public final class GatewayControl {
    private static final int OK = 200;

    private final ApiClient client;

    GatewayControl(Path socket) {
        client = new ApiClient(socket);
    }

    /** The daemon's status; empty while it does not answer. */
    public Optional<GatewayView> view() {
        try {
            ApiAnswer answer = client.exchange("GET", "/v1/status", false);
            return answer.status() == OK
                    ? Optional.of(new GatewayView(JsonMapper.shared().readTree(answer.body())))
                    : Optional.empty();
        } catch (CommandFailure e) {
            return Optional.empty();
        }
    }

    /**
     * Rekeys the first tunnel of a connection.
     *
     * @param sa {@code esp} or {@code ike}
     * @throws BenchException where the daemon does not take the order
     */
    public void rekey(String connection, String sa) {
        String target = "/v1/rekey?connection=" + connection + "&tunnel=1&sa=" + sa;
        ApiAnswer answer = client.exchange("POST", target, false);
        if (answer.status() != OK) {
            throw new BenchException("rekey of " + connection + " was refused: " + answer.body());
        }
    }
}

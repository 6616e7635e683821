package io.twinspan.benchmarks.gateway;

import io.twinspan.benchmarks.throughput.BenchException;
import io.twinspan.daemon.cli.ApiAnswer;
import io.twinspan.daemon.cli.ApiClient;
import io.twinspan.daemon.cli.CommandFailure;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.stream.StreamSupport;
import tools.jackson.databind.JsonNode;
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
        order("/v1/rekey?connection=" + connection + "&tunnel=1&sa=" + sa);
    }

    /**
     * Gives an order, such as {@code /v1/switch?connection=c&tunnel=2}.
     *
     * @throws BenchException where the daemon does not take it
     */
    public void order(String target) {
        ApiAnswer answer = client.exchange("POST", target, false);
        if (answer.status() != OK) {
            throw new BenchException(target + " was refused: " + answer.body());
        }
    }

    /** The journal's entries behind a sequence number, oldest first. */
    public List<JsonNode> events(long after) {
        ApiAnswer answer = client.exchange("GET", "/v1/events?after=" + after, false);
        JsonNode events = JsonMapper.shared().readTree(answer.body()).path("events");
        return StreamSupport.stream(events.spliterator(), false).toList();
    }

    /** Hands over each journal entry as it comes, on the calling thread, until the daemon ends. */
    public void follow(Consumer<JsonNode> entries) {
        client.stream(
                "/v1/events?follow=1",
                false,
                line -> entries.accept(JsonMapper.shared().readTree(line)));
    }
}

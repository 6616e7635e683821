package io.twinspan.client;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import javax.net.ssl.SSLSocketFactory;

/**
 * Asks a gateway and gives it orders. Every call is one connection; every failure is a {@link TwinspanException} with the
 * gateway's own words. Safe for use by several threads.
 */
public final class TwinspanClient {
    /** Where the gateway's Unix socket is as a rule. */
    public static final Path USUAL_SOCKET = Path.of("/run/twinspan/twinspan.sock");

    private static final Duration TIMEOUT = Duration.ofSeconds(30);

    private final Transport transport;
    private final String token;

    private TwinspanClient(Transport transport, String token) {
        this.transport = transport;
        this.token = token;
    }

    /** A client of a gateway on this machine; the kernel tells the gateway who we are. */
    public static TwinspanClient unix(Path socket) {
        return new TwinspanClient(new Transport.Unix(socket), "");
    }

    /**
     * A client of a gateway elsewhere, with the machine's trusted authorities.
     *
     * @param base for example {@code https://gateway.example.net:8443}; {@code http} only for this machine
     * @param token what {@code twinspan token create} printed
     */
    public static TwinspanClient tcp(URI base, String token) {
        return tcp(base, token, (SSLSocketFactory) SSLSocketFactory.getDefault());
    }

    /**
     * The same with authorities, or a certificate, of one's own.
     *
     * @param token empty where the certificate says who we are
     */
    public static TwinspanClient tcp(URI base, String token, SSLSocketFactory tls) {
        if (base.getHost() == null || !List.of("http", "https").contains(String.valueOf(base.getScheme()))) {
            throw new IllegalArgumentException("wanted is http://HOST:PORT or https://HOST:PORT, not " + base);
        }
        return new TwinspanClient(new Transport.Tcp(base, tls, TIMEOUT), token);
    }

    /** The state of everything. */
    public Status status() {
        return Status.of(get("/v1/status", Map.of()));
    }

    /** Events with a higher sequence number than this one, as far as the gateway still has them. */
    public List<Event> events(long after) {
        return get("/v1/events", Map.of("after", Long.toString(after))).at("events").items().stream()
                .map(Event::of)
                .toList();
    }

    /**
     * Hands over past events with a higher number than this one and then every further one, until the consumer says that it has
     * enough or the connection ends. Blocks.
     *
     * @param wantsMore false ends it
     */
    public void follow(long after, Predicate<Event> wantsMore) {
        stream(
                "GET",
                "/v1/events",
                Map.of("follow", "1", "after", Long.toString(after)),
                line -> wantsMore.test(Event.of(line)));
    }

    /** Lets all tunnels of a connection come up; 0 for all. */
    public String up(String connection, int tunnel) {
        return order("/v1/up", target(connection, tunnel));
    }

    /** Moves traffic away and takes a tunnel down; 0 for all. */
    public String down(String connection, int tunnel) {
        return order("/v1/down", target(connection, tunnel));
    }

    /** Moves a connection's traffic to a tunnel; returns when that is done. */
    public String switchTo(String connection, int tunnel) {
        return order("/v1/switch", target(connection, tunnel));
    }

    /** Leaves the choice of the tunnel to the gateway's policy again. */
    public String release(String connection) {
        return order("/v1/switch", Map.of("connection", connection, "tunnel", "auto"));
    }

    /** Rekeys the child SA of a tunnel now; 0 for all tunnels. */
    public String rekey(String connection, int tunnel) {
        return order("/v1/rekey", target(connection, tunnel));
    }

    /**
     * Runs a drill and returns its report, {@code twinspan.drill/1}. Interrupting the calling thread ends the connection, and
     * with it the drill. In {@code daemon-restart} the connection ends with the daemon's process and the answer is null; {@code
     * /v1/drills} and {@code /v1/drills/report} of the next one tell what came of it.
     *
     * @param scenario for example {@code blackhole}
     * @param duration of the fault
     * @param limit outage that passes
     * @param news hears of each moment, {@code twinspan.drill-news/1}
     */
    public Json drill(String scenario, String connection, Duration duration, Duration limit, Consumer<Json> news) {
        AtomicReference<Json> report = new AtomicReference<>(Json.parse("null"));
        Map<String, String> parameters = Map.of(
                "scenario",
                scenario,
                "connection",
                connection,
                "for",
                duration.toMillis() + "ms",
                "limit",
                limit.toMillis() + "ms");
        stream("POST", "/v1/drills/run", parameters, line -> {
            boolean last = line.at("schema").text().equals("twinspan.drill/1");
            if (last) {
                report.set(line);
            } else {
                news.accept(line);
            }
            return !last;
        });
        return report.get();
    }

    /** Any other question of the API, for example {@code /v1/sas}. */
    public Json get(String path, Map<String, String> parameters) {
        return ask("GET", path, parameters);
    }

    /** Any other order of the API. */
    public Json post(String path, Map<String, String> parameters) {
        return ask("POST", path, parameters);
    }

    /** A measurement, and a move that is watched, take as long as they take. */
    private static boolean isSlow(String path) {
        return path.equals("/v1/mtu") || path.equals("/v1/down") || path.equals("/v1/switch");
    }

    private String order(String path, Map<String, String> parameters) {
        return post(path, parameters).at("message").text();
    }

    private static Map<String, String> target(String connection, int tunnel) {
        return tunnel == 0
                ? Map.of("connection", connection)
                : Map.of("connection", connection, "tunnel", Integer.toString(tunnel));
    }

    private Json ask(String method, String path, Map<String, String> parameters) {
        try (Exchange exchange = Exchange.begin(transport, token, isSlow(path), method, path + query(parameters))) {
            return accepted(exchange, Json.parse(exchange.body()));
        } catch (IOException | IllegalArgumentException e) {
            throw new TwinspanException("cannot ask " + transport.host() + ": " + e.getMessage(), e);
        }
    }

    private void stream(String method, String path, Map<String, String> parameters, Predicate<Json> wantsMore) {
        try (Exchange exchange = Exchange.begin(transport, token, true, method, path + query(parameters))) {
            if (exchange.status() != 200) {
                var _ = accepted(exchange, Json.parse(exchange.body()));
                return;
            }
            exchange.lines(line -> wantsMore.test(Json.parse(line)));
        } catch (IOException | IllegalArgumentException e) {
            throw new TwinspanException("the connection to " + transport.host() + " broke: " + e.getMessage(), e);
        }
    }

    private static Json accepted(Exchange exchange, Json answer) {
        if (exchange.status() != 200) {
            throw new TwinspanException(
                    exchange.status(),
                    answer.at("error").text(),
                    answer.at("hint").text());
        }
        return answer;
    }

    private static String query(Map<String, String> parameters) {
        return parameters.isEmpty()
                ? ""
                : "?"
                        + new TreeMap<>(parameters)
                                .entrySet().stream()
                                        .map(it -> it.getKey() + "=" + URLEncoder.encode(it.getValue(), UTF_8))
                                        .collect(Collectors.joining("&"));
    }
}

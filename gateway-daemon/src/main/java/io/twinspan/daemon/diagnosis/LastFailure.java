package io.twinspan.daemon.diagnosis;

import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.daemon.explain.Explanation;
import io.twinspan.daemon.explain.ExplanationCatalog;
import io.twinspan.daemon.observe.GatewayEvent;
import io.twinspan.daemon.observe.JournalEntry;
import io.twinspan.daemon.observe.Severity;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The newest failure of a connection or tunnel with what is known around it.
 *
 * @param at when it happened
 * @param subject {@code prod/1}, {@code prod}, or {@code gateway}
 * @param type of the event
 * @param said the event's own words
 * @param facts further lines: label and text, in order
 * @param explanations of the codes in it, the most telling first
 */
public record LastFailure(
        Instant at, String subject, String type, String said, List<Fact> facts, List<Explanation> explanations) {
    private static final Set<String> PROPOSALS =
            Set.of("NO_PROPOSAL_CHOSEN", "INVALID_KE_PAYLOAD", "PROPOSAL_NOT_OFFERED");
    private static final Set<String> SELECTORS =
            Set.of("TS_UNACCEPTABLE", "SELECTORS_UNACCEPTABLE", "SINGLE_PAIR_REQUIRED", "SELECTOR_MISMATCH");
    private static final Set<String> KEYS = Set.of("AUTHENTICATION_FAILED", "IDENTITY_MISMATCH");

    /** Bad news that no warning goes with. */
    private static final Set<String> NEWS = Set.of("tunnel.down", "connection.down", "connection.degraded");

    public LastFailure {
        facts = List.copyOf(facts);
        explanations = List.copyOf(explanations);
    }

    /** One line. */
    public record Fact(String label, String text) {}

    /**
     * The newest failure, explained.
     *
     * @param subject {@code prod/1}, {@code prod}, or empty for any
     * @param configs as running
     * @param places where settings stand in the file
     */
    public static Optional<LastFailure> of(
            List<JournalEntry> events,
            String subject,
            List<ConnectionConfig> configs,
            ConfigPlaces places,
            ExplanationCatalog catalog) {
        return find(events, subject).map(entry -> explain(entry, configs, places, catalog));
    }

    static Optional<JournalEntry> find(List<JournalEntry> events, String subject) {
        List<JournalEntry> failures = events.reversed().stream()
                .filter(it -> isFailure(it.event()))
                .filter(it -> concerns(it.event(), subject))
                .toList();
        // What a negotiation said tells more than the state that came of it.
        return failures.stream()
                .filter(it -> it.event().type().equals("ike.negotiation-failed"))
                .filter(it -> failures.getFirst().sequence() - it.sequence() < 10)
                .findFirst()
                .or(() -> failures.stream().findFirst());
    }

    private static boolean isFailure(GatewayEvent event) {
        return !event.type().equals("preflight.warning")
                && (event.severity().compareTo(Severity.WARN) >= 0 || NEWS.contains(event.type()));
    }

    private static boolean concerns(GatewayEvent event, String subject) {
        return subject.isEmpty()
                || event.connection().equals(subject)
                || (event.connection() + "/" + event.tunnel()).equals(subject);
    }

    static String subject(GatewayEvent event) {
        if (event.connection().isEmpty()) {
            return "gateway";
        }
        return event.connection() + (event.tunnel() == 0 ? "" : "/" + event.tunnel());
    }

    private static LastFailure explain(
            JournalEntry entry, List<ConnectionConfig> configs, ConfigPlaces places, ExplanationCatalog catalog) {
        GatewayEvent event = entry.event();
        List<Explanation> explanations = new ArrayList<>(catalog.mentionedIn(event.message()));
        Optional.ofNullable(event.fields().get("kind"))
                .flatMap(catalog::find)
                .filter(it -> !explanations.contains(it))
                .ifPresent(explanations::add);
        catalog.find(event.type()).filter(_ -> explanations.isEmpty()).ifPresent(explanations::add);
        List<Fact> facts = new ArrayList<>();
        configs.stream()
                .filter(it -> it.name().equals(event.connection()))
                .flatMap(it -> it.tunnels().stream())
                .filter(it -> it.number() == event.tunnel())
                .findFirst()
                .ifPresent(tunnel -> describe(facts, event.connection(), tunnel, explanations, event, places));
        event.fields().forEach((name, value) -> facts.add(new Fact(name, value)));
        return new LastFailure(entry.time(), subject(event), event.type(), event.message(), facts, explanations);
    }

    private static void describe(
            List<Fact> facts,
            String connection,
            TunnelConfig tunnel,
            List<Explanation> explanations,
            GatewayEvent event,
            ConfigPlaces places) {
        boolean child = event.message().contains("IKE_AUTH") || event.message().contains("CHILD");
        if (mentions(explanations, PROPOSALS)) {
            facts.add(new Fact(
                    "we offer",
                    child ? ProposalText.ofEsp(tunnel.espProposals()) : ProposalText.ofIke(tunnel.ikeProposals())));
            place(facts, places, connection, tunnel, child ? "esp" : "ike");
        } else if (mentions(explanations, SELECTORS)) {
            facts.add(new Fact(
                    "we offer",
                    tunnel.localSelectors() + " on our side, " + tunnel.remoteSelectors() + " on the peer's"));
            place(facts, places, connection, tunnel, "selectors");
        } else if (mentions(explanations, KEYS)) {
            facts.add(new Fact(
                    "identities", "we are " + tunnel.localIdentity() + ", the peer is " + tunnel.remoteIdentity()));
            facts.add(new Fact("key", "one pre-shared key for this tunnel, not shown; AWS has one for each tunnel"));
            place(facts, places, connection, tunnel, "psk-file");
        } else {
            facts.add(new Fact("peer", tunnel.outsideRemote().getHostAddress()));
            place(facts, places, connection, tunnel, "outside");
        }
    }

    private static boolean mentions(List<Explanation> explanations, Set<String> codes) {
        return explanations.stream().map(Explanation::code).anyMatch(codes::contains);
    }

    private static void place(
            List<Fact> facts, ConfigPlaces places, String connection, TunnelConfig tunnel, String key) {
        places.find(connection, tunnel.number(), key).ifPresent(it -> facts.add(new Fact("set at", it)));
    }
}

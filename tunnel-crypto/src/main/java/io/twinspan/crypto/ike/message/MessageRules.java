package io.twinspan.crypto.ike.message;

import static io.twinspan.crypto.ike.message.PayloadType.AUTHENTICATION;
import static io.twinspan.crypto.ike.message.PayloadType.CERTIFICATE;
import static io.twinspan.crypto.ike.message.PayloadType.CERTIFICATE_REQUEST;
import static io.twinspan.crypto.ike.message.PayloadType.CONFIGURATION;
import static io.twinspan.crypto.ike.message.PayloadType.DELETE;
import static io.twinspan.crypto.ike.message.PayloadType.ENCRYPTED;
import static io.twinspan.crypto.ike.message.PayloadType.ENCRYPTED_FRAGMENT;
import static io.twinspan.crypto.ike.message.PayloadType.IDENTIFICATION_INITIATOR;
import static io.twinspan.crypto.ike.message.PayloadType.IDENTIFICATION_RESPONDER;
import static io.twinspan.crypto.ike.message.PayloadType.KEY_EXCHANGE;
import static io.twinspan.crypto.ike.message.PayloadType.NONCE;
import static io.twinspan.crypto.ike.message.PayloadType.NOTIFY;
import static io.twinspan.crypto.ike.message.PayloadType.SECURITY_ASSOCIATION;
import static io.twinspan.crypto.ike.message.PayloadType.TRAFFIC_SELECTORS_INITIATOR;
import static io.twinspan.crypto.ike.message.PayloadType.TRAFFIC_SELECTORS_RESPONDER;
import static io.twinspan.crypto.ike.message.PayloadType.VENDOR_ID;

import io.twinspan.crypto.ike.message.RuleViolation.Kind;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which payloads a message must, may and must not have (RFC 7296 sections 1.2 to 1.4 and appendix C). Applied to the
 * payloads after decryption; the order of payloads is of no account (section 2.5), unknown ones do not count.
 *
 * <p>A response with nothing but an error notify is always in order. The child part of IKE_AUTH is optional here, because
 * without it the peer is authenticated all the same and only the child is refused: see {@link #checkChildPart}.
 */
public final class MessageRules {
    private static final int ANY_NUMBER = IkeMessageDecoder.MAX_PAYLOADS;
    private static final Range ONE = new Range(1, 1);
    private static final Range OPTIONAL = new Range(0, 1);
    private static final Range ANY = new Range(0, ANY_NUMBER);

    private static final Map<PayloadType, Range> SA_INIT = table(Map.of(
            SECURITY_ASSOCIATION, ONE,
            KEY_EXCHANGE, ONE,
            NONCE, ONE,
            CERTIFICATE_REQUEST, ANY));
    private static final Map<PayloadType, Range> AUTH_REQUEST = table(Map.of(
            IDENTIFICATION_INITIATOR, ONE,
            IDENTIFICATION_RESPONDER, OPTIONAL,
            AUTHENTICATION, ONE,
            CERTIFICATE, ANY,
            CERTIFICATE_REQUEST, ANY,
            CONFIGURATION, OPTIONAL,
            SECURITY_ASSOCIATION, OPTIONAL,
            TRAFFIC_SELECTORS_INITIATOR, OPTIONAL,
            TRAFFIC_SELECTORS_RESPONDER, OPTIONAL));
    private static final Map<PayloadType, Range> AUTH_RESPONSE = table(Map.of(
            IDENTIFICATION_RESPONDER, ONE,
            AUTHENTICATION, ONE,
            CERTIFICATE, ANY,
            CONFIGURATION, OPTIONAL,
            SECURITY_ASSOCIATION, OPTIONAL,
            TRAFFIC_SELECTORS_INITIATOR, OPTIONAL,
            TRAFFIC_SELECTORS_RESPONDER, OPTIONAL));
    private static final Map<PayloadType, Range> CREATE_CHILD = table(Map.of(
            SECURITY_ASSOCIATION, ONE,
            NONCE, ONE,
            KEY_EXCHANGE, OPTIONAL,
            CONFIGURATION, OPTIONAL,
            TRAFFIC_SELECTORS_INITIATOR, ONE,
            TRAFFIC_SELECTORS_RESPONDER, ONE));
    private static final Map<PayloadType, Range> REKEY_IKE = table(Map.of(
            SECURITY_ASSOCIATION, ONE,
            NONCE, ONE,
            KEY_EXCHANGE, ONE));
    private static final Map<PayloadType, Range> INFORMATIONAL = table(Map.of(
            DELETE, ANY,
            CONFIGURATION, ANY));
    private static final Map<PayloadType, Range> CHILD_PART = Map.of(
            SECURITY_ASSOCIATION, ONE,
            TRAFFIC_SELECTORS_INITIATOR, ONE,
            TRAFFIC_SELECTORS_RESPONDER, ONE);

    private MessageRules() {}

    /** The first rule that the inner (or, for IKE_SA_INIT, the plain) payloads break. */
    public static Optional<RuleViolation> check(ExchangeType exchange, boolean response, List<IkePayload> payloads) {
        Map<PayloadType, Integer> counts = count(payloads);
        if (response && isErrorOnly(payloads, counts)) {
            return Optional.empty();
        }
        return switch (exchange) {
            case IKE_SA_INIT ->
                firstBroken(isSaInitRetry(response, payloads, counts) ? table(Map.of()) : SA_INIT, counts);
            case IKE_AUTH -> firstBroken(response ? AUTH_RESPONSE : AUTH_REQUEST, counts);
            case CREATE_CHILD_SA -> firstBroken(offersIke(payloads) ? REKEY_IKE : CREATE_CHILD, counts);
            case INFORMATIONAL -> firstBroken(INFORMATIONAL, counts);
        };
    }

    /** The first of SA, TSi and TSr that an IKE_AUTH message lacks or repeats: then no child SA can be made. */
    public static Optional<RuleViolation> checkChildPart(List<IkePayload> payloads) {
        Map<PayloadType, Integer> counts = count(payloads);
        counts.keySet().retainAll(CHILD_PART.keySet());
        return firstBroken(CHILD_PART, counts);
    }

    /**
     * Checks, before decryption, that what must be protected is, and nothing else. An INFORMATIONAL in the clear passes:
     * outside an SA there is no key to protect it with (section 2.21.4), and the session decides what to believe.
     */
    public static Optional<RuleViolation> checkProtection(ExchangeType exchange, List<IkePayload> outer) {
        Map<PayloadType, Integer> counts = count(outer);
        boolean encrypted = counts.containsKey(ENCRYPTED);
        boolean fragment = counts.containsKey(ENCRYPTED_FRAGMENT);
        return switch (exchange) {
            case IKE_SA_INIT -> {
                // RFC 7383 section 2.3: IKE_SA_INIT cannot be fragmented, for lack of keys.
                if (fragment) {
                    yield Optional.of(new RuleViolation(Kind.NOT_ALLOWED, ENCRYPTED_FRAGMENT));
                }
                yield encrypted ? Optional.of(new RuleViolation(Kind.NOT_ALLOWED, ENCRYPTED)) : Optional.empty();
            }
            case IKE_AUTH, CREATE_CHILD_SA ->
                encrypted || fragment ? Optional.empty() : Optional.of(new RuleViolation(Kind.MISSING, ENCRYPTED));
            case INFORMATIONAL -> Optional.empty();
        };
    }

    private static Optional<RuleViolation> firstBroken(
            Map<PayloadType, Range> rules, Map<PayloadType, Integer> counts) {
        for (PayloadType type : PayloadType.values()) {
            int count = counts.getOrDefault(type, 0);
            Range range = rules.getOrDefault(type, Range.NEVER);
            if (count < range.min()) {
                return Optional.of(new RuleViolation(Kind.MISSING, type));
            }
            if (count > range.max()) {
                return Optional.of(new RuleViolation(range.max() == 0 ? Kind.NOT_ALLOWED : Kind.REPEATED, type));
            }
        }
        return Optional.empty();
    }

    private static Map<PayloadType, Integer> count(List<IkePayload> payloads) {
        Map<PayloadType, Integer> counts = new EnumMap<>(PayloadType.class);
        for (IkePayload payload : payloads) {
            PayloadType.of(payload.type()).ifPresent(type -> counts.merge(type, 1, Integer::sum));
        }
        return counts;
    }

    private static boolean isErrorOnly(List<IkePayload> payloads, Map<PayloadType, Integer> counts) {
        return hasOnlyNotifies(counts) && hasNotify(payloads, IkePayload.Notify::isError);
    }

    /** RFC 7296 section 2.6: an IKE_SA_INIT response may ask for a cookie and say nothing else. */
    private static boolean isSaInitRetry(
            boolean response, List<IkePayload> payloads, Map<PayloadType, Integer> counts) {
        return response && hasOnlyNotifies(counts) && hasNotify(payloads, notify -> notify.is(NotifyType.COOKIE));
    }

    private static boolean hasOnlyNotifies(Map<PayloadType, Integer> counts) {
        return counts.keySet().stream().allMatch(type -> type == NOTIFY || type == VENDOR_ID);
    }

    private static boolean hasNotify(
            List<IkePayload> payloads, java.util.function.Predicate<IkePayload.Notify> wanted) {
        return payloads.stream()
                .anyMatch(payload -> payload instanceof IkePayload.Notify notify && wanted.test(notify));
    }

    private static boolean offersIke(List<IkePayload> payloads) {
        return payloads.stream()
                .anyMatch(payload -> payload instanceof IkePayload.SecurityAssociation(List<Proposal> proposals)
                        && !proposals.isEmpty()
                        && proposals.getFirst().protocolId() == SecurityProtocol.IKE);
    }

    /** Notifies and vendor ids may come with everything. */
    private static Map<PayloadType, Range> table(Map<PayloadType, Range> particular) {
        Map<PayloadType, Range> rules = new EnumMap<>(PayloadType.class);
        rules.putAll(particular);
        rules.put(NOTIFY, ANY);
        rules.put(VENDOR_ID, ANY);
        return Map.copyOf(rules);
    }

    /** How often a payload may come. */
    private record Range(int min, int max) {
        static final Range NEVER = new Range(0, 0);
    }
}

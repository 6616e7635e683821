package io.twinspan.crypto.ike.message;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.message.RuleViolation.Kind;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

final class MessageRulesTest {
    private static final IkePayload SA_IKE = sa(SecurityProtocol.IKE);
    private static final IkePayload SA_ESP = sa(SecurityProtocol.ESP);
    private static final IkePayload KE = new IkePayload.KeyExchange(14, new byte[256]);
    private static final IkePayload NONCE = new IkePayload.Nonce(new byte[32]);
    private static final IkePayload ID_I = new IkePayload.IdentificationInitiator(1, new byte[4]);
    private static final IkePayload ID_R = new IkePayload.IdentificationResponder(1, new byte[4]);
    private static final IkePayload AUTH = new IkePayload.Authentication(2, new byte[32]);
    private static final List<TrafficSelector> ALL = List.of(TrafficSelector.ofPrefix(IpPrefix.parse("0.0.0.0/0")));
    private static final IkePayload TS_I = IkePayload.TrafficSelectorsInitiator.of(ALL);
    private static final IkePayload TS_R = IkePayload.TrafficSelectorsResponder.of(ALL);
    private static final IkePayload ERROR = new IkePayload.Notify(NotifyType.NO_PROPOSAL_CHOSEN);
    private static final IkePayload STATUS = new IkePayload.Notify(NotifyType.INITIAL_CONTACT);
    private static final IkePayload VENDOR = new IkePayload.VendorId(Octets.EMPTY);
    private static final IkePayload UNKNOWN = new IkePayload.Unknown(200, Octets.EMPTY);

    record Shape(ExchangeType exchange, boolean response, List<IkePayload> required) {}

    @ParameterizedTest
    @MethodSource("shapes")
    void acceptsTheMessagesOfTheRfcInAnyOrderAndWithExtras(Shape shape) {
        assertThat(check(shape, shape.required())).isEmpty();
        assertThat(check(shape, shape.required().reversed())).isEmpty();
        List<IkePayload> extended = new ArrayList<>(List.of(UNKNOWN, VENDOR, STATUS, STATUS));
        extended.addAll(shape.required());
        assertThat(check(shape, extended)).isEmpty();
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a6_eachMissingPayloadIsNamed(Shape shape) {
        for (IkePayload missing : shape.required()) {
            List<IkePayload> rest = new ArrayList<>(shape.required());
            rest.remove(missing);
            PayloadType type = PayloadType.of(missing.type()).orElseThrow();
            if (shape.exchange() == ExchangeType.IKE_AUTH && isChildPart(type)) {
                assertThat(check(shape, rest)).isEmpty();
                assertThat(MessageRules.checkChildPart(rest)).contains(new RuleViolation(Kind.MISSING, type));
            } else if (type == PayloadType.SECURITY_ASSOCIATION
                    || shape.exchange() != ExchangeType.CREATE_CHILD_SA
                    || !missing.equals(KE)
                    || shape.required().contains(SA_IKE)) {
                assertThat(check(shape, rest)).contains(new RuleViolation(Kind.MISSING, type));
            } else {
                assertThat(check(shape, rest)).isEmpty();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("shapes")
    void a6_eachRepeatedPayloadIsNamed(Shape shape) {
        for (IkePayload repeated : shape.required()) {
            List<IkePayload> more = new ArrayList<>(shape.required());
            more.add(repeated);
            assertThat(check(shape, more))
                    .contains(new RuleViolation(
                            Kind.REPEATED, PayloadType.of(repeated.type()).orElseThrow()));
        }
    }

    @ParameterizedTest
    @EnumSource(ExchangeType.class)
    void a6_payloadsOfAnotherExchangeAreNotAllowed(ExchangeType exchange) {
        IkePayload stranger = switch (exchange) {
            case IKE_SA_INIT, CREATE_CHILD_SA -> AUTH;
            case IKE_AUTH -> NONCE;
            case INFORMATIONAL -> KE;
        };
        List<IkePayload> payloads = new ArrayList<>(shapes().stream()
                .filter(shape -> shape.exchange() == exchange)
                .findFirst()
                .orElseThrow()
                .required());
        payloads.add(stranger);
        assertThat(MessageRules.check(exchange, false, payloads))
                .contains(new RuleViolation(
                        Kind.NOT_ALLOWED, PayloadType.of(stranger.type()).orElseThrow()));
    }

    @Test
    void a6_eapIsNotAllowedAndAuthCannotBeLeftOut() {
        IkePayload eap = new IkePayload.ExtensibleAuthentication(Octets.EMPTY);
        assertThat(MessageRules.check(ExchangeType.IKE_AUTH, false, List.of(ID_I, SA_ESP, TS_I, TS_R)))
                .contains(new RuleViolation(Kind.MISSING, PayloadType.AUTHENTICATION));
        assertThat(MessageRules.check(ExchangeType.IKE_AUTH, true, List.of(ID_R, AUTH, eap)))
                .contains(new RuleViolation(Kind.NOT_ALLOWED, PayloadType.EXTENSIBLE_AUTHENTICATION));
    }

    @Test
    void a11_selectorsMissingFromIkeAuthSpoilOnlyTheChild() {
        List<IkePayload> base = List.of(ID_I, AUTH, SA_ESP);
        assertThat(MessageRules.check(ExchangeType.IKE_AUTH, false, base)).isEmpty();
        assertThat(MessageRules.checkChildPart(base))
                .contains(new RuleViolation(Kind.MISSING, PayloadType.TRAFFIC_SELECTORS_INITIATOR));
        assertThat(MessageRules.checkChildPart(List.of(ID_I, AUTH, SA_ESP, TS_I)))
                .contains(new RuleViolation(Kind.MISSING, PayloadType.TRAFFIC_SELECTORS_RESPONDER));
        assertThat(MessageRules.checkChildPart(List.of(ID_I, AUTH, SA_ESP, TS_R)))
                .contains(new RuleViolation(Kind.MISSING, PayloadType.TRAFFIC_SELECTORS_INITIATOR));
        assertThat(MessageRules.checkChildPart(List.of(ID_I, AUTH, SA_ESP, TS_I, TS_R)))
                .isEmpty();
    }

    @Test
    void b1_aChildRekeyWithoutSelectorsIsRefused() {
        IkePayload rekey = IkePayload.Notify.aboutEsp(NotifyType.REKEY_SA, 0x1000);
        assertThat(MessageRules.check(ExchangeType.CREATE_CHILD_SA, false, List.of(rekey, SA_ESP, NONCE, TS_I)))
                .contains(new RuleViolation(Kind.MISSING, PayloadType.TRAFFIC_SELECTORS_RESPONDER));
        assertThat(MessageRules.check(ExchangeType.CREATE_CHILD_SA, false, List.of(rekey, SA_ESP, NONCE, TS_R)))
                .contains(new RuleViolation(Kind.MISSING, PayloadType.TRAFFIC_SELECTORS_INITIATOR));
    }

    @ParameterizedTest
    @EnumSource(ExchangeType.class)
    void aResponseOfOneErrorIsInOrderAndARequestIsNot(ExchangeType exchange) {
        assertThat(MessageRules.check(exchange, true, List.of(ERROR, VENDOR))).isEmpty();
        if (exchange != ExchangeType.INFORMATIONAL) {
            assertThat(MessageRules.check(exchange, false, List.of(ERROR))).isPresent();
            assertThat(MessageRules.check(exchange, true, List.of(STATUS))).isPresent();
            assertThat(MessageRules.check(exchange, true, List.of())).isPresent();
        }
    }

    @Test
    void aCookieRequestIsAResponseOfItsOwn() {
        IkePayload cookie = new IkePayload.Notify(NotifyType.COOKIE, new byte[20]);
        assertThat(MessageRules.check(ExchangeType.IKE_SA_INIT, true, List.of(cookie)))
                .isEmpty();
        assertThat(MessageRules.check(ExchangeType.IKE_SA_INIT, false, List.of(cookie)))
                .isPresent();
        assertThat(MessageRules.check(ExchangeType.CREATE_CHILD_SA, true, List.of(cookie)))
                .isPresent();
    }

    @Test
    void a16_onlyIkeSaInitComesInTheClearAndItNeverComesInFragments() {
        IkePayload sk = new IkePayload.Encrypted(0, Octets.EMPTY);
        IkePayload skf = new IkePayload.EncryptedFragment(0, 1, 2, Octets.EMPTY);
        assertThat(MessageRules.checkProtection(ExchangeType.IKE_SA_INIT, List.of(SA_IKE, KE, NONCE)))
                .isEmpty();
        assertThat(MessageRules.checkProtection(ExchangeType.IKE_SA_INIT, List.of(skf)))
                .contains(new RuleViolation(Kind.NOT_ALLOWED, PayloadType.ENCRYPTED_FRAGMENT));
        assertThat(MessageRules.checkProtection(ExchangeType.IKE_SA_INIT, List.of(sk)))
                .contains(new RuleViolation(Kind.NOT_ALLOWED, PayloadType.ENCRYPTED));
        for (ExchangeType exchange : List.of(ExchangeType.IKE_AUTH, ExchangeType.CREATE_CHILD_SA)) {
            assertThat(MessageRules.checkProtection(exchange, List.of(sk))).isEmpty();
            assertThat(MessageRules.checkProtection(exchange, List.of(skf))).isEmpty();
            assertThat(MessageRules.checkProtection(exchange, List.of(ERROR)))
                    .contains(new RuleViolation(Kind.MISSING, PayloadType.ENCRYPTED));
        }
    }

    static List<Shape> shapes() {
        List<IkePayload> init = List.of(SA_IKE, KE, NONCE);
        List<IkePayload> child = List.of(SA_ESP, NONCE, KE, TS_I, TS_R);
        return List.of(
                new Shape(ExchangeType.IKE_SA_INIT, false, init),
                new Shape(ExchangeType.IKE_SA_INIT, true, init),
                new Shape(ExchangeType.IKE_AUTH, false, List.of(ID_I, AUTH, SA_ESP, TS_I, TS_R)),
                new Shape(ExchangeType.IKE_AUTH, true, List.of(ID_R, AUTH, SA_ESP, TS_I, TS_R)),
                new Shape(ExchangeType.CREATE_CHILD_SA, false, child),
                new Shape(ExchangeType.CREATE_CHILD_SA, true, child),
                new Shape(ExchangeType.CREATE_CHILD_SA, false, init),
                new Shape(ExchangeType.CREATE_CHILD_SA, true, init),
                new Shape(ExchangeType.INFORMATIONAL, false, List.of()),
                new Shape(ExchangeType.INFORMATIONAL, true, List.of()));
    }

    private static Optional<RuleViolation> check(Shape shape, List<IkePayload> payloads) {
        return MessageRules.check(shape.exchange(), shape.response(), payloads);
    }

    private static boolean isChildPart(PayloadType type) {
        return type == PayloadType.SECURITY_ASSOCIATION
                || type == PayloadType.TRAFFIC_SELECTORS_INITIATOR
                || type == PayloadType.TRAFFIC_SELECTORS_RESPONDER;
    }

    private static IkePayload sa(int protocol) {
        return new IkePayload.SecurityAssociation(
                List.of(new Proposal(1, protocol, Octets.EMPTY, List.of(new Transform(1, 20)))));
    }
}

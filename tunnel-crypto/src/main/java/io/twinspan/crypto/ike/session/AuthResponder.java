package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.IkePayload.Authentication;
import io.twinspan.crypto.ike.message.IkePayload.IdentificationInitiator;
import io.twinspan.crypto.ike.message.IkePayload.IdentificationResponder;
import io.twinspan.crypto.ike.message.IkePayload.Notify;
import io.twinspan.crypto.ike.message.MessageRules;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.PayloadType;
import io.twinspan.crypto.ike.message.RuleViolation;
import io.twinspan.crypto.ike.message.WireProposals.ChildOccasion;
import io.twinspan.crypto.ike.session.IkeReport.IkeSaEstablished;
import io.twinspan.crypto.ike.session.IkeReport.NegotiationFailed;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.IkeSa.HalfOpen;
import io.twinspan.crypto.ike.session.RequestWindow.Free;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** IKE_AUTH as responder (RFC 7296 section 1.2). */
final class AuthResponder {
    private static final int MESSAGE_ID = 1;

    private final Turn turn;
    private final Continuity continuity;

    AuthResponder(Turn turn) {
        this.turn = turn;
        this.continuity = new Continuity(turn);
    }

    /** A datagram that carries the SPIs of a half-open SA. */
    void receive(HalfOpen sa, IkeHeader header, byte[] datagram, Arrival from) {
        if (header.isResponse()) {
            turn.misbehaved(IkeMisbehaviour.UNEXPECTED_RESPONSE, header.label() + " to a half-open IKE SA");
            return;
        }
        if (header.messageId() != MESSAGE_ID || !header.isExchange(ExchangeType.IKE_AUTH)) {
            turn.misbehaved(IkeMisbehaviour.MESSAGE_ID_OUTSIDE_WINDOW, header.label() + " instead of IKE_AUTH");
            return;
        }
        switch (new Unsealer(turn).open(sa.core(), sa.fragments(), datagram)) {
            case Unsealer.Opened.Dropped() -> {}
            case Unsealer.Opened.Part(Reassembly fragments) -> turn.put(sa.with(fragments));
            case Unsealer.Opened.Whole whole -> read(sa, whole, from);
        }
    }

    private void read(HalfOpen sa, Unsealer.Opened.Whole whole, Arrival from) {
        turn.put(established(sa, from));
        switch (whole.content()) {
            case DecodeResult.Malformed(String reason, int _) -> {
                turn.misbehaved(IkeMisbehaviour.MALFORMED_PAYLOAD, reason);
                refuse(sa, whole, from, new Notify(NotifyType.INVALID_SYNTAX), "IKE_AUTH does not parse");
            }
            case DecodeResult.UnsupportedCritical(int type, IkeHeader _) -> {
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_CRITICAL_PAYLOAD, "payload " + type);
                Notify error = new Notify(NotifyType.UNSUPPORTED_CRITICAL_PAYLOAD, new byte[] {(byte) type});
                refuse(sa, whole, from, error, "unknown critical payload " + type);
            }
            case DecodeResult.UnsupportedVersion(int major, IkeHeader _) ->
                refuse(sa, whole, from, new Notify(NotifyType.INVALID_SYNTAX), "version " + major);
            case DecodeResult.Decoded(IkeMessage message) -> read(sa, whole, message, from);
        }
    }

    private void read(HalfOpen sa, Unsealer.Opened.Whole whole, IkeMessage message, Arrival from) {
        Optional<RuleViolation> broken = MessageRules.check(ExchangeType.IKE_AUTH, false, message.payloads());
        if (broken.isPresent()) {
            turn.misbehaved(IkeMisbehaviour.PAYLOAD_RULE_BROKEN, broken.get().label());
            // RFC 7296 section 2.16: no AUTH payload is a wish for EAP, which we do not have.
            boolean wantsEap = broken.get().type() == PayloadType.AUTHENTICATION;
            NotifyType error = wantsEap ? NotifyType.AUTHENTICATION_FAILED : NotifyType.INVALID_SYNTAX;
            refuse(
                    sa,
                    whole,
                    from,
                    new Notify(error),
                    "IKE_AUTH with " + broken.get().label());
            return;
        }
        IkeIdentity claimed =
                Identities.of(message.first(IdentificationInitiator.class).orElseThrow());
        Authentication auth = message.first(Authentication.class).orElseThrow();
        PeerAuthenticator authenticator = new PeerAuthenticator(turn.policy(), sa.core(), sa.messages());
        if (!authenticator.accepts(claimed, auth)) {
            boolean other = !claimed.equals(turn.policy().remoteIdentity());
            turn.misbehaved(
                    other ? IkeMisbehaviour.IDENTITY_MISMATCH : IkeMisbehaviour.AUTHENTICATION_FAILED,
                    "the peer calls itself " + claimed);
            // RFC 7296 section 2.21.2: one answer for all reasons, so that it tells nothing about which was the one.
            refuse(
                    sa,
                    whole,
                    from,
                    new Notify(NotifyType.AUTHENTICATION_FAILED),
                    new Explanation(turn.policy()).notAuthentic(claimed));
            return;
        }
        accept(sa, whole, message, authenticator, from);
    }

    private void accept(
            HalfOpen sa,
            Unsealer.Opened.Whole whole,
            IkeMessage message,
            PeerAuthenticator authenticator,
            Arrival from) {
        SaCore core = sa.core();
        turn.report(new IkeSaEstablished(
                core.localSpi(),
                core.remoteSpi(),
                core.suite(),
                false,
                sa.path().natDetected(),
                from.remote()));
        if (message.notify(NotifyType.INITIAL_CONTACT).isPresent()) {
            continuity.initialContact(core.localSpi());
        }
        IkeIdentity us = turn.policy().localIdentity();
        List<IkePayload> payloads = new ArrayList<>();
        payloads.add(new IdentificationResponder(us.type(), us.data()));
        payloads.add(authenticator.ours());
        payloads.addAll(child(core, message));
        new Messenger(turn).respond(core.localSpi(), whole.header(), whole.datagrams(), from, payloads);
        new ExchangeRecord(turn).theirs(whole.content(), ExchangeType.IKE_AUTH, payloads);
        continuity.settle(core.localSpi());
    }

    /** The child part of the answer; where it is refused, the IKE SA stands all the same (RFC 7296 section 1.2). */
    private List<IkePayload> child(SaCore core, IkeMessage message) {
        Optional<RuleViolation> incomplete = MessageRules.checkChildPart(message.payloads());
        if (incomplete.isPresent()) {
            turn.misbehaved(
                    IkeMisbehaviour.PAYLOAD_RULE_BROKEN, incomplete.get().label());
            return List.of(new Notify(NotifyType.INVALID_SYNTAX));
        }
        ChildNegotiation negotiation = new ChildNegotiation(turn, core, ChildOccasion.IKE_AUTH);
        return switch (negotiation.answer(
                message, core.nonces().get(0), core.nonces().get(1))) {
            case ChildNegotiation.Outcome.Refused(Notify error, boolean _, String detail) -> {
                turn.report(new NegotiationFailed("IKE_AUTH", detail));
                yield List.of(error);
            }
            case ChildNegotiation.Outcome.Agreed(ChildAgreement agreed, List<IkePayload> payloads) -> {
                SaPath path = turn.established(core.localSpi()).orElseThrow().path();
                ChildInstaller installer = new ChildInstaller(turn);
                installer.install(agreed, path, core.localSpi());
                if (turn.sendingChild().isEmpty()) {
                    installer.switchTo(agreed.inboundSpi(), false);
                }
                yield payloads;
            }
        };
    }

    private void refuse(HalfOpen sa, Unsealer.Opened.Whole whole, Arrival from, Notify error, String detail) {
        turn.report(new NegotiationFailed("IKE_AUTH", detail));
        new Messenger(turn).respond(sa.localSpi(), whole.header(), whole.datagrams(), from, List.of(error));
        new ExchangeRecord(turn).theirs(ExchangeType.IKE_AUTH, true);
        continuity.entomb(sa.localSpi());
    }

    private Established established(HalfOpen sa, Arrival from) {
        return new Established(
                sa.core(),
                sa.path().between(from.local(), from.remote()),
                new Free(0),
                ResponseCache.expecting(MESSAGE_ID),
                Reassembly.empty(sa.core().fragmentation()),
                List.of(),
                new Lifetimes(turn).ikeSa(),
                Established.Stage.ACTIVE);
    }
}

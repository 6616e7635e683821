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
import io.twinspan.crypto.ike.message.IkePayload.SecurityAssociation;
import io.twinspan.crypto.ike.message.MessageRules;
import io.twinspan.crypto.ike.message.NotifyType;
import io.twinspan.crypto.ike.message.RuleViolation;
import io.twinspan.crypto.ike.message.WireProposals.ChildOccasion;
import io.twinspan.crypto.ike.session.IkeReport.DownCause;
import io.twinspan.crypto.ike.session.IkeReport.IkeSaEstablished;
import io.twinspan.crypto.ike.session.IkeSa.AwaitingAuth;
import io.twinspan.crypto.ike.session.IkeSa.Established;
import io.twinspan.crypto.ike.session.RequestWindow.Free;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** IKE_AUTH as initiator, with the first child SA (RFC 7296 section 1.2). */
final class AuthExchange {
    private static final int MESSAGE_ID = 1;
    private static final byte[] NO_NONCE = {};

    private final Turn turn;
    private final Continuity continuity;

    AuthExchange(Turn turn) {
        this.turn = turn;
        this.continuity = new Continuity(turn);
    }

    void begin(SaCore core, SaPath path, InitMessages messages) {
        ChildOffer child = new ChildOffer(ChildOffer.NOTHING, turn.freshEspSpi(), NO_NONCE, new Pfs.None(), 1);
        ChildNegotiation negotiation = new ChildNegotiation(turn, core, ChildOccasion.IKE_AUTH);
        IkeIdentity us = turn.policy().localIdentity();
        IkeIdentity peer = turn.policy().remoteIdentity();
        List<IkePayload> payloads = new ArrayList<>();
        payloads.add(new IdentificationInitiator(us.type(), us.data()));
        // RFC 7296 section 2.4: only where this is the one IKE SA that we know of.
        if (turn.sas().stream().noneMatch(Established.class::isInstance)) {
            payloads.add(new Notify(NotifyType.INITIAL_CONTACT));
        }
        payloads.add(new IdentificationResponder(peer.type(), peer.data()));
        payloads.add(new PeerAuthenticator(turn.policy(), core, messages).ours());
        payloads.add(new SecurityAssociation(negotiation.offered(child.inboundSpi())));
        payloads.addAll(negotiation.selectorPayloads());
        List<byte[]> datagrams = core.seal(Messenger.requestHeader(core, ExchangeType.IKE_AUTH, MESSAGE_ID), payloads);
        Outstanding request =
                Outstanding.first(MESSAGE_ID, ExchangeType.IKE_AUTH, datagrams, turn.now(), turn.timers());
        turn.put(new AwaitingAuth(core, path, messages, request, child, Reassembly.empty(core.fragmentation())));
        new Messenger(turn).send(path.local(), path.remote(), datagrams);
    }

    /** A datagram that carries the SA's SPIs. */
    void receive(AwaitingAuth sa, IkeHeader header, byte[] datagram) {
        if (!header.isResponse() || header.messageId() != MESSAGE_ID || !header.isExchange(ExchangeType.IKE_AUTH)) {
            turn.misbehaved(IkeMisbehaviour.UNEXPECTED_RESPONSE, header.label() + " instead of an IKE_AUTH response");
            return;
        }
        switch (new Unsealer(turn).open(sa.core(), sa.fragments(), datagram)) {
            case Unsealer.Opened.Dropped() -> {}
            case Unsealer.Opened.Part(Reassembly fragments) -> turn.put(sa.with(fragments));
            case Unsealer.Opened.Whole(IkeHeader _, DecodeResult content, List<byte[]> _) -> {
                new ExchangeRecord(turn).answered(sa.request(), IkeReport.Purpose.CONNECT, content);
                read(sa, content);
            }
        }
    }

    private void read(AwaitingAuth sa, DecodeResult content) {
        switch (content) {
            case DecodeResult.Malformed(String reason, int _) -> {
                turn.misbehaved(IkeMisbehaviour.MALFORMED_PAYLOAD, reason);
                fail(sa, DownCause.NEGOTIATION_FAILED, "the IKE_AUTH response does not parse");
            }
            case DecodeResult.UnsupportedCritical(int type, IkeHeader _) -> {
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_CRITICAL_PAYLOAD, "payload " + type);
                fail(sa, DownCause.NEGOTIATION_FAILED, "the IKE_AUTH response has unknown critical payload " + type);
            }
            case DecodeResult.UnsupportedVersion(int major, IkeHeader _) ->
                turn.misbehaved(IkeMisbehaviour.UNSUPPORTED_VERSION, "version " + major);
            case DecodeResult.Decoded(IkeMessage message) -> read(sa, message);
        }
    }

    private void read(AwaitingAuth sa, IkeMessage message) {
        Optional<RuleViolation> broken = MessageRules.check(ExchangeType.IKE_AUTH, true, message.payloads());
        if (broken.isPresent()) {
            // No AUTH, or EAP in its place: nothing that the peer sends can take the place of its proof.
            turn.misbehaved(IkeMisbehaviour.PAYLOAD_RULE_BROKEN, broken.get().label());
            refuse(sa, "the IKE_AUTH response proves nothing: " + broken.get().label());
            return;
        }
        Optional<Authentication> auth = message.first(Authentication.class);
        if (auth.isEmpty()) {
            String detail = message.firstError()
                    .map(new Explanation(turn.policy())::authRefused)
                    .orElse("the peer answers IKE_AUTH with nothing");
            fail(sa, causeOf(message), detail);
            return;
        }
        IkeIdentity claimed =
                Identities.of(message.first(IdentificationResponder.class).orElseThrow());
        if (!new PeerAuthenticator(turn.policy(), sa.core(), sa.messages()).accepts(claimed, auth.get())) {
            boolean other = !claimed.equals(turn.policy().remoteIdentity());
            turn.misbehaved(
                    other ? IkeMisbehaviour.IDENTITY_MISMATCH : IkeMisbehaviour.AUTHENTICATION_FAILED,
                    "the peer calls itself " + claimed);
            refuse(
                    sa,
                    other
                            ? "the peer is " + claimed + ", not "
                                    + turn.policy().remoteIdentity()
                            : "the peer's AUTH payload does not prove our pre-shared key");
            return;
        }
        establish(sa, message);
    }

    private void establish(AwaitingAuth sa, IkeMessage message) {
        SaCore core = sa.core();
        turn.put(established(sa));
        turn.report(new IkeSaEstablished(
                core.localSpi(),
                core.remoteSpi(),
                core.suite(),
                true,
                sa.path().natDetected(),
                sa.path().remote()));
        if (message.notify(NotifyType.INITIAL_CONTACT).isPresent()) {
            continuity.initialContact(core.localSpi());
        }
        Optional<RuleViolation> incomplete = MessageRules.checkChildPart(message.payloads());
        if (message.firstError().isPresent() || incomplete.isPresent()) {
            String why = message.firstError()
                    .map(new Explanation(turn.policy())::authRefused)
                    .orElseGet(() -> incomplete.map(RuleViolation::label).orElse(""));
            refuseChild(core, causeOf(message), "the child SA is refused: " + why);
            return;
        }
        ChildNegotiation negotiation = new ChildNegotiation(turn, core, ChildOccasion.IKE_AUTH);
        switch (negotiation.accept(
                sa.child(), message, core.nonces().get(0), core.nonces().get(1))) {
            case ChildNegotiation.Outcome.Refused(Notify error, boolean _, String detail) ->
                refuseChild(core, causeOf(error), detail);
            case ChildNegotiation.Outcome.Agreed(ChildAgreement agreed, List<IkePayload> _) -> {
                ChildInstaller installer = new ChildInstaller(turn);
                installer.install(agreed, sa.path(), core.localSpi());
                continuity.settle(core.localSpi());
                if (turn.sendingChild().isEmpty()) {
                    installer.switchTo(agreed.inboundSpi(), true);
                }
            }
        }
    }

    private void refuseChild(SaCore core, DownCause cause, String detail) {
        continuity.delete(core.localSpi());
        continuity.tell(cause, detail);
    }

    /** RFC 7296 section 2.21.2: the peer believes in this IKE SA, so it is told before we forget it. */
    private void refuse(AwaitingAuth sa, String detail) {
        turn.put(established(sa));
        continuity.closeWith(sa.localSpi(), new Task.RefuseAuthentication());
        continuity.tell(DownCause.AUTHENTICATION_FAILED, detail);
    }

    private Established established(AwaitingAuth sa) {
        return new Established(
                sa.core(),
                sa.path(),
                new Free(MESSAGE_ID + 1L),
                ResponseCache.expecting(0),
                Reassembly.empty(sa.core().fragmentation()),
                List.of(),
                new Lifetimes(turn).ikeSa(),
                Established.Stage.ACTIVE);
    }

    private void fail(AwaitingAuth sa, DownCause cause, String detail) {
        continuity.attemptFailed(sa.localSpi(), cause, detail);
    }

    private static DownCause causeOf(IkeMessage message) {
        return message.firstError().map(AuthExchange::causeOf).orElse(DownCause.NEGOTIATION_FAILED);
    }

    static DownCause causeOf(Notify error) {
        return switch (error.known().orElse(NotifyType.INVALID_SYNTAX)) {
            case AUTHENTICATION_FAILED -> DownCause.AUTHENTICATION_FAILED;
            case NO_PROPOSAL_CHOSEN -> DownCause.NO_PROPOSAL_CHOSEN;
            case TS_UNACCEPTABLE, SINGLE_PAIR_REQUIRED, INVALID_SELECTORS -> DownCause.SELECTORS_UNACCEPTABLE;
            default -> DownCause.NEGOTIATION_FAILED;
        };
    }
}

package io.twinspan.crypto.ike.session;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.protect.FragmentAssembler;
import io.twinspan.crypto.ike.protect.FragmentAssembler.Assembly;
import io.twinspan.crypto.ike.protect.FragmentAssembler.Complete;
import io.twinspan.crypto.ike.protect.FragmentAssembler.Ignored;
import io.twinspan.crypto.ike.protect.FragmentAssembler.Waiting;
import io.twinspan.crypto.ike.protect.OpenResult;
import io.twinspan.crypto.ike.protect.OpenResult.Authentic;
import io.twinspan.crypto.ike.protect.OpenResult.AuthenticFragment;
import io.twinspan.crypto.ike.protect.OpenResult.IntegrityFailed;
import io.twinspan.crypto.ike.protect.OpenResult.NotProtected;
import io.twinspan.crypto.ike.protect.OpenResult.Refused;
import java.util.List;

/** Opens datagrams of an IKE SA that has keys. What is not authentic is named, counted and has no further effect. */
final class Unsealer {
    private final Turn turn;

    Unsealer(Turn turn) {
        this.turn = turn;
    }

    /** What came of a datagram. */
    sealed interface Opened {
        /**
         * A whole authentic message.
         *
         * @param content not necessarily well formed
         * @param datagrams that brought it
         */
        record Whole(IkeHeader header, DecodeResult content, List<byte[]> datagrams) implements Opened {}

        /** An authentic fragment; more are needed, or it was one too many. */
        record Part(Reassembly fragments) implements Opened {}

        /** Nothing to believe; reported already. */
        record Dropped() implements Opened {}
    }

    Opened open(SaCore core, Reassembly fragments, byte[] datagram) {
        OpenResult result = core.protection().open(datagram);
        return switch (result) {
            case Authentic(IkeHeader header, DecodeResult content) ->
                new Opened.Whole(header, content, List.of(datagram));
            case AuthenticFragment fragment -> assemble(fragments, fragment, datagram);
            case IntegrityFailed(IkeHeader header) ->
                dropped(IkeMisbehaviour.INTEGRITY_FAILED, header.label() + " is not authentic");
            case NotProtected(IkeMessage message) -> notProtected(message);
            case Refused(DecodeResult because) -> refused(because);
        };
    }

    private Opened assemble(Reassembly fragments, AuthenticFragment fragment, byte[] datagram) {
        Assembly assembly = fragments.assembler().accept(fragment);
        Reassembly next = fragments.with(assembly.next());
        if (!fragment.header().isResponse()) {
            next = next.withRequestPart(fragment, datagram);
        }
        FragmentAssembler.Outcome outcome = assembly.outcome();
        return switch (outcome) {
            case Complete(IkeHeader header, DecodeResult content) ->
                new Opened.Whole(
                        header, content, next.requestParts().isEmpty() ? List.of(datagram) : next.requestParts());
            case Waiting() -> new Opened.Part(next);
            case Ignored ignored -> ignored(ignored, fragment);
        };
    }

    private Opened ignored(Ignored ignored, AuthenticFragment fragment) {
        return switch (ignored) {
            // RFC 7383 section 2.6: repeated fragments are what retransmission brings.
            case DUPLICATE, SMALLER_TOTAL, OLD_MESSAGE -> new Opened.Dropped();
            case NOT_NEGOTIATED, INVALID_NUMBERS, TOO_LONG ->
                dropped(
                        IkeMisbehaviour.INVALID_FRAGMENT,
                        fragment.header().label() + " fragment " + fragment.number() + " of " + fragment.total() + ": "
                                + ignored);
        };
    }

    private Opened notProtected(IkeMessage message) {
        // RFC 7296 section 2.21: errors outside the protection of the IKE SA can be forged by anybody.
        return message.firstError()
                .map(error -> dropped(
                        IkeMisbehaviour.UNPROTECTED_ERROR_IGNORED,
                        error.label() + " in an unprotected " + message.header().label()))
                .orElseGet(() -> dropped(
                        IkeMisbehaviour.WRONGLY_PROTECTED, message.header().label() + " without protection"));
    }

    private Opened refused(DecodeResult because) {
        return switch (because) {
            case DecodeResult.Malformed(String reason, int _) -> dropped(IkeMisbehaviour.MALFORMED_PAYLOAD, reason);
            case DecodeResult.UnsupportedCritical(int type, IkeHeader header) ->
                dropped(
                        IkeMisbehaviour.UNSUPPORTED_CRITICAL_PAYLOAD,
                        header.label() + " with critical payload " + type + " in the clear");
            case DecodeResult.UnsupportedVersion(int major, IkeHeader _) ->
                dropped(IkeMisbehaviour.UNSUPPORTED_VERSION, "version " + major);
            case DecodeResult.Decoded(IkeMessage message) ->
                dropped(IkeMisbehaviour.MALFORMED_PAYLOAD, message.header().label());
        };
    }

    private Opened dropped(IkeMisbehaviour misbehaviour, String detail) {
        turn.misbehaved(misbehaviour, detail);
        return new Opened.Dropped();
    }
}

package io.twinspan.crypto.ike.protect;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkeMessageDecoder;
import io.twinspan.crypto.ike.message.IkeMessageEncoder;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.ike.protect.OpenResult.Authentic;
import io.twinspan.crypto.ike.protect.OpenResult.AuthenticFragment;
import io.twinspan.crypto.ike.protect.OpenResult.IntegrityFailed;
import io.twinspan.crypto.ike.protect.OpenResult.NotProtected;
import io.twinspan.crypto.ike.protect.OpenResult.Refused;
import io.twinspan.crypto.kdf.IkeKeyMaterial;
import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.IkeSuite;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Seals and opens the messages of one IKE SA (RFC 7296 section 3.14, RFC 5282, RFC 7383 section 2.5).
 *
 * <p>Everything from the first octet of the IKE header to the ICV is authenticated. Keeps cipher and IV state: one thread,
 * and one object for the life of the keys.
 */
public final class SkPayload {
    /**
     * The longest message that needs no fragmenting: with UDP header, non-ESP marker and an IPv6 header it makes 1,280
     * octets, which every IPv6 path carries (RFC 7383 section 2.5.1).
     */
    public static final int UNFRAGMENTED_MESSAGE_BYTES = 1_280 - 40 - 8 - 4;

    /** Fragments of one message that we send or take. */
    public static final int MAX_FRAGMENTS = 128;

    private static final int GENERIC_HEADER_BYTES = 4;
    private static final int FRAGMENT_FIELDS_BYTES = 4;
    private static final int PAD_LENGTH_BYTES = 1;
    private static final DecodeResult BAD_PADDING = new DecodeResult.Malformed("padding longer than the text", 0);

    private final PacketCipher sealing;
    private final PacketCipher opening;
    private final MessageIvs ivs;

    private SkPayload(PacketCipher sealing, PacketCipher opening, MessageIvs ivs) {
        this.sealing = sealing;
        this.opening = opening;
        this.ivs = ivs;
    }

    /** For the side that began the exchange which made this IKE SA. */
    public static SkPayload forInitiator(IkeSuite suite, IkeKeyMaterial keys, EntropySource entropy) {
        return of(suite, keys, true, freshIvs(suite, entropy));
    }

    /** For the side that answered the exchange which made this IKE SA. */
    public static SkPayload forResponder(IkeSuite suite, IkeKeyMaterial keys, EntropySource entropy) {
        return of(suite, keys, false, freshIvs(suite, entropy));
    }

    /**
     * For keys with which messages have been sealed before, perhaps by another process.
     *
     * @param initiator this side began the exchange which made this IKE SA
     * @param nextIv {@link #nextIv} after the last message that may have been sent
     */
    public static SkPayload resumed(
            IkeSuite suite, IkeKeyMaterial keys, boolean initiator, long nextIv, EntropySource entropy) {
        return of(
                suite,
                keys,
                initiator,
                new MessageIvs(entropy, suite.encryption().isAead(), nextIv));
    }

    private static MessageIvs freshIvs(IkeSuite suite, EntropySource entropy) {
        return new MessageIvs(entropy, suite.encryption().isAead());
    }

    private static SkPayload of(IkeSuite suite, IkeKeyMaterial keys, boolean initiator, MessageIvs ivs) {
        PacketCipherEngine engine = PacketCipherEngine.jdk();
        PacketCipher ofInitiator = engine.cipher(suite.encryption(), suite.integrity(), keys.skEi(), keys.skAi());
        PacketCipher ofResponder = engine.cipher(suite.encryption(), suite.integrity(), keys.skEr(), keys.skAr());
        return initiator ? new SkPayload(ofInitiator, ofResponder, ivs) : new SkPayload(ofResponder, ofInitiator, ivs);
    }

    /** The IV of the next message where an AEAD cipher counts them; 0 for CBC, whose IVs are drawn. */
    public long nextIv() {
        return ivs.counter();
    }

    /**
     * One message with all payloads inside SK.
     *
     * @throws IllegalArgumentException where the payloads do not fit one message
     */
    public byte[] seal(IkeHeader header, List<IkePayload> payloads) {
        byte[] inner = IkeMessageEncoder.encodeInner(payloads);
        Octets room = roomFor(inner.length);
        return seal(header, new IkePayload.Encrypted(IkeMessageEncoder.firstType(payloads), room), room, inner);
    }

    /**
     * The same as one message if it is short enough, and otherwise as fragments, to be sent in this order. Only for a
     * peer that sent IKEV2_FRAGMENTATION_SUPPORTED.
     *
     * @param maxMessageBytes the longest message that needs no fragments, from the IKE header to the ICV; usually
     *     {@link #UNFRAGMENTED_MESSAGE_BYTES}
     * @throws IllegalArgumentException where it would take more than {@link #MAX_FRAGMENTS}
     */
    public List<byte[]> sealFragmented(IkeHeader header, List<IkePayload> payloads, int maxMessageBytes) {
        byte[] inner = IkeMessageEncoder.encodeInner(payloads);
        int whole = IkeHeader.BYTES + GENERIC_HEADER_BYTES + bodyBytes(inner.length);
        if (whole <= maxMessageBytes) {
            return List.of(seal(header, payloads));
        }
        int chunk = largestChunk(maxMessageBytes);
        int total = chunk < 1 ? Integer.MAX_VALUE : Math.ceilDiv(inner.length, chunk);
        if (total > MAX_FRAGMENTS) {
            throw new IllegalArgumentException(
                    inner.length + " octets in messages of " + maxMessageBytes + " are too many fragments");
        }
        List<byte[]> messages = new ArrayList<>(total);
        for (int number = 1; number <= total; number++) {
            int from = (number - 1) * chunk;
            byte[] part = Arrays.copyOfRange(inner, from, Math.min(inner.length, from + chunk));
            // RFC 7383 section 2.5: only the first fragment names the first payload inside.
            int firstType = number == 1 ? IkeMessageEncoder.firstType(payloads) : 0;
            Octets room = roomFor(part.length);
            messages.add(seal(header, new IkePayload.EncryptedFragment(firstType, number, total, room), room, part));
        }
        return List.copyOf(messages);
    }

    /** Reads a datagram: outer form, then the ICV, then, for a whole message, the payloads inside. Never throws. */
    public OpenResult open(byte[] datagram) {
        return switch (IkeMessageDecoder.decode(datagram)) {
            case DecodeResult.Decoded(IkeMessage message) -> open(datagram, message);
            case DecodeResult.Malformed malformed -> new Refused(malformed);
            case DecodeResult.UnsupportedVersion version -> new Refused(version);
            case DecodeResult.UnsupportedCritical critical -> new Refused(critical);
        };
    }

    /** Erases both keys; after that nothing is sealed or opened. */
    public void destroy() {
        sealing.destroy();
        opening.destroy();
    }

    private OpenResult open(byte[] datagram, IkeMessage message) {
        IkeHeader header = message.header();
        if (message.payloads().isEmpty()) {
            return new NotProtected(message);
        }
        // RFC 7296 section 3.14: SK is the last payload. What stands before it is authenticated but not asked for.
        return switch (message.payloads().getLast()) {
            case IkePayload.Encrypted(int firstInnerType, Octets body) ->
                switch (decrypt(datagram, body.length())) {
                    case Plaintext.Forged() -> new IntegrityFailed(header);
                    case Plaintext.BadPadding() -> new Authentic(header, BAD_PADDING);
                    case Plaintext.Good(byte[] octets) ->
                        new Authentic(header, IkeMessageDecoder.decodeInner(header, firstInnerType, octets));
                };
            case IkePayload.EncryptedFragment(int firstInnerType, int number, int total, Octets body) ->
                switch (decrypt(datagram, body.length())) {
                    case Plaintext.Forged() -> new IntegrityFailed(header);
                    case Plaintext.BadPadding() -> new Authentic(header, BAD_PADDING);
                    case Plaintext.Good(byte[] octets) ->
                        new AuthenticFragment(header, firstInnerType, number, total, Octets.copyOf(octets));
                };
            case IkePayload _ -> new NotProtected(message);
        };
    }

    /** Decrypts a copy; the datagram stays as it is. */
    private Plaintext decrypt(byte[] datagram, int bodyBytes) {
        byte[] message = datagram.clone();
        int headerBytes = message.length - bodyBytes;
        int textBytes = bodyBytes - opening.ivBytes() - opening.icvBytes();
        if (textBytes < PAD_LENGTH_BYTES || !opening.open(message, 0, headerBytes, textBytes)) {
            return new Plaintext.Forged();
        }
        int textOffset = headerBytes + opening.ivBytes();
        int padLength = message[textOffset + textBytes - 1] & 0xff;
        int innerBytes = textBytes - PAD_LENGTH_BYTES - padLength;
        // RFC 7296 section 3.14: padding may hold anything, but it cannot be longer than the text.
        return innerBytes < 0
                ? new Plaintext.BadPadding()
                : new Plaintext.Good(Arrays.copyOfRange(message, textOffset, textOffset + innerBytes));
    }

    /** Encodes the message with room for the body at its end, then fills that room. */
    private byte[] seal(IkeHeader header, IkePayload payload, Octets room, byte[] inner) {
        byte[] message = IkeMessageEncoder.encode(new IkeMessage(header, List.of(payload)));
        int headerBytes = message.length - room.length();
        int textBytes = room.length() - sealing.ivBytes() - sealing.icvBytes();
        int textOffset = headerBytes + sealing.ivBytes();
        ivs.write(message, headerBytes, sealing.ivBytes());
        System.arraycopy(inner, 0, message, textOffset, inner.length);
        message[textOffset + textBytes - 1] = (byte) (textBytes - PAD_LENGTH_BYTES - inner.length);
        if (!sealing.seal(message, 0, headerBytes, textBytes)) {
            throw new IllegalStateException("the cipher refused to seal a message");
        }
        return message;
    }

    private Octets roomFor(int innerBytes) {
        return Octets.copyOf(new byte[bodyBytes(innerBytes)]);
    }

    /** IV, payloads, padding to the cipher's block, pad length, ICV. */
    private int bodyBytes(int innerBytes) {
        int block = sealing.blockBytes();
        int text = Math.ceilDiv(innerBytes + PAD_LENGTH_BYTES, block) * block;
        return sealing.ivBytes() + text + sealing.icvBytes();
    }

    private int largestChunk(int maxMessageBytes) {
        int overhead =
                IkeHeader.BYTES + GENERIC_HEADER_BYTES + FRAGMENT_FIELDS_BYTES + sealing.ivBytes() + sealing.icvBytes();
        int block = sealing.blockBytes();
        return Math.floorDiv(maxMessageBytes - overhead, block) * block - PAD_LENGTH_BYTES;
    }

    private sealed interface Plaintext {
        record Forged() implements Plaintext {}

        record BadPadding() implements Plaintext {}

        record Good(
                @SuppressWarnings("ArrayRecordComponent") byte[] octets) implements Plaintext {}
    }
}

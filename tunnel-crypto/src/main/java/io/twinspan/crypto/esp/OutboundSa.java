package io.twinspan.crypto.esp;

import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import io.twinspan.crypto.suite.EncryptionAlgorithm;
import io.twinspan.crypto.suite.SequenceNumbers;

/**
 * The sending half of a child SA: key, counter and selectors. Owned by the outbound data loop.
 *
 * <p>The counter never wraps and no value of it is used twice: where it ends, sealing ends. {@link #isNearlyExhausted}
 * turns true long before, early enough to rekey even at full rate.
 */
public final class OutboundSa {
    /** Without ESN: soft limit, about an hour before the end at AWS's 140,000 packets a second. */
    static final long SOFT_LIMIT_32 = (1L << 32) - (1L << 29);

    /** Without ESN: the last number, which is sent; the one after it would be 0 again. */
    static final long LAST_32 = (1L << 32) - 1;

    /** With ESN: soft limit; no real SA comes near it. */
    static final long SOFT_LIMIT_64 = 1L << 62;

    /** With ESN: half of the 64-bit space, so that the counter stays a positive number. */
    static final long LAST_64 = Long.MAX_VALUE;

    private final int spi;
    private final boolean extended;
    private final int alignmentBytes;
    private final PacketCipher cipher;
    private final boolean counterIv;
    private final UnpredictableIvs ivs;
    private final SelectorSet localSelectors;
    private final SelectorSet remoteSelectors;
    private final boolean narrowSelectors;
    private long lastSequence;

    /** A fresh SA, whose first packet will have sequence number 1. */
    public OutboundSa(EspSaParameters parameters, PacketCipherEngine engine, EntropySource entropy) {
        this(parameters, engine, entropy, 0);
    }

    OutboundSa(EspSaParameters parameters, PacketCipherEngine engine, EntropySource entropy, long lastSequence) {
        EncryptionAlgorithm encryption = parameters.suite().encryption();
        this.spi = parameters.spi();
        this.extended = parameters.suite().sequenceNumbers() == SequenceNumbers.EXTENDED_64;
        this.alignmentBytes = encryption.alignmentBytes();
        this.cipher = EspCiphers.of(parameters, engine);
        this.counterIv = encryption.isAead();
        this.ivs = new UnpredictableIvs(entropy, encryption.ivBytes());
        this.localSelectors = new SelectorSet(parameters.localSelectors());
        this.remoteSelectors = new SelectorSet(parameters.remoteSelectors());
        this.narrowSelectors = localSelectors.isNarrow() || remoteSelectors.isNarrow();
        this.lastSequence = lastSequence;
    }

    /** The peer's SPI, which goes on the wire. */
    public int spi() {
        return spi;
    }

    /** The sequence number used last, 0 before the first packet. */
    public long lastSequence() {
        return lastSequence;
    }

    /** True from the soft limit on: a rekey is due. */
    public boolean isNearlyExhausted() {
        return lastSequence >= (extended ? SOFT_LIMIT_64 : SOFT_LIMIT_32);
    }

    /** True where no sequence number is left and nothing more can be sent. */
    public boolean isExhausted() {
        return lastSequence >= (extended ? LAST_64 : LAST_32);
    }

    /** Octets of ESP header and IV in front of an inner packet. */
    public int headroomBytes() {
        return EspLayout.HEADER_BYTES + cipher.ivBytes();
    }

    /** Octets of padding, trailer and ICV behind an inner packet of this length. */
    public int tailroomBytes(int innerLength) {
        return padLength(innerLength) + EspLayout.TRAILER_BYTES + cipher.icvBytes();
    }

    /** RFC 4303 section 2.4: payload, padding and trailer end on the cipher's block, and on 4 octets at least. */
    int padLength(int innerLength) {
        return Math.floorMod(-(innerLength + EspLayout.TRAILER_BYTES), alignmentBytes);
    }

    /** RFC 4301 section 5.1: our side is the inner source. */
    boolean selects(InnerHeader inner, byte[] packet, int offset) {
        if (narrowSelectors) {
            inner.readUpperLayer(packet, offset);
        }
        return inner.sourceIn(localSelectors) && inner.destinationIn(remoteSelectors);
    }

    /** Takes the next number, writes header and IV at {@code offset}, and seals {@code textLength} octets behind them. */
    boolean seal(byte[] packet, int offset, int textLength) {
        // Taken before the cipher runs: a number is spent even where sealing fails, so no IV can come twice.
        lastSequence++;
        EspLayout.putInt(packet, offset, spi);
        EspLayout.putInt(packet, offset + 4, (int) lastSequence);
        if (counterIv) {
            // RFC 4106 section 3.1, RFC 7634 section 2: unique per key; the sequence number is.
            EspLayout.putLong(packet, offset + EspLayout.HEADER_BYTES, lastSequence);
        } else {
            ivs.next(packet, offset + EspLayout.HEADER_BYTES);
        }
        return extended
                ? cipher.sealExtended(packet, offset, textLength, (int) (lastSequence >>> 32))
                : cipher.seal(packet, offset, EspLayout.HEADER_BYTES, textLength);
    }

    /** Erases the key; nothing is sealed on this SA any more. */
    public void destroy() {
        cipher.destroy();
    }

    @Override
    public String toString() {
        return "OutboundSa[spi=" + Integer.toHexString(spi) + ", lastSequence=" + lastSequence + "]";
    }
}

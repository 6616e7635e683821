package io.twinspan.crypto.ipsecmb;

import io.twinspan.crypto.primitive.PacketCipher;
import io.twinspan.crypto.primitive.PacketRange;
import io.twinspan.crypto.secret.SecretBytes;
import java.lang.ref.Reference;
import java.util.Arrays;

/**
 * AES-GCM-16 (RFC 4106) by one native call a packet, without garbage, also for a forged packet.
 *
 * <p>The same IV twice in a row is refused, as the JDK's cipher does, and that is all the guarding done here: an IV that
 * comes back later is sealed. What keeps nonces apart is the counter of the outbound SA and its end before the counter
 * wraps.
 */
final class IpsecMbGcmCipher implements PacketCipher {
    private static final int IV_BYTES = 8;

    private final GcmFunctions functions;
    private final GcmState state;
    private boolean destroyed;
    private boolean hasSealed;
    private long lastIv;

    IpsecMbGcmCipher(GcmFunctions functions, SecretBytes keyAndSalt) {
        this.functions = functions;
        byte[] octets = keyAndSalt.expose();
        state = new GcmState(functions, octets);
        Arrays.fill(octets, (byte) 0);
    }

    @Override
    public int ivBytes() {
        return IV_BYTES;
    }

    @Override
    public int icvBytes() {
        return GcmState.TAG_BYTES;
    }

    @Override
    public int blockBytes() {
        return 1;
    }

    @Override
    public boolean seal(byte[] packet, int offset, int headerLength, int textLength) {
        if (!isPossible(packet, offset, headerLength, textLength)) {
            return false;
        }
        state.putHeader(packet, offset, headerLength);
        return encrypt(packet, offset + headerLength, textLength, headerLength);
    }

    @Override
    public boolean sealExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
        if (!isPossible(packet, offset, ESP_HEADER_BYTES, textLength)) {
            return false;
        }
        state.putExtendedHeader(packet, offset, sequenceHigh);
        return encrypt(packet, offset + ESP_HEADER_BYTES, textLength, GcmState.EXTENDED_HEADER_BYTES);
    }

    @Override
    public boolean open(byte[] packet, int offset, int headerLength, int textLength) {
        if (!isPossible(packet, offset, headerLength, textLength)) {
            return false;
        }
        state.putHeader(packet, offset, headerLength);
        return decrypt(packet, offset + headerLength, textLength, headerLength);
    }

    @Override
    public boolean openExtended(byte[] packet, int offset, int textLength, int sequenceHigh) {
        if (!isPossible(packet, offset, ESP_HEADER_BYTES, textLength)) {
            return false;
        }
        state.putExtendedHeader(packet, offset, sequenceHigh);
        return decrypt(packet, offset + ESP_HEADER_BYTES, textLength, GcmState.EXTENDED_HEADER_BYTES);
    }

    @Override
    public void destroy() {
        destroyed = true;
        state.erase();
    }

    private boolean isPossible(byte[] packet, int offset, int headerLength, int textLength) {
        return !destroyed
                && PacketRange.fits(packet.length, offset, headerLength, textLength, IV_BYTES + GcmState.TAG_BYTES);
    }

    private boolean encrypt(byte[] packet, int ivOffset, int textLength, int headerLength) {
        long iv = GcmState.iv(packet, ivOffset);
        if (hasSealed && iv == lastIv) {
            return false;
        }
        hasSealed = true;
        lastIv = iv;
        int textOffset = ivOffset + IV_BYTES;
        try {
            state.putIv(iv);
            state.putText(packet, textOffset, textLength);
            functions.encrypt(state, textLength, headerLength);
            state.copyTextTo(packet, textOffset, textLength);
            state.copyTagTo(packet, textOffset + textLength);
            return true;
        } finally {
            Reference.reachabilityFence(state);
        }
    }

    private boolean decrypt(byte[] packet, int ivOffset, int textLength, int headerLength) {
        int textOffset = ivOffset + IV_BYTES;
        try {
            state.putIv(GcmState.iv(packet, ivOffset));
            state.putText(packet, textOffset, textLength);
            functions.decrypt(state, textLength, headerLength);
            if (!state.tagEquals(packet, textOffset + textLength)) {
                return false;
            }
            state.copyTextTo(packet, textOffset, textLength);
            return true;
        } finally {
            Reference.reachabilityFence(state);
        }
    }
}

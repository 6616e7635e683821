package io.twinspan.crypto.ike.sim;

import static io.twinspan.crypto.ike.sim.ScriptedCrypto.concat;
import static io.twinspan.crypto.ike.sim.ScriptedCrypto.prf;

import io.twinspan.crypto.ike.sim.StrictWalk.Payload;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;

/**
 * A second, small IKEv2 implementation for one IKE SA: AES-GCM-16-256, HMAC-SHA2-256, Curve25519, pre-shared key. It
 * shares no code with the machine under test, holds real keys, and sends whatever payloads a test gives it.
 */
public final class ScriptedPeer {
    private static final int IKE_KEY_BYTES = 36;
    private static final int ICV_BYTES = 16;
    private static final int IV_BYTES = 8;
    private static final int ID_IPV4_ADDR = 1;

    private final boolean initiator;
    private final SplittableRandom random;
    private final byte[] identity;
    private final byte[] scalar;
    private byte[] nonce;
    private long ourSpi;
    private long peerSpi;
    private byte[] peerNonce = new byte[0];
    private byte[] ourInit = new byte[0];
    private byte[] peerInit = new byte[0];
    private byte[] cookie = new byte[0];
    private byte[] skD = new byte[0];
    private byte[] sealKey = new byte[0];
    private byte[] openKey = new byte[0];
    private byte[] ourSkP = new byte[0];
    private byte[] peerSkP = new byte[0];
    private int nextRequest;
    private long iv = 1;
    private int childSpi;

    /**
     * A peer without an SA.
     *
     * @param initiator true where it starts the IKE SA
     * @param identity the four octets of its ID_IPV4_ADDR
     */
    public ScriptedPeer(boolean initiator, long seed, byte[] identity) {
        this.initiator = initiator;
        this.identity = identity.clone();
        random = new SplittableRandom(seed);
        scalar = bytes(32);
        nonce = bytes(32);
        ourSpi = random.nextLong() | 1;
        childSpi = random.nextInt() | 0x1000;
    }

    /** Random octets of this peer. */
    public byte[] bytes(int count) {
        byte[] result = new byte[count];
        random.nextBytes(result);
        return result;
    }

    /** Our nonce; takes effect in the next IKE_SA_INIT. */
    public void nonce(byte[] value) {
        nonce = value.clone();
    }

    /** The inbound SPI that the next offer of ours names. */
    public int childSpi() {
        return childSpi;
    }

    /** Another inbound SPI for the next offer. */
    public int newChildSpi() {
        childSpi = random.nextInt() | 0x1000;
        return childSpi;
    }

    /** Our IKE SPI. */
    public long ourSpi() {
        return ourSpi;
    }

    /** The machine's IKE SPI. */
    public long peerSpi() {
        return peerSpi;
    }

    /** Our Curve25519 value. */
    public byte[] publicValue() {
        return ScriptedCrypto.publicValue(scalar);
    }

    /** SA, KE and nonce as they belong into our IKE_SA_INIT. */
    public List<Payload> initPayloads() {
        return new ArrayList<>(List.of(
                WirePayloads.sa(
                        WirePayloads.PROTOCOL_IKE,
                        new byte[0],
                        WirePayloads.ikeTransforms(WirePayloads.GROUP_CURVE25519)),
                WirePayloads.ke(WirePayloads.GROUP_CURVE25519, publicValue()),
                WirePayloads.nonce(nonce)));
    }

    /** Our first request. */
    public byte[] initRequest() {
        return initRequest(initPayloads());
    }

    /** A first request of any payloads, a cookie in front where one was given. */
    public byte[] initRequest(List<Payload> payloads) {
        List<Payload> all = new ArrayList<>(payloads);
        if (cookie.length > 0) {
            all.addFirst(WirePayloads.notify(0, new byte[0], WirePayloads.N_COOKIE, cookie));
        }
        ourInit = plain(WireHeader.IKE_SA_INIT, WireHeader.FLAG_INITIATOR, 0, ourSpi, 0, all);
        return ourInit.clone();
    }

    /** Sends this cookie from now on. */
    public void cookie(byte[] value) {
        cookie = value.clone();
    }

    /** Takes the machine's answer to our first request and derives keys. */
    public List<Payload> acceptInit(byte[] response) {
        List<Payload> payloads = StrictWalk.message(response);
        peerInit = response.clone();
        peerSpi = WireHeader.read(response).responderSpi();
        derive(payloads);
        nextRequest = 1;
        return payloads;
    }

    /** Takes the machine's first request, derives keys, and answers. */
    public byte[] answerInit(byte[] request) {
        return answerInit(request, initPayloads());
    }

    /** As {@link #answerInit(byte[])} with any payloads. */
    public byte[] answerInit(byte[] request, List<Payload> answer) {
        List<Payload> payloads = StrictWalk.message(request);
        peerInit = request.clone();
        peerSpi = WireHeader.read(request).initiatorSpi();
        ourInit = plain(WireHeader.IKE_SA_INIT, WireHeader.FLAG_RESPONSE, 0, peerSpi, ourSpi, answer);
        derive(payloads);
        nextRequest = 0;
        return ourInit.clone();
    }

    /** An answer to a first request from which no keys could come. */
    public byte[] answerInitUnderived(byte[] request, List<Payload> answer) {
        long spi = WireHeader.read(request).initiatorSpi();
        return plain(WireHeader.IKE_SA_INIT, WireHeader.FLAG_RESPONSE, 0, spi, ourSpi, answer);
    }

    /** An unprotected answer to a first request that makes no SA: a cookie, another group, a refusal. */
    public byte[] refuseInit(byte[] request, Payload notify) {
        long spi = WireHeader.read(request).initiatorSpi();
        return plain(WireHeader.IKE_SA_INIT, WireHeader.FLAG_RESPONSE, 0, spi, 0, List.of(notify));
    }

    private void derive(List<Payload> theirs) {
        peerNonce = WirePayloads.need(theirs, StrictWalk.NONCE).body();
        byte[] ke = WirePayloads.need(theirs, StrictWalk.KE).body();
        byte[] shared = ScriptedCrypto.agree(scalar, Arrays.copyOfRange(ke, 4, ke.length));
        byte[] ni = initiator ? nonce : peerNonce;
        byte[] nr = initiator ? peerNonce : nonce;
        deriveFrom(prf(concat(ni, nr), shared), ni, nr);
    }

    private void deriveFrom(byte[] skeyseed, byte[] ni, byte[] nr) {
        byte[] spis = initiator
                ? concat(WirePayloads.octets(ourSpi), WirePayloads.octets(peerSpi))
                : concat(WirePayloads.octets(peerSpi), WirePayloads.octets(ourSpi));
        byte[] keys = ScriptedCrypto.prfPlus(
                skeyseed, concat(ni, nr, spis), 3 * ScriptedCrypto.PRF_BYTES + 2 * IKE_KEY_BYTES);
        ByteBuffer in = ByteBuffer.wrap(keys);
        skD = cut(in, ScriptedCrypto.PRF_BYTES);
        byte[] ei = cut(in, IKE_KEY_BYTES);
        byte[] er = cut(in, IKE_KEY_BYTES);
        byte[] pi = cut(in, ScriptedCrypto.PRF_BYTES);
        byte[] pr = cut(in, ScriptedCrypto.PRF_BYTES);
        sealKey = initiator ? ei : er;
        openKey = initiator ? er : ei;
        ourSkP = initiator ? pi : pr;
        peerSkP = initiator ? pr : pi;
    }

    private static byte[] cut(ByteBuffer in, int bytes) {
        byte[] result = new byte[bytes];
        in.get(result);
        return result;
    }

    /** Our ID payload. */
    public Payload ourIdentity() {
        return WirePayloads.identity(initiator ? StrictWalk.ID_I : StrictWalk.ID_R, ID_IPV4_ADDR, identity);
    }

    /** Our AUTH payload over the given ID payload, with the right secret. */
    public Payload ourAuth(Payload id) {
        return WirePayloads.auth(
                WirePayloads.AUTH_METHOD_PSK, authValue(PolicyBuilder.PSK, ourInit, peerNonce, ourSkP, id));
    }

    /** RFC 7296 section 2.15. */
    private static byte[] authValue(String psk, byte[] init, byte[] otherNonce, byte[] skP, Payload id) {
        byte[] padded =
                prf(psk.getBytes(StandardCharsets.US_ASCII), "Key Pad for IKEv2".getBytes(StandardCharsets.US_ASCII));
        return prf(padded, init, otherNonce, prf(skP, id.body()));
    }

    /** True where the machine's AUTH proves the secret. */
    public boolean proves(List<Payload> payloads) {
        Payload id = WirePayloads.need(payloads, initiator ? StrictWalk.ID_R : StrictWalk.ID_I);
        byte[] auth = WirePayloads.need(payloads, StrictWalk.AUTH).body();
        byte[] expected = authValue(PolicyBuilder.PSK, peerInit, nonce, peerSkP, id);
        return Arrays.equals(expected, Arrays.copyOfRange(auth, 4, auth.length));
    }

    /** ID, AUTH, SA, TSi and TSr as they belong into our IKE_AUTH. */
    public List<Payload> authPayloads() {
        Payload id = ourIdentity();
        return new ArrayList<>(List.of(
                id,
                ourAuth(id),
                childOffer(WirePayloads.espTransforms()),
                WirePayloads.everything(StrictWalk.TS_I),
                WirePayloads.everything(StrictWalk.TS_R)));
    }

    /** An SA payload with our inbound SPI. */
    public Payload childOffer(List<WirePayloads.Transform> transforms) {
        return WirePayloads.sa(WirePayloads.PROTOCOL_ESP, WirePayloads.octets(childSpi), transforms);
    }

    /** A rekey request for a child SA of ours, with PFS. */
    public List<Payload> rekeyPayloads(int ourOldSpi) {
        newChildSpi();
        return new ArrayList<>(List.of(
                WirePayloads.notify(
                        WirePayloads.PROTOCOL_ESP,
                        WirePayloads.octets(ourOldSpi),
                        WirePayloads.N_REKEY_SA,
                        new byte[0]),
                childOffer(WirePayloads.espTransformsWithPfs()),
                WirePayloads.nonce(bytes(32)),
                WirePayloads.ke(WirePayloads.GROUP_CURVE25519, publicValue()),
                WirePayloads.everything(StrictWalk.TS_I),
                WirePayloads.everything(StrictWalk.TS_R)));
    }

    /** The answer to a rekey request of the machine's, with PFS. */
    public List<Payload> rekeyAnswer() {
        List<Payload> payloads = rekeyPayloads(0);
        payloads.removeFirst();
        return payloads;
    }

    /** A protected request with our next message id. */
    public byte[] request(int exchange, Payload... payloads) {
        return request(exchange, List.of(payloads));
    }

    /** A protected request with our next message id. */
    public byte[] request(int exchange, List<Payload> payloads) {
        return seal(exchange, nextRequest++, false, payloads);
    }

    /** The message id that our next request will carry. */
    public int nextRequest() {
        return nextRequest;
    }

    /** A protected answer to a request of the machine's. */
    public byte[] answer(byte[] request, Payload... payloads) {
        return answer(request, List.of(payloads));
    }

    /** A protected answer to a request of the machine's. */
    public byte[] answer(byte[] request, List<Payload> payloads) {
        WireHeader header = WireHeader.read(request);
        return seal(header.exchange(), header.messageId(), true, payloads);
    }

    /** A protected message. */
    public byte[] seal(int exchange, int messageId, boolean response, List<Payload> payloads) {
        byte[] chain = chain(payloads);
        int first = payloads.isEmpty() ? 0 : payloads.getFirst().type();
        return sealChain(exchange, messageId, response, first, chain);
    }

    /** A protected message around any octets. */
    public byte[] sealChain(int exchange, int messageId, boolean response, int firstType, byte[] chain) {
        return protect(exchange, messageId, response, StrictWalk.SK, firstType, new byte[0], chain);
    }

    /** One fragment of a request (RFC 7383 section 2.5) around any octets. */
    public byte[] sealFragment(int exchange, int messageId, int number, int total, byte[] part) {
        byte[] fields = ByteBuffer.allocate(4)
                .putShort((short) number)
                .putShort((short) total)
                .array();
        int firstType = number == 1 ? StrictWalk.VENDOR : 0;
        return protect(exchange, messageId, false, StrictWalk.SKF, firstType, fields, part);
    }

    private byte[] protect(
            int exchange, int messageId, boolean response, int type, int firstType, byte[] fields, byte[] chain) {
        int skLength = 4 + fields.length + IV_BYTES + chain.length + 1 + ICV_BYTES;
        ByteBuffer out = ByteBuffer.allocate(WireHeader.BYTES + skLength);
        int flags = (initiator ? WireHeader.FLAG_INITIATOR : 0) | (response ? WireHeader.FLAG_RESPONSE : 0);
        putHeader(out, initiator ? ourSpi : peerSpi, initiator ? peerSpi : ourSpi, type, exchange, flags);
        out.putInt(messageId).putInt(out.capacity());
        out.put((byte) firstType).put((byte) 0).putShort((short) skLength).put(fields);
        byte[] associated = Arrays.copyOf(out.array(), out.position());
        byte[] ivOctets = WirePayloads.octets(iv++);
        out.put(ivOctets);
        try {
            out.put(ScriptedCrypto.gcm(true, sealKey, ivOctets, associated, concat(chain, new byte[1])));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
        return out.array();
    }

    /** Opens a protected message of the machine's and walks what is inside; fails where it does not verify. */
    public List<Payload> open(byte[] message) {
        Payload sk = StrictWalk.message(message).getFirst();
        int bodyAt = message.length - sk.body().length;
        byte[] associated = Arrays.copyOf(message, bodyAt);
        byte[] body = sk.body();
        try {
            byte[] inside = ScriptedCrypto.gcm(
                    false,
                    openKey,
                    Arrays.copyOf(body, IV_BYTES),
                    associated,
                    Arrays.copyOfRange(body, IV_BYTES, body.length));
            int end = inside.length - 1 - (inside[inside.length - 1] & 0xff);
            return StrictWalk.chain(message[bodyAt - 4] & 0xff, inside, 0, end);
        } catch (GeneralSecurityException e) {
            throw new SimViolation("does not open: " + e);
        }
    }

    /** An unprotected message. */
    public static byte[] plain(
            int exchange, int flags, int messageId, long initiatorSpi, long responderSpi, List<Payload> payloads) {
        byte[] chain = chain(payloads);
        ByteBuffer out = ByteBuffer.allocate(WireHeader.BYTES + chain.length);
        int first = payloads.isEmpty() ? 0 : payloads.getFirst().type();
        putHeader(out, initiatorSpi, responderSpi, first, exchange, flags);
        return out.putInt(messageId).putInt(out.capacity()).put(chain).array();
    }

    private static void putHeader(
            ByteBuffer out, long initiatorSpi, long responderSpi, int firstType, int exchange, int flags) {
        out.putLong(initiatorSpi).putLong(responderSpi);
        out.put((byte) firstType).put((byte) 0x20).put((byte) exchange).put((byte) flags);
    }

    /** A payload chain. */
    public static byte[] chain(List<Payload> payloads) {
        byte[] result = new byte[0];
        for (int i = 0; i < payloads.size(); i++) {
            Payload payload = payloads.get(i);
            int next = i + 1 < payloads.size() ? payloads.get(i + 1).type() : 0;
            ByteBuffer header = ByteBuffer.allocate(4);
            header.put((byte) next).put((byte) (payload.critical() ? 0x80 : 0));
            header.putShort((short) (payload.body().length + 4));
            result = concat(result, header.array(), payload.body());
        }
        return result;
    }

    /** SK_d, for tests that derive a rekeyed SA. */
    public byte[] skD() {
        return skD.clone();
    }
}

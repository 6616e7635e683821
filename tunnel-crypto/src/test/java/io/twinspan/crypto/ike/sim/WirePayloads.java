package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.ike.sim.StrictWalk.Payload;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Payload bodies written by hand from RFC 7296 section 3, right and wrong ones alike. */
public final class WirePayloads {
    public static final int PROTOCOL_IKE = 1;
    public static final int PROTOCOL_ESP = 3;
    public static final int N_UNSUPPORTED_CRITICAL_PAYLOAD = 1;
    public static final int N_INVALID_IKE_SPI = 4;
    public static final int N_INVALID_MAJOR_VERSION = 5;
    public static final int N_INVALID_SYNTAX = 7;
    public static final int N_INVALID_SPI = 11;
    public static final int N_NO_PROPOSAL_CHOSEN = 14;
    public static final int N_INVALID_KE_PAYLOAD = 17;
    public static final int N_AUTHENTICATION_FAILED = 24;
    public static final int N_TS_UNACCEPTABLE = 38;
    public static final int N_TEMPORARY_FAILURE = 43;
    public static final int N_CHILD_SA_NOT_FOUND = 44;
    public static final int N_INITIAL_CONTACT = 16_384;
    public static final int N_NAT_DETECTION_SOURCE_IP = 16_388;
    public static final int N_NAT_DETECTION_DESTINATION_IP = 16_389;
    public static final int N_COOKIE = 16_390;
    public static final int N_REKEY_SA = 16_393;
    public static final int AUTH_METHOD_PSK = 2;
    public static final int GROUP_CURVE25519 = 31;
    private static final int ENCR = 1;
    private static final int PRF = 2;
    private static final int GROUP = 4;
    private static final int ESN = 5;
    private static final int KEY_LENGTH_256 = 0x800e0100;

    private WirePayloads() {}

    /** A transform; {@code attribute} is a type-value attribute in its wire form, or 0 for none. */
    public record Transform(int type, int id, int attribute) {}

    /** AES-GCM-16-256, HMAC-SHA2-256 and a group. */
    public static List<Transform> ikeTransforms(int group) {
        return List.of(
                new Transform(ENCR, 20, KEY_LENGTH_256), new Transform(PRF, 5, 0), new Transform(GROUP, group, 0));
    }

    /** AES-GCM-16-256 with extended sequence numbers, without PFS. */
    public static List<Transform> espTransforms() {
        return List.of(new Transform(ENCR, 20, KEY_LENGTH_256), new Transform(ESN, 1, 0));
    }

    /** AES-GCM-16-256 with extended sequence numbers and PFS by Curve25519. */
    public static List<Transform> espTransformsWithPfs() {
        List<Transform> transforms = new ArrayList<>(espTransforms());
        transforms.add(1, new Transform(GROUP, GROUP_CURVE25519, 0));
        return transforms;
    }

    /** An SA payload with one proposal. */
    public static Payload sa(int protocol, byte[] spi, List<Transform> transforms) {
        int length = 8 + spi.length;
        for (Transform transform : transforms) {
            length += transform.attribute() == 0 ? 8 : 12;
        }
        ByteBuffer out = ByteBuffer.allocate(length);
        out.put((byte) 0).put((byte) 0).putShort((short) length);
        out.put((byte) 1).put((byte) protocol).put((byte) spi.length).put((byte) transforms.size());
        out.put(spi);
        for (int i = 0; i < transforms.size(); i++) {
            Transform transform = transforms.get(i);
            boolean last = i == transforms.size() - 1;
            out.put((byte) (last ? 0 : 3)).put((byte) 0);
            out.putShort((short) (transform.attribute() == 0 ? 8 : 12));
            out.put((byte) transform.type()).put((byte) 0).putShort((short) transform.id());
            if (transform.attribute() != 0) {
                out.putInt(transform.attribute());
            }
        }
        return Payload.of(StrictWalk.SA, out.array());
    }

    /** The SPI inside the first proposal of an SA payload. */
    public static byte[] spiOfSa(Payload sa) {
        byte[] spi = new byte[sa.body()[6] & 0xff];
        System.arraycopy(sa.body(), 8, spi, 0, spi.length);
        return spi;
    }

    /** KE. */
    public static Payload ke(int group, byte[] data) {
        return Payload.of(
                StrictWalk.KE,
                ByteBuffer.allocate(4 + data.length)
                        .putShort((short) group)
                        .putShort((short) 0)
                        .put(data)
                        .array());
    }

    /** Nonce. */
    public static Payload nonce(byte[] nonce) {
        return Payload.of(StrictWalk.NONCE, nonce);
    }

    /** IDi or IDr. */
    public static Payload identity(int payloadType, int idType, byte[] data) {
        return Payload.of(
                payloadType,
                ByteBuffer.allocate(4 + data.length)
                        .putInt(idType << 24)
                        .put(data)
                        .array());
    }

    /** AUTH. */
    public static Payload auth(int method, byte[] data) {
        return Payload.of(
                StrictWalk.AUTH,
                ByteBuffer.allocate(4 + data.length)
                        .putInt(method << 24)
                        .put(data)
                        .array());
    }

    /** One IPv4 range with all ports and protocols, or none at all. */
    public static Payload selectors(int payloadType, int[]... ranges) {
        ByteBuffer out = ByteBuffer.allocate(4 + 16 * ranges.length).putInt(ranges.length << 24);
        for (int[] range : ranges) {
            out.put((byte) 7)
                    .put((byte) 0)
                    .putShort((short) 16)
                    .putShort((short) 0)
                    .putShort((short) 0xffff);
            out.putInt(range[0]).putInt(range[1]);
        }
        return Payload.of(payloadType, out.array());
    }

    /** The whole IPv4 address space. */
    public static Payload everything(int payloadType) {
        return selectors(payloadType, new int[] {0, -1});
    }

    /** Notify. */
    public static Payload notify(int protocol, byte[] spi, int type, byte[] data) {
        return Payload.of(
                StrictWalk.NOTIFY,
                ByteBuffer.allocate(4 + spi.length + data.length)
                        .put((byte) protocol)
                        .put((byte) spi.length)
                        .putShort((short) type)
                        .put(spi)
                        .put(data)
                        .array());
    }

    /** Notify without SPI or data. */
    public static Payload notify(int type) {
        return notify(0, new byte[0], type, new byte[0]);
    }

    /** Notify type of a payload, or -1 where it is none. */
    public static int notifyType(Payload payload) {
        return payload.type() == StrictWalk.NOTIFY
                ? ByteBuffer.wrap(payload.body()).getShort(2) & 0xffff
                : -1;
    }

    /** The data of a notify, after its SPI. */
    public static byte[] notifyData(Payload payload) {
        int spi = payload.body()[1] & 0xff;
        byte[] data = new byte[payload.body().length - 4 - spi];
        System.arraycopy(payload.body(), 4 + spi, data, 0, data.length);
        return data;
    }

    /** True where some payload is this notify. */
    public static boolean hasNotify(List<Payload> payloads, int type) {
        return payloads.stream().anyMatch(payload -> notifyType(payload) == type);
    }

    /** Delete of ESP SAs. */
    public static Payload deleteEsp(int... spis) {
        ByteBuffer out = ByteBuffer.allocate(4 + 4 * spis.length);
        out.put((byte) PROTOCOL_ESP).put((byte) 4).putShort((short) spis.length);
        for (int spi : spis) {
            out.putInt(spi);
        }
        return Payload.of(StrictWalk.DELETE, out.array());
    }

    /** Delete of the IKE SA that carries it. */
    public static Payload deleteIke() {
        return Payload.of(StrictWalk.DELETE, new byte[] {PROTOCOL_IKE, 0, 0, 0});
    }

    /** The first payload of a type. */
    public static Optional<Payload> find(List<Payload> payloads, int type) {
        return payloads.stream().filter(payload -> payload.type() == type).findFirst();
    }

    /** The first payload of a type; fails where there is none. */
    public static Payload need(List<Payload> payloads, int type) {
        return find(payloads, type).orElseThrow(() -> new SimViolation("no payload of type " + type));
    }

    /** Four octets, most significant first. */
    public static byte[] octets(int value) {
        return ByteBuffer.allocate(4).putInt(value).array();
    }

    /** Eight octets, most significant first. */
    public static byte[] octets(long value) {
        return ByteBuffer.allocate(8).putLong(value).array();
    }

    /** Four octets as a number. */
    public static int number(byte[] octets) {
        return ByteBuffer.wrap(octets).getInt();
    }
}

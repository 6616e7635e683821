package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.net.TrafficSelector;
import java.util.List;
import java.util.Optional;

/** One payload of an IKE message (RFC 7296 sections 3.3 to 3.16). */
public sealed interface IkePayload {
    /** The payload type number, 0..255. */
    int type();

    /** What is offered, or chosen (section 3.3). */
    record SecurityAssociation(List<Proposal> proposals) implements IkePayload {
        public SecurityAssociation {
            proposals = List.copyOf(proposals);
        }

        @Override
        public int type() {
            return PayloadType.SECURITY_ASSOCIATION.number();
        }
    }

    /**
     * A public value (section 3.4).
     *
     * @param method the key exchange method's number, 0..65535, known or not
     */
    record KeyExchange(int method, Octets data) implements IkePayload {
        public KeyExchange(int method, byte[] data) {
            this(method, Octets.copyOf(data));
        }

        @Override
        public int type() {
            return PayloadType.KEY_EXCHANGE.number();
        }
    }

    /**
     * IDi (section 3.5).
     *
     * @param idType 0..255, known or not
     * @param data the identity's octets, opaque here
     */
    record IdentificationInitiator(int idType, Octets data) implements IkePayload {
        public IdentificationInitiator(int idType, byte[] data) {
            this(idType, Octets.copyOf(data));
        }

        @Override
        public int type() {
            return PayloadType.IDENTIFICATION_INITIATOR.number();
        }
    }

    /** IDr (section 3.5). */
    record IdentificationResponder(int idType, Octets data) implements IkePayload {
        public IdentificationResponder(int idType, byte[] data) {
            this(idType, Octets.copyOf(data));
        }

        @Override
        public int type() {
            return PayloadType.IDENTIFICATION_RESPONDER.number();
        }
    }

    /** A certificate, opaque (section 3.6). */
    record Certificate(Octets body) implements IkePayload {
        @Override
        public int type() {
            return PayloadType.CERTIFICATE.number();
        }
    }

    /** A wish for certificates, opaque (section 3.7). */
    record CertificateRequest(Octets body) implements IkePayload {
        @Override
        public int type() {
            return PayloadType.CERTIFICATE_REQUEST.number();
        }
    }

    /**
     * Proof of identity (section 3.8).
     *
     * @param method 0..255, known or not
     */
    record Authentication(int method, Octets data) implements IkePayload {
        /** Shared key message integrity code. */
        public static final int SHARED_KEY_MIC = 2;

        public Authentication(int method, byte[] data) {
            this(method, Octets.copyOf(data));
        }

        @Override
        public int type() {
            return PayloadType.AUTHENTICATION.number();
        }
    }

    /** Ni or Nr (section 3.9); the length of 16 to 256 octets is the session's to check. */
    record Nonce(Octets data) implements IkePayload {
        public Nonce(byte[] data) {
            this(Octets.copyOf(data));
        }

        @Override
        public int type() {
            return PayloadType.NONCE.number();
        }
    }

    /**
     * A notification (section 3.10).
     *
     * @param protocolId see {@link SecurityProtocol}; 0 where no SA is meant
     * @param spi empty, 4 or 8 octets
     * @param notifyType 0..65535, known or not
     */
    record Notify(int protocolId, Octets spi, int notifyType, Octets data) implements IkePayload {
        /** A notify that concerns no SA in particular. */
        public Notify(NotifyType type, byte[] data) {
            this(SecurityProtocol.NONE, Octets.EMPTY, type.number(), Octets.copyOf(data));
        }

        /** A notify without data that concerns no SA in particular. */
        public Notify(NotifyType type) {
            this(type, new byte[0]);
        }

        /** A notify about an ESP SA. */
        public static Notify aboutEsp(NotifyType type, int spi) {
            return new Notify(SecurityProtocol.ESP, Octets.ofInt(spi), type.number(), Octets.EMPTY);
        }

        /** True where it is this type. */
        public boolean is(NotifyType wanted) {
            return notifyType == wanted.number();
        }

        /** True for types below 16384, which tell of an error (section 3.10.1). */
        public boolean isError() {
            return notifyType < NotifyType.FIRST_STATUS;
        }

        /** The type, if it is known here. */
        public Optional<NotifyType> known() {
            return NotifyType.of(notifyType);
        }

        /** For people: the type's name, or {@code notify 12345}. */
        public String label() {
            return NotifyType.label(notifyType);
        }

        @Override
        public int type() {
            return PayloadType.NOTIFY.number();
        }
    }

    /**
     * SAs that are no more (section 3.11).
     *
     * @param protocolId IKE, AH or ESP
     * @param spis the sender's inbound SPIs; empty for IKE
     */
    record Delete(int protocolId, List<Integer> spis) implements IkePayload {
        public Delete {
            spis = List.copyOf(spis);
        }

        /** The IKE SA that carries the message. */
        public static Delete ofIkeSa() {
            return new Delete(SecurityProtocol.IKE, List.of());
        }

        /** One ESP SA. */
        public static Delete ofEsp(int spi) {
            return new Delete(SecurityProtocol.ESP, List.of(spi));
        }

        @Override
        public int type() {
            return PayloadType.DELETE.number();
        }
    }

    /** A vendor's mark (section 3.12). */
    record VendorId(Octets data) implements IkePayload {
        @Override
        public int type() {
            return PayloadType.VENDOR_ID.number();
        }
    }

    /** TSi (section 3.13). */
    record TrafficSelectorsInitiator(List<WireSelector> selectors) implements IkePayload {
        public TrafficSelectorsInitiator {
            selectors = List.copyOf(selectors);
        }

        /** Of address ranges. */
        public static TrafficSelectorsInitiator of(List<TrafficSelector> ranges) {
            return new TrafficSelectorsInitiator(wire(ranges));
        }

        /** The address ranges among the selectors. */
        public List<TrafficSelector> ranges() {
            return rangesOf(selectors);
        }

        @Override
        public int type() {
            return PayloadType.TRAFFIC_SELECTORS_INITIATOR.number();
        }
    }

    /** TSr (section 3.13). */
    record TrafficSelectorsResponder(List<WireSelector> selectors) implements IkePayload {
        public TrafficSelectorsResponder {
            selectors = List.copyOf(selectors);
        }

        /** Of address ranges. */
        public static TrafficSelectorsResponder of(List<TrafficSelector> ranges) {
            return new TrafficSelectorsResponder(wire(ranges));
        }

        /** The address ranges among the selectors. */
        public List<TrafficSelector> ranges() {
            return rangesOf(selectors);
        }

        @Override
        public int type() {
            return PayloadType.TRAFFIC_SELECTORS_RESPONDER.number();
        }
    }

    /**
     * SK: all further payloads, encrypted (section 3.14).
     *
     * @param firstInnerType type of the first payload inside, 0 for none
     * @param body IV, ciphertext and ICV
     */
    record Encrypted(int firstInnerType, Octets body) implements IkePayload {
        @Override
        public int type() {
            return PayloadType.ENCRYPTED.number();
        }
    }

    /**
     * SKF: a part of the further payloads, encrypted (RFC 7383 section 2.5).
     *
     * @param firstInnerType type of the first payload inside in fragment 1, 0 in the others
     * @param fragmentNumber 1..totalFragments
     * @param totalFragments 1..65535
     * @param body IV, ciphertext and ICV
     */
    record EncryptedFragment(int firstInnerType, int fragmentNumber, int totalFragments, Octets body)
            implements IkePayload {
        @Override
        public int type() {
            return PayloadType.ENCRYPTED_FRAGMENT.number();
        }
    }

    /** Configuration, opaque (section 3.15). */
    record Configuration(Octets body) implements IkePayload {
        @Override
        public int type() {
            return PayloadType.CONFIGURATION.number();
        }
    }

    /** EAP, opaque (section 3.16). */
    record ExtensibleAuthentication(Octets body) implements IkePayload {
        @Override
        public int type() {
            return PayloadType.EXTENSIBLE_AUTHENTICATION.number();
        }
    }

    /** A payload nobody here knows, without the critical bit: to be skipped (section 2.5). */
    record Unknown(int type, Octets body) implements IkePayload {
        public Unknown {
            if (type < 1 || type > 0xff || PayloadType.of(type).isPresent()) {
                throw new IllegalArgumentException("payload type " + type + " is not unknown");
            }
        }
    }

    private static List<WireSelector> wire(List<TrafficSelector> ranges) {
        return ranges.stream().<WireSelector>map(WireSelector.Range::new).toList();
    }

    private static List<TrafficSelector> rangesOf(List<WireSelector> selectors) {
        return selectors.stream()
                .<TrafficSelector>mapMulti((selector, sink) -> {
                    if (selector instanceof WireSelector.Range(TrafficSelector range)) {
                        sink.accept(range);
                    }
                })
                .toList();
    }
}

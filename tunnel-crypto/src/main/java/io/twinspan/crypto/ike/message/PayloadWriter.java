package io.twinspan.crypto.ike.message;

import io.twinspan.crypto.net.TrafficSelector;
import java.util.List;

/** Writes the bodies of single payloads (RFC 7296 sections 3.3 to 3.16). */
final class PayloadWriter {
    private static final int MORE_PROPOSALS = 2;
    private static final int MORE_TRANSFORMS = 3;
    private static final int ATTRIBUTE_FORMAT = 0x8000;

    private PayloadWriter() {}

    static void write(OctetWriter out, IkePayload payload) {
        switch (payload) {
            case IkePayload.SecurityAssociation(List<Proposal> proposals) -> writeProposals(out, proposals);
            case IkePayload.KeyExchange(int method, Octets data) ->
                out.u16(method).u16(0).octets(data);
            case IkePayload.IdentificationInitiator(int idType, Octets data) -> writeTyped(out, idType, data);
            case IkePayload.IdentificationResponder(int idType, Octets data) -> writeTyped(out, idType, data);
            case IkePayload.Certificate(Octets body) -> out.octets(body);
            case IkePayload.CertificateRequest(Octets body) -> out.octets(body);
            case IkePayload.Authentication(int method, Octets data) -> writeTyped(out, method, data);
            case IkePayload.Nonce(Octets data) -> out.octets(data);
            case IkePayload.Notify(int protocol, Octets spi, int type, Octets data) ->
                out.u8(protocol).u8(spi.length()).u16(type).octets(spi).octets(data);
            case IkePayload.Delete delete -> writeDelete(out, delete);
            case IkePayload.VendorId(Octets data) -> out.octets(data);
            case IkePayload.TrafficSelectorsInitiator(List<WireSelector> selectors) -> writeSelectors(out, selectors);
            case IkePayload.TrafficSelectorsResponder(List<WireSelector> selectors) -> writeSelectors(out, selectors);
            case IkePayload.Encrypted(int _, Octets body) -> out.octets(body);
            case IkePayload.EncryptedFragment(int _, int number, int total, Octets body) ->
                out.u16(number).u16(total).octets(body);
            case IkePayload.Configuration(Octets body) -> out.octets(body);
            case IkePayload.ExtensibleAuthentication(Octets body) -> out.octets(body);
            case IkePayload.Unknown(int _, Octets body) -> out.octets(body);
        }
    }

    private static void writeTyped(OctetWriter out, int type, Octets data) {
        out.u8(type).u8(0).u16(0).octets(data);
    }

    private static void writeDelete(OctetWriter out, IkePayload.Delete delete) {
        boolean ike = delete.protocolId() == SecurityProtocol.IKE;
        out.u8(delete.protocolId())
                .u8(ike ? 0 : Integer.BYTES)
                .u16(delete.spis().size());
        for (int spi : delete.spis()) {
            out.i32(spi);
        }
    }

    private static void writeProposals(OctetWriter out, List<Proposal> proposals) {
        for (int i = 0; i < proposals.size(); i++) {
            Proposal proposal = proposals.get(i);
            int start = out.size();
            out.u8(i == proposals.size() - 1 ? 0 : MORE_PROPOSALS).u8(0).u16(0);
            out.u8(proposal.number()).u8(proposal.protocolId());
            out.u8(proposal.spi().length()).u8(proposal.transforms().size());
            out.octets(proposal.spi());
            writeTransforms(out, proposal.transforms());
            out.lengthSince(start, start + 2);
        }
    }

    private static void writeTransforms(OctetWriter out, List<Transform> transforms) {
        for (int i = 0; i < transforms.size(); i++) {
            Transform transform = transforms.get(i);
            int start = out.size();
            out.u8(i == transforms.size() - 1 ? 0 : MORE_TRANSFORMS).u8(0).u16(0);
            out.u8(transform.type()).u8(0).u16(transform.id());
            for (TransformAttribute attribute : transform.attributes()) {
                writeAttribute(out, attribute);
            }
            out.lengthSince(start, start + 2);
        }
    }

    private static void writeAttribute(OctetWriter out, TransformAttribute attribute) {
        if (attribute.fixed()) {
            out.u16(attribute.type() | ATTRIBUTE_FORMAT);
        } else {
            out.u16(attribute.type()).u16(attribute.value().length());
        }
        out.octets(attribute.value());
    }

    private static void writeSelectors(OctetWriter out, List<WireSelector> selectors) {
        out.u8(selectors.size()).u8(0).u16(0);
        for (WireSelector selector : selectors) {
            int start = out.size();
            switch (selector) {
                case WireSelector.Range(TrafficSelector range) -> writeRange(out, range);
                case WireSelector.Opaque(int type, int protocol, Octets body) ->
                    out.u8(type).u8(protocol).u16(0).octets(body);
            }
            out.lengthSince(start, start + 2);
        }
    }

    private static void writeRange(OctetWriter out, TrafficSelector range) {
        byte[] first = range.first().getAddress();
        out.u8(first.length == 4 ? TrafficSelectorReader.TS_IPV4_ADDR_RANGE : TrafficSelectorReader.TS_IPV6_ADDR_RANGE);
        out.u8(range.protocol()).u16(0);
        out.u16(range.startPort()).u16(range.endPort());
        out.octets(first).octets(range.last().getAddress());
    }
}

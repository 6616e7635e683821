package io.twinspan.crypto.ike.message;

import java.util.ArrayList;
import java.util.List;

/** Reads an SA payload: proposals, transforms, attributes (RFC 7296 sections 3.3 to 3.3.5). */
final class ProposalReader {
    /** Proposals in one SA payload. */
    static final int MAX_PROPOSALS = 128;

    /** Attributes of one transform; there is one that means something. */
    static final int MAX_ATTRIBUTES = 8;

    private static final int LAST = 0;
    private static final int MORE_PROPOSALS = 2;
    private static final int MORE_TRANSFORMS = 3;
    private static final int SUBSTRUCTURE_HEADER_BYTES = 4;
    private static final int ATTRIBUTE_FORMAT = 0x8000;

    private ProposalReader() {}

    static IkePayload.SecurityAssociation read(OctetReader body, boolean response) throws MalformedException {
        List<Proposal> proposals = new ArrayList<>();
        boolean last = false;
        while (!last) {
            if (proposals.size() == MAX_PROPOSALS) {
                throw body.malformed("more than " + MAX_PROPOSALS + " proposals");
            }
            last = isLast(body.u8("last substructure"), MORE_PROPOSALS, body);
            body.u8("reserved");
            int length = body.u16("proposal length");
            OctetReader inside = body.slice(length - SUBSTRUCTURE_HEADER_BYTES, "proposal");
            Proposal proposal = readProposal(inside);
            // RFC 7296 section 3.3.1: an offer counts 1, 2, 3; an answer repeats the number of what it accepts.
            if (!response && proposal.number() != proposals.size() + 1) {
                throw inside.malformed("proposal number " + proposal.number() + " in place " + (proposals.size() + 1));
            }
            proposals.add(proposal);
        }
        body.requireEnd("the last proposal");
        return new IkePayload.SecurityAssociation(proposals);
    }

    private static Proposal readProposal(OctetReader in) throws MalformedException {
        int number = in.u8("proposal number");
        int protocol = in.u8("protocol id");
        int spiSize = in.u8("SPI size");
        int count = in.u8("number of transforms");
        Octets spi = in.octets(spiSize, "proposal SPI");
        List<Transform> transforms = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            boolean last = isLast(in.u8("last substructure"), MORE_TRANSFORMS, in);
            if (last != (i == count - 1)) {
                throw in.malformed("transform " + (i + 1) + " of " + count + " disagrees about being the last");
            }
            in.u8("reserved");
            int length = in.u16("transform length");
            transforms.add(readTransform(in.slice(length - SUBSTRUCTURE_HEADER_BYTES, "transform")));
        }
        in.requireEnd("the last transform");
        return new Proposal(number, protocol, spi, transforms);
    }

    private static Transform readTransform(OctetReader in) throws MalformedException {
        int type = in.u8("transform type");
        in.u8("reserved");
        int id = in.u16("transform id");
        List<TransformAttribute> attributes = new ArrayList<>();
        while (!in.atEnd()) {
            if (attributes.size() == MAX_ATTRIBUTES) {
                throw in.malformed("more than " + MAX_ATTRIBUTES + " attributes");
            }
            attributes.add(readAttribute(in));
        }
        return new Transform(type, id, attributes);
    }

    private static TransformAttribute readAttribute(OctetReader in) throws MalformedException {
        int formatAndType = in.u16("attribute type");
        boolean fixed = (formatAndType & ATTRIBUTE_FORMAT) != 0;
        int type = formatAndType & ~ATTRIBUTE_FORMAT;
        // RFC 7296 section 3.3.5: the key length always comes in the short form.
        if (type == TransformAttribute.KEY_LENGTH && !fixed) {
            throw in.malformed("key length attribute in the long form");
        }
        int length = fixed ? 2 : in.u16("attribute length");
        return new TransformAttribute(type, fixed, in.octets(length, "attribute value"));
    }

    private static boolean isLast(int value, int more, OctetReader in) throws MalformedException {
        if (value != LAST && value != more) {
            throw in.malformed("last substructure field is " + value);
        }
        return value == LAST;
    }
}

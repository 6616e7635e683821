package io.twinspan.crypto.ike.session;

import java.util.List;

/** What an outstanding request is about, and what is needed to use its response. */
sealed interface PendingExchange {
    /** For people and reports. */
    String label();

    /** For those who count. */
    default IkeReport.Purpose purpose() {
        return switch (this) {
            case Notice() -> IkeReport.Purpose.LIVENESS;
            case ChildCreation(ChildOffer offer, var _) ->
                offer.replaces() == ChildOffer.NOTHING ? IkeReport.Purpose.OTHER : IkeReport.Purpose.REKEY_CHILD;
            case IkeReplacement _ -> IkeReport.Purpose.REKEY_IKE;
            case ChildDelete _, IkeDelete _ -> IkeReport.Purpose.OTHER;
        };
    }

    /** An INFORMATIONAL that only wants an answer: a liveness check, or a notify. */
    record Notice() implements PendingExchange {
        @Override
        public String label() {
            return "INFORMATIONAL";
        }
    }

    /** DELETE of child SAs, by our inbound SPIs. */
    record ChildDelete(List<Integer> inboundSpis) implements PendingExchange {
        public ChildDelete {
            inboundSpis = List.copyOf(inboundSpis);
        }

        @Override
        public String label() {
            return "DELETE child SA";
        }
    }

    /** DELETE of the IKE SA itself. */
    record IkeDelete() implements PendingExchange {
        @Override
        public String label() {
            return "DELETE IKE SA";
        }
    }

    /** CREATE_CHILD_SA for a child SA, new or instead of another. */
    record ChildCreation(ChildOffer offer, RekeyCollision collision) implements PendingExchange {
        @Override
        public String label() {
            return offer.replaces() == ChildOffer.NOTHING ? "CREATE_CHILD_SA" : "CREATE_CHILD_SA rekey child";
        }
    }

    /** CREATE_CHILD_SA for a new IKE SA instead of this one. */
    record IkeReplacement(IkeOffer offer, RekeyCollision collision) implements PendingExchange {
        @Override
        public String label() {
            return "CREATE_CHILD_SA rekey IKE";
        }
    }
}

package io.twinspan.crypto.ike.sim;

import io.twinspan.crypto.ike.session.IkePeerSummary;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Whether two gateways see the same tunnel: one IKE SA, one child pair, both halves in use, nothing left over. */
final class Agreement {
    private Agreement() {}

    /** Empty where both have no SPI left but that of their one IKE SA. */
    static Optional<String> leftovers(SimGateway left, SimGateway right) {
        return left.localSpis().size() == 1 && right.localSpis().size() == 1
                ? Optional.empty()
                : Optional.of("left has " + left.localSpis().size() + " SPIs, right "
                        + right.localSpis().size());
    }

    /** Empty where they agree, otherwise the first reason why not. */
    static Optional<String> disagreement(SimGateway left, SimGateway right) {
        return alone("left", left)
                .or(() -> alone("right", right))
                .or(() -> ikeSas(left.summary(), right.summary()))
                .or(() -> childSas(left, right));
    }

    private static Optional<String> alone(String name, SimGateway gateway) {
        IkePeerSummary summary = gateway.summary();
        if (summary.phase() != IkePeerSummary.Phase.ESTABLISHED) {
            return Optional.of(name + " is " + summary.phase());
        }
        if (summary.ikeSas().size() != 1) {
            return Optional.of(name + " has " + summary.ikeSas().size() + " IKE SAs");
        }
        if (summary.childSas().size() != 1
                || gateway.inbound().size() != 1
                || gateway.outbound().size() != 1) {
            return Optional.of(name + " has " + summary.childSas().size() + " child SAs, "
                    + gateway.inbound().size() + " inbound and "
                    + gateway.outbound().size() + " outbound halves");
        }
        IkePeerSummary.ChildSaSummary child = summary.childSas().getFirst();
        boolean used = child.sending()
                && gateway.sendingOn().equals(OptionalInt.of(child.inboundSpi()))
                && gateway.inbound().keySet().equals(Set.of(child.inboundSpi()))
                && gateway.outbound().keySet().equals(Set.of(child.inboundSpi()));
        return used ? Optional.empty() : Optional.of(name + " does not use its child SA");
    }

    private static Optional<String> ikeSas(IkePeerSummary left, IkePeerSummary right) {
        IkePeerSummary.IkeSaSummary ours = left.ikeSas().getFirst();
        IkePeerSummary.IkeSaSummary theirs = right.ikeSas().getFirst();
        boolean same = ours.localSpi() == theirs.remoteSpi()
                && ours.remoteSpi() == theirs.localSpi()
                && ours.initiator() != theirs.initiator()
                && ours.suite().equals(theirs.suite());
        return same ? Optional.empty() : Optional.of("the two IKE SAs are not one");
    }

    private static Optional<String> childSas(SimGateway left, SimGateway right) {
        return half("left to right", left, right).or(() -> half("right to left", right, left));
    }

    private static Optional<String> half(String name, SimGateway from, SimGateway to) {
        ModelSa sealing = from.outbound().values().iterator().next();
        ModelSa opening = to.inbound().values().iterator().next();
        boolean same = sealing.parameters().spi() == opening.parameters().spi()
                && sealing.keyFingerprint().equals(opening.keyFingerprint())
                && sealing.parameters().suite().equals(opening.parameters().suite())
                && sealing.parameters()
                        .localSelectors()
                        .equals(opening.parameters().remoteSelectors())
                && sealing.parameters()
                        .remoteSelectors()
                        .equals(opening.parameters().localSelectors())
                && sealing.path().udpEncapsulated() == opening.path().udpEncapsulated();
        return same ? Optional.empty() : Optional.of("the two halves " + name + " differ");
    }
}

package io.twinspan.crypto.ike.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.message.ExchangeType;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.ike.protect.OpenResult.AuthenticFragment;
import io.twinspan.crypto.ike.session.RequestWindow.Free;
import io.twinspan.crypto.ike.session.RequestWindow.Waiting;
import io.twinspan.crypto.ike.session.ResponseCache.Verdict;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.net.TrafficSelector;
import io.twinspan.crypto.secret.EntropySource;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SessionPartsTest {
    private static final IkeTimers TIMERS = IkeTimers.defaults();
    private static final long MINUTE = 60 * TwoPeers.SECOND;

    @Test
    void windowOfOneExpectsOnlyTheOutstandingId() {
        Outstanding request = Outstanding.first(7, ExchangeType.INFORMATIONAL, List.of(new byte[] {1}), 0, TIMERS);
        RequestWindow waiting = new Waiting(request, new PendingExchange.Notice());

        assertThat(waiting.expects(7)).isTrue();
        assertThat(waiting.expects(6)).isFalse();
        assertThat(waiting.nextMessageId()).isEqualTo(8);
        assertThat(new Free(8).expects(8)).isFalse();
    }

    @Test
    void e2_windowIsExhaustedBeforeTheIdWraps() {
        assertThat(new Free(RequestWindow.MAX_MESSAGE_ID).isExhausted()).isFalse();
        Outstanding last = Outstanding.first(
                RequestWindow.MAX_MESSAGE_ID, ExchangeType.INFORMATIONAL, List.of(new byte[] {1}), 0, TIMERS);
        assertThat(new Waiting(last, new PendingExchange.Notice()).isExhausted())
                .isTrue();
    }

    @Test
    void retransmissionsSlowDownUpToTheCapAndKeepTheOctets() {
        byte[] octets = {1, 2, 3};
        Outstanding request = Outstanding.first(0, ExchangeType.IKE_AUTH, List.of(octets), 0, TIMERS);
        long previous = request.intervalNanos();
        for (int i = 0; i < 10; i++) {
            request = request.again(request.nextSendNanos(), TIMERS);
            assertThat(request.intervalNanos())
                    .isGreaterThanOrEqualTo(previous)
                    .isLessThanOrEqualTo(TIMERS.retransmitMaxNanos());
            assertThat(request.datagrams().getFirst()).isSameAs(octets);
            previous = request.intervalNanos();
        }
        assertThat(request.isHopeless(TIMERS.giveUpNanos())).isTrue();
        assertThat(request.isHopeless(TIMERS.giveUpNanos() - 1)).isFalse();
    }

    @Test
    void e1_onlyTheSameOctetsAreARepetition() {
        ResponseCache cache = ResponseCache.expecting(3)
                .answered(List.of(new byte[] {1, 2}, new byte[] {3, 4}), List.of(new byte[] {9}));

        assertThat(cache.classify(4, new byte[] {5})).isEqualTo(Verdict.NEW);
        assertThat(cache.classify(3, new byte[] {1, 2})).isEqualTo(Verdict.REPEATED);
        assertThat(cache.classify(3, new byte[] {3, 4})).isEqualTo(Verdict.REPEATED_FRAGMENT);
        assertThat(cache.classify(3, new byte[] {1, 3})).isEqualTo(Verdict.REUSED);
        assertThat(cache.classify(2, new byte[] {1, 2})).isEqualTo(Verdict.OUTSIDE);
        assertThat(cache.classify(5, new byte[] {1, 2})).isEqualTo(Verdict.OUTSIDE);
        assertThat(ResponseCache.expecting(0).classify(-1, new byte[] {1})).isEqualTo(Verdict.OUTSIDE);
    }

    @Test
    void e9_fragmentOneAsksForTheAnswerAgainWhicheverCameFirst() {
        byte[] first = {1};
        byte[] second = {2};
        Reassembly parts =
                Reassembly.empty(true).withRequestPart(fragment(2, 2), second).withRequestPart(fragment(1, 2), first);
        ResponseCache cache = ResponseCache.expecting(1).answered(parts.requestParts(), List.of(new byte[] {9}));

        assertThat(cache.classify(1, first)).isEqualTo(Verdict.REPEATED);
        assertThat(cache.classify(1, second)).isEqualTo(Verdict.REPEATED_FRAGMENT);
    }

    @Test
    void e10_anUnfinishedRequestKeepsOnlyThePartsOfItsPresentTotal() {
        Reassembly parts = Reassembly.empty(true);
        for (int total = 2; total <= 128; total++) {
            parts = parts.withRequestPart(fragment(1, total), new byte[] {(byte) total});
        }

        assertThat(parts.requestParts()).containsExactly(new byte[] {(byte) 128});
    }

    private static AuthenticFragment fragment(int number, int total) {
        IkeHeader header = IkeHeader.request(ExchangeType.IKE_AUTH, 1, 2, true, 1);
        return new AuthenticFragment(header, 0, number, total, Octets.copyOf(new byte[] {7}));
    }

    @Test
    void anAnswerNamesNoSelectorInsideAnother() {
        List<TrafficSelector> offered = new ArrayList<>(selectors("10.1.2.3/32"));
        offered.addAll(selectors("0.0.0.0/0"));

        assertThat(Narrowing.intersect(offered, selectors("0.0.0.0/0"))).isEqualTo(selectors("0.0.0.0/0"));
    }

    @Test
    void lowestOfFourNoncesLosesAndBothSidesAgree() {
        List<byte[]> low = List.of(new byte[] {(byte) 0xff}, new byte[] {1});
        List<byte[]> high = List.of(new byte[] {2}, new byte[] {(byte) 0x80});

        assertThat(RekeyCollision.firstLoses(low, high)).isTrue();
        assertThat(RekeyCollision.firstLoses(high, low)).isFalse();
        assertThat(RekeyCollision.firstLoses(List.of(new byte[] {1}), List.of(new byte[] {1, 0})))
                .isTrue();
    }

    @Test
    void e3_cookiesOutliveOneRotationAndBelongToOneInitiator() {
        EntropySource entropy = TwoPeers.seeded(7);
        byte[] nonce = {1, 2, 3};
        CookieJar jar = CookieJar.empty().fresh(entropy, -MINUTE);
        byte[] cookie = jar.bake(nonce, TwoPeers.LEFT, 42);

        assertThat(jar.accepts(cookie, nonce, TwoPeers.LEFT, 42)).isTrue();
        assertThat(jar.accepts(cookie, nonce, TwoPeers.RIGHT, 42)).isFalse();
        assertThat(jar.accepts(cookie, nonce, TwoPeers.LEFT, 43)).isFalse();
        assertThat(jar.accepts(cookie, new byte[] {1, 2, 4}, TwoPeers.LEFT, 42)).isFalse();
        CookieJar next = jar.fresh(entropy, 0);
        assertThat(next.accepts(cookie, nonce, TwoPeers.LEFT, 42)).isTrue();
        CookieJar afterNext = next.fresh(entropy, MINUTE);
        assertThat(afterNext.accepts(cookie, nonce, TwoPeers.LEFT, 42)).isFalse();
        assertThat(jar.fresh(entropy, 2 * MINUTE).accepts(cookie, nonce, TwoPeers.LEFT, 42))
                .isFalse();
    }

    @Test
    void e13_answersMayOnlyNarrow() {
        List<TrafficSelector> all = selectors("0.0.0.0/0");
        List<TrafficSelector> ten = selectors("10.0.0.0/8");

        assertThat(Narrowing.intersect(all, ten)).isEqualTo(ten);
        assertThat(Narrowing.intersect(ten, all)).isEqualTo(ten);
        assertThat(Narrowing.intersect(ten, selectors("192.0.2.0/24"))).isEmpty();
        assertThat(Narrowing.intersect(all, selectors("fd00::/8"))).isEmpty();
        assertThat(Narrowing.isNarrowed(ten, all)).isTrue();
        assertThat(Narrowing.isNarrowed(all, ten)).isFalse();
        assertThat(Narrowing.isNarrowed(List.of(), all)).isFalse();
        assertThat(Narrowing.isNarrowed(selectors("fd00::/8"), all)).isFalse();
    }

    @Test
    void e29_patienceGrowsItsPausesAndEnds() {
        Patience patience = Patience.fresh();
        long before = 0;
        for (int i = 0; i < 10; i++) {
            patience = patience.refused(i);
            assertThat(patience.pauseNanos()).isGreaterThanOrEqualTo(before);
            before = patience.pauseNanos();
        }
        assertThat(patience.isOver(MINUTE)).isFalse();
        assertThat(patience.isOver(3 * MINUTE)).isTrue();
        assertThat(Patience.fresh().isOver(3 * MINUTE)).isFalse();
    }

    private static List<TrafficSelector> selectors(String prefix) {
        return List.of(TrafficSelector.ofPrefix(IpPrefix.parse(prefix)));
    }
}

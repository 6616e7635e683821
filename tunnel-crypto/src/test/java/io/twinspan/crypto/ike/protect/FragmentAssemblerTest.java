package io.twinspan.crypto.ike.protect;

import static io.twinspan.crypto.ike.protect.ProtectFixture.header;
import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.crypto.ike.message.DecodeResult;
import io.twinspan.crypto.ike.message.IkeHeader;
import io.twinspan.crypto.ike.message.IkeMessage;
import io.twinspan.crypto.ike.message.IkeMessageEncoder;
import io.twinspan.crypto.ike.message.IkePayload;
import io.twinspan.crypto.ike.message.Octets;
import io.twinspan.crypto.ike.protect.FragmentAssembler.Assembly;
import io.twinspan.crypto.ike.protect.FragmentAssembler.Complete;
import io.twinspan.crypto.ike.protect.FragmentAssembler.Ignored;
import io.twinspan.crypto.ike.protect.FragmentAssembler.Outcome;
import io.twinspan.crypto.ike.protect.FragmentAssembler.Waiting;
import io.twinspan.crypto.ike.protect.OpenResult.AuthenticFragment;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class FragmentAssemblerTest {
    private static final List<IkePayload> LARGE = ProtectFixture.large(3_000);

    @Property(tries = 60)
    void e9_fragmentsInAnyOrderWithRepeatsGiveTheMessageOnce(
            @ForAll long seed, @ForAll @IntRange(min = 200, max = 1_500) int limit, @ForAll boolean gcm) {
        ProtectFixture ends = ProtectFixture.of(gcm ? ProtectFixture.GCM : ProtectFixture.CBC);
        List<byte[]> arriving = new ArrayList<>(ends.initiator().sealFragmented(header(1), LARGE, limit));
        arriving.addAll(List.copyOf(arriving));
        Collections.shuffle(arriving, new Random(seed));
        List<Outcome> outcomes = feed(ends, FragmentAssembler.empty(true), arriving);
        assertThat(outcomes).filteredOn(Complete.class::isInstance).containsExactly(whole(header(1), LARGE));
        assertThat(outcomes).filteredOn(Ignored.DUPLICATE::equals).hasSize(arriving.size() / 2);
    }

    @Test
    void e9_aFragmentWithABadCheckValueNeverReachesTheAssemblerAndTheGoodOneCompletes() {
        ProtectFixture ends = ProtectFixture.of(ProtectFixture.GCM);
        FragmentAssembler assembler = FragmentAssembler.empty(true);
        Outcome last = new Waiting();
        for (byte[] datagram : ends.initiator().sealFragmented(header(1), LARGE, 600)) {
            byte[] forged = datagram.clone();
            forged[forged.length - 1] ^= 1;
            assertThat(ends.responder().open(forged)).isInstanceOf(OpenResult.IntegrityFailed.class);
            byte[] renumbered = datagram.clone();
            renumbered[IkeHeader.BYTES + 7]++;
            assertThat(ends.responder().open(renumbered)).isNotInstanceOf(AuthenticFragment.class);
            Assembly assembly = assembler.accept(fragment(ends, datagram));
            assembler = assembly.next();
            last = assembly.outcome();
        }
        assertThat(last).isEqualTo(whole(header(1), LARGE));
        assertThat(assembler.heldBytes()).isZero();
    }

    @Test
    void e9_aGrowingTotalStartsAnewAndAShrinkingOneIsIgnored() {
        ProtectFixture ends = ProtectFixture.of(ProtectFixture.GCM);
        List<byte[]> few = ends.initiator().sealFragmented(header(1), LARGE, 1_200);
        List<byte[]> many = ends.initiator().sealFragmented(header(1), LARGE, 576);
        assertThat(many.size()).isGreaterThan(few.size());
        List<byte[]> arriving = new ArrayList<>();
        arriving.add(few.getFirst());
        arriving.add(many.getFirst());
        arriving.addAll(few.subList(1, few.size()));
        arriving.addAll(many.subList(1, many.size()));
        List<Outcome> outcomes = feed(ends, FragmentAssembler.empty(true), arriving);
        assertThat(outcomes).filteredOn(Ignored.SMALLER_TOTAL::equals).hasSize(few.size() - 1);
        assertThat(outcomes.getLast()).isEqualTo(whole(header(1), LARGE));
    }

    @Test
    void e9_requestsAndResponsesAreKeptApartAndOlderMessagesIgnored() {
        FragmentAssembler assembler = FragmentAssembler.empty(true);
        assembler = assembler.accept(part(header(5), 1, 2, 10)).next();
        assembler = assembler.accept(part(header(5).toResponse(), 1, 2, 20)).next();
        assertThat(assembler.heldBytes()).isEqualTo(30);
        assertThat(assembler.accept(part(header(4), 1, 2, 10)).outcome()).isEqualTo(Ignored.OLD_MESSAGE);
        FragmentAssembler newer = assembler.accept(part(header(6), 1, 3, 7)).next();
        assertThat(newer.heldBytes()).isEqualTo(27);
        assertThat(newer.accept(part(header(5), 2, 2, 10)).outcome()).isEqualTo(Ignored.OLD_MESSAGE);
    }

    @ParameterizedTest
    @CsvSource({"0,1", "0,0", "2,1", "-1,5", "1,129", "129,129", "65535,65535"})
    void a15_impossibleNumbersAreIgnored(int number, int total) {
        assertThat(FragmentAssembler.empty(true)
                        .accept(part(header(1), number, total, 10))
                        .outcome())
                .isEqualTo(Ignored.INVALID_NUMBERS);
    }

    @Test
    void a15_fragmentsWithoutRoomForTheirCheckValueOrWithNothingInsideAreDropped() {
        ProtectFixture ends = ProtectFixture.of(ProtectFixture.GCM);
        byte[] whole = ends.initiator().sealFragmented(header(1), LARGE, 600).getFirst();
        for (int body = 0; body < 8 + 1 + 16; body++) {
            byte[] message = IkeMessageEncoder.encode(new IkeMessage(
                    header(1),
                    List.of(new IkePayload.EncryptedFragment(
                            35, 1, 2, Octets.copyOf(whole, IkeHeader.BYTES + 8, body)))));
            assertThat(ends.responder().open(message)).isInstanceOf(OpenResult.IntegrityFailed.class);
        }
        assertThat(FragmentAssembler.empty(true)
                        .accept(part(header(1), 1, 2, 0))
                        .outcome())
                .isEqualTo(Ignored.INVALID_NUMBERS);
    }

    @Test
    void a16_fragmentsThatWereNotAgreedOnAreIgnored() {
        Assembly assembly = FragmentAssembler.empty(false).accept(part(header(1), 1, 2, 10));
        assertThat(assembly.outcome()).isEqualTo(Ignored.NOT_NEGOTIATED);
        assertThat(assembly.next().heldBytes()).isZero();
    }

    @Test
    void e10_setsThatNeverCompleteHoldNoMoreThanTheCap() {
        FragmentAssembler assembler = FragmentAssembler.empty(true);
        boolean tooLong = false;
        for (int number = 1; number < SkPayload.MAX_FRAGMENTS; number++) {
            for (IkeHeader header : List.of(header(1), header(1).toResponse())) {
                Assembly assembly = assembler.accept(part(header, number, SkPayload.MAX_FRAGMENTS, 1_400));
                assembler = assembly.next();
                tooLong |= assembly.outcome() == Ignored.TOO_LONG;
                assertThat(assembler.heldBytes()).isLessThanOrEqualTo(2 * FragmentAssembler.MAX_MESSAGE_BYTES);
            }
        }
        assertThat(tooLong).isTrue();
        for (int id = 2; id < 1_000; id++) {
            assembler = assembler.accept(part(header(id), 1, 2, 1_400)).next();
        }
        assertThat(assembler.heldBytes()).isLessThanOrEqualTo(FragmentAssembler.MAX_MESSAGE_BYTES + 1_400);
    }

    @Test
    void aSingleFragmentOfOneIsAMessage() {
        assertThat(FragmentAssembler.empty(true)
                        .accept(new AuthenticFragment(
                                header(1), 40, 1, 1, Octets.copyOf(new byte[] {0, 0, 0, 6, 9, 9})))
                        .outcome())
                .isEqualTo(whole(header(1), List.of(new IkePayload.Nonce(new byte[] {9, 9}))));
    }

    private static List<Outcome> feed(ProtectFixture ends, FragmentAssembler first, List<byte[]> datagrams) {
        List<Outcome> outcomes = new ArrayList<>();
        FragmentAssembler assembler = first;
        for (byte[] datagram : datagrams) {
            Assembly assembly = assembler.accept(fragment(ends, datagram));
            assembler = assembly.next();
            outcomes.add(assembly.outcome());
        }
        return outcomes;
    }

    private static AuthenticFragment fragment(ProtectFixture ends, byte[] datagram) {
        OpenResult result = ends.responder().open(datagram);
        assertThat(result).isInstanceOf(AuthenticFragment.class);
        return (AuthenticFragment) result;
    }

    private static AuthenticFragment part(IkeHeader header, int number, int total, int octets) {
        return new AuthenticFragment(header, 40, number, total, Octets.copyOf(new byte[octets]));
    }

    private static Complete whole(IkeHeader header, List<IkePayload> payloads) {
        return new Complete(header, new DecodeResult.Decoded(new IkeMessage(header, payloads)));
    }
}

package io.twinspan.daemon.resume;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.daemon.control.ConnectionMemory;
import io.twinspan.daemon.dataplane.SaNumbers;
import io.twinspan.daemon.ike.PeerMemory;
import io.twinspan.daemon.ike.TunnelName;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Memory that one process leaves to the next; a process is a {@link StateRegion} over it. */
final class StateRegionTest {
    private static final TunnelName ONE = new TunnelName("aws", 1);
    private static final TunnelName TWO = new TunnelName("aws", 2);

    private final ByteBuffer memory = ByteBuffer.allocateDirect(StateRegion.BYTES);
    private long bootNanos = 1_000;

    private StateRegion process() {
        return StateRegion.over(memory, () -> bootNanos);
    }

    private static void keep(StateRegion region, TunnelName name, String text, Integer... spis) {
        region.peer(name).keep(() -> List.of(spis), () -> text.getBytes(StandardCharsets.UTF_8));
    }

    private static String recall(StateRegion region, TunnelName name) {
        return region.peer(name)
                .recall()
                .map(kept -> new String(kept.snapshot(), StandardCharsets.UTF_8))
                .orElse("nothing");
    }

    @Test
    void theNextProcessFindsWhatWasKeptLastAndHowLongAgo() {
        StateRegion first = process();
        keep(first, ONE, "old");
        keep(first, TWO, "other");
        bootNanos = 5_000;
        keep(first, ONE, "new");
        bootNanos = 12_000;
        StateRegion second = process();
        assertThat(recall(second, ONE)).isEqualTo("new");
        assertThat(recall(second, TWO)).isEqualTo("other");
        assertThat(second.peer(ONE).recall().map(PeerMemory.Recollection::agoNanos))
                .contains(7_000L);
        assertThat(recall(second, new TunnelName("aws", 3))).isEqualTo("nothing");
    }

    @Test
    void aConnectionHasItsOwnNotes() {
        process().connection("aws").keep(new byte[] {1, 2, 3});
        assertThat(process().connection("aws").recall().map(ConnectionMemory.Recollection::notes))
                .hasValueSatisfying(notes -> assertThat(notes).containsExactly(1, 2, 3));
        assertThat(process().connection("other").recall()).isEmpty();
    }

    @Test
    void theNotesOfAConnectionThatIsConfiguredNoMoreAreZeroedAndNoOthers() {
        StateRegion region = process();
        region.connection("aws").keep("notes of aws".getBytes(StandardCharsets.UTF_8));
        region.connection("gone").keep("notes of what is gone".getBytes(StandardCharsets.UTF_8));
        keep(region, ONE, "a peer's");
        region.retain(Set.of("aws", "new"));
        assertThat(holds("notes of what is gone")).isFalse();
        assertThat(process().connection("gone").recall()).isEmpty();
        assertThat(process().connection("aws").recall()).isPresent();
        assertThat(recall(process(), ONE)).isEqualTo("a peer's");
    }

    @Test
    void whatIsReplacedOrForgottenIsNowhereInTheMemoryAnyMore() {
        StateRegion region = process();
        keep(region, ONE, "KEY-NUMBER-ONE");
        assertThat(holds("KEY-NUMBER-ONE")).isTrue();
        keep(region, ONE, "KEY-NUMBER-TWO");
        assertThat(holds("KEY-NUMBER-ONE")).isFalse();
        region.peer(ONE).forget();
        assertThat(holds("KEY-NUMBER-TWO")).isFalse();
        keep(region, TWO, "KEY-NUMBER-THREE");
        region.wipe();
        assertThat(holds("KEY-NUMBER-THREE")).isFalse();
    }

    @Test
    void whatNobodyTakesUpIsZeroed() {
        keep(process(), ONE, "KEY-OF-A-TUNNEL-THAT-IS-CONFIGURED-NO-MORE", 4711);
        StateRegion next = process();
        next.settle();
        assertThat(holds("KEY-OF-A-TUNNEL")).isFalse();
        assertThat(process().peer(ONE).knowsNumbersOf(4711)).isFalse();
    }

    /** A kill between any two stores leaves the state before or the one after, and never a mixture. */
    @Test
    void aTornWriteLeavesTheStateBefore() {
        StateRegion region = process();
        keep(region, ONE, "first state");
        byte[] before = image();
        keep(region, ONE, "second state, which is longer");
        byte[] after = image();
        int copy = changedFrom(before, after);
        int end = copy + 100;
        for (int cut = copy + 8; cut < end; cut++) {
            byte[] torn = before.clone();
            System.arraycopy(after, copy + 8, torn, copy + 8, cut - copy - 8);
            load(torn);
            assertThat(recall(process(), ONE)).as("cut at %d", cut).isEqualTo("first state");
        }
        // Whole, with the copy before not yet zeroed.
        byte[] both = before.clone();
        System.arraycopy(after, copy, both, copy, 1_000);
        load(both);
        assertThat(recall(process(), ONE)).isEqualTo("second state, which is longer");
    }

    @Property(tries = 300)
    void noDamageIsTakenForAState(@ForAll long seed) {
        StateRegion region = process();
        keep(region, ONE, "a state with a checksum");
        Random random = new Random(seed);
        int from = changedFrom(new byte[memory.capacity()], image(), NumberCells.CELL_BYTES * 4_096 + (64 << 10));
        memory.put(from + random.nextInt(60), (byte) random.nextInt());
        assertThat(recall(process(), ONE)).isIn("a state with a checksum", "nothing");
    }

    @Test
    void anotherLayoutIsNotRecognisedAndNotKept() {
        keep(process(), ONE, "state");
        memory.putLong(0, 0x0102030405060708L);
        assertThat(StateRegion.recognises(memory)).isFalse();
        assertThat(recall(process(), ONE)).isEqualTo("nothing");
        assertThat(holds("state")).isFalse();
        assertThat(StateRegion.recognises(memory)).isTrue();
        assertThat(StateRegion.recognises(ByteBuffer.allocateDirect(4_096))).isFalse();
    }

    @Test
    void aStateThatKillsProcessAfterProcessIsGivenUp() {
        keep(process(), ONE, "poison");
        for (int i = 0; i < 7; i++) {
            assertThat(recall(process(), ONE)).isEqualTo("poison");
        }
        assertThat(recall(process(), ONE)).isEqualTo("nothing");
    }

    @Test
    void aProcessThatLivesProvesTheState() {
        keep(process(), ONE, "state");
        for (int i = 0; i < 30; i++) {
            StateRegion region = process();
            assertThat(recall(region, ONE)).isEqualTo("state");
            region.proved();
        }
    }

    @Test
    void numbersOutliveTheProcessAndEndWithTheSa() {
        StateRegion first = process();
        keep(first, ONE, "state", 7_000);
        SaNumbers numbers = first.numbers().open(7_000);
        numbers.sent().set(65_537);
        numbers.received().set(99);
        StateRegion second = process();
        assertThat(second.peer(ONE).knowsNumbersOf(7_000)).isTrue();
        SaNumbers taken = second.numbers().open(7_000);
        assertThat(taken.sent().get()).isEqualTo(65_537);
        assertThat(taken.received().get()).isEqualTo(99);
        taken.sendingEnded();
        second.numbers().open(7_001);
        assertThat(second.peer(ONE).knowsNumbersOf(7_000)).isTrue();
        taken.receivingEnded();
        second.numbers().open(7_002);
        assertThat(second.peer(ONE).knowsNumbersOf(7_000)).isFalse();
        assertThat(second.numbers().open(7_000).sent().get()).isZero();
    }

    @Test
    void anSaWhoseNumbersHaveNoRoomIsNotKept() {
        StateRegion region = process();
        Integer[] many = IntStream.range(1_000, 1_000 + 5_000).boxed().toArray(Integer[]::new);
        keep(region, ONE, "before", 999);
        keep(region, ONE, "with too many", many);
        assertThat(recall(process(), ONE)).isEqualTo("nothing");
    }

    @Test
    void aStateThatIsTooLongIsNotKept() {
        StateRegion region = process();
        keep(region, ONE, "before");
        region.peer(ONE).keep(Set::of, () -> new byte[RecordSlot.BYTES]);
        assertThat(recall(process(), ONE)).isEqualTo("nothing");
    }

    @Test
    void thereIsRoomForEveryTunnelThatAGatewayMayHave() {
        StateRegion region = process();
        for (int number = 1; number <= 512; number++) {
            keep(region, new TunnelName("c", number), "state " + number, number * 1_000, number * 1_000 + 1);
            region.connection("connection " + number).keep(new byte[] {1});
        }
        StateRegion next = process();
        for (int number = 1; number <= 512; number++) {
            assertThat(recall(next, new TunnelName("c", number))).isEqualTo("state " + number);
            assertThat(next.connection("connection " + number).recall()).isPresent();
        }
    }

    private byte[] image() {
        byte[] octets = new byte[memory.capacity()];
        memory.get(0, octets);
        return octets;
    }

    private void load(byte[] octets) {
        memory.put(0, octets);
    }

    private static int changedFrom(byte[] before, byte[] after) {
        return changedFrom(before, after, 8);
    }

    /** The first changed copy of a record at or behind this place that is not just zeroed. */
    private static int changedFrom(byte[] before, byte[] after, int from) {
        for (int at = from & -8; at < before.length; at += 8) {
            boolean written = false;
            for (int i = 0; i < 8; i++) {
                written |= before[at + i] == 0 && after[at + i] != 0;
            }
            if (written) {
                return at;
            }
        }
        throw new IllegalStateException("nothing was written");
    }

    private boolean holds(String text) {
        return new String(image(), StandardCharsets.ISO_8859_1).contains(text);
    }
}

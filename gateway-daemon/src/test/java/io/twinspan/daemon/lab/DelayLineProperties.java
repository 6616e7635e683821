package io.twinspan.daemon.lab;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;

final class DelayLineProperties {
    @Property
    void packetsComeOutByInstantAndOfOneInstantAsTheyCame(
            @ForAll @Size(max = 200) List<@IntRange(max = 50) Integer> instants) {
        DelayLine line = new DelayLine(200, 8);
        for (int i = 0; i < instants.size(); i++) {
            int number = line.take();
            line.buffer(number)[0] = (byte) i;
            line.schedule(number, i + 1, instants.get(i));
        }
        List<Integer> expected = new ArrayList<>();
        for (int i = 0; i < instants.size(); i++) {
            expected.add(i);
        }
        expected.sort(Comparator.comparing(instants::get));
        List<Integer> got = new ArrayList<>();
        for (int now = 0; now <= 50; now++) {
            for (int number = line.pollDue(now); number != DelayLine.NONE; number = line.pollDue(now)) {
                int packet = line.buffer(number)[0] & 0xff;
                assertThat(instants.get(packet)).isEqualTo(now);
                assertThat(line.length(number)).isEqualTo(packet + 1);
                got.add(packet);
                line.giveBack(number);
            }
        }
        assertThat(got).isEqualTo(expected);
        assertThat(line.isEmpty()).isTrue();
    }

    @Property
    void aFullLineHasNoBufferUntilOneComesBack(@ForAll @IntRange(min = 1, max = 50) int room) {
        DelayLine line = new DelayLine(room, 8);
        int last = DelayLine.NONE;
        for (int i = 0; i < room; i++) {
            last = line.take();
            assertThat(last).isNotEqualTo(DelayLine.NONE);
        }
        assertThat(line.take()).isEqualTo(DelayLine.NONE);
        line.giveBack(last);
        assertThat(line.take()).isEqualTo(last);
    }
}

package io.twinspan.daemon.observe;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

final class JournalTest {
    private final EventJournal journal = new EventJournal(() -> 7, () -> Instant.EPOCH);

    @Test
    void ringKeepsTheLastEventsAndTheirNumbers() {
        for (int i = 0; i < EventJournal.CAPACITY + 10; i++) {
            journal.record(event("e" + i));
        }
        List<JournalEntry> kept = journal.since(0);
        assertThat(kept).hasSize(EventJournal.CAPACITY);
        assertThat(kept.getFirst().sequence()).isEqualTo(11);
        assertThat(journal.since(EventJournal.CAPACITY + 9)).hasSize(1);
    }

    @Test
    void whoReadAnotherDaemonsJournalBeforeMissesNothingOfThisOne() {
        journal.record(event("first"));
        assertThat(journal.since(1)).isEmpty();
        assertThat(journal.since(5_000)).hasSize(1);
    }

    @Test
    void followerHearsEverythingUntilItEnds() {
        List<String> heard = new ArrayList<>();
        Runnable end = journal.follow(entry -> heard.add(entry.event().message()));
        journal.record(event("first"));
        end.run();
        journal.record(event("second"));
        assertThat(heard).containsExactly("first");
    }

    @Test
    void logLineIsKeysAndValues() {
        GatewayEvent event = GatewayEvent.of(Severity.WARN, "tunnel.down", "prod", 2, "no answer to \"x\"")
                .with("was", "up")
                .with("empty", "");
        assertThat(Logfmt.line(event))
                .isEqualTo(
                        "event=tunnel.down connection=prod tunnel=2 msg=\"no answer to \\\"x\\\"\" was=up empty=\"\"");
    }

    @Test
    void a21_peerTextIsOneInertValueInTheLog() {
        String evil = "x\" event=tunnel.up msg=\"$(reboot) `id` %n {}\n\u001b[2Jnext\u0000\u202e";
        String line = Logfmt.line(event(evil));
        assertThat(line).matches("event=test msg=\"x\\\\\" event=tunnel.up msg=\\\\\"[^\"]*\"");
        assertThat(line.chars()).allMatch(c -> c >= 0x20 && c != 0x7f && c != 0x202e);
    }

    @Property
    void a24_anyTextBecomesOneBoundedLineWithoutControlCharacters(@ForAll String text) {
        String line = Logfmt.line(event(text));
        assertThat(line.chars().filter(c -> Character.isISOControl(c) || c == 0x202e || c == 0x2028))
                .isEmpty();
        assertThat(PlainText.of(text)).hasSizeLessThanOrEqualTo(PlainText.MAX_CHARS + 16);
    }

    @Test
    void rateLimitLetsOnePassPerIntervalOnAnyClock() {
        RateLimit limit = new RateLimit(10);
        long start = Long.MAX_VALUE - 5;
        assertThat(limit.allows(start)).isTrue();
        assertThat(limit.allows(start + 9)).isFalse();
        assertThat(limit.allows(start + 10)).isTrue();
    }

    private static GatewayEvent event(String message) {
        return GatewayEvent.of(Severity.INFO, "test", "", 0, message);
    }
}

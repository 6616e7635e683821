package io.twinspan.daemon.metrics;

import io.twinspan.crypto.esp.EspVerdict;
import io.twinspan.daemon.dataplane.PathVerdict;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The families into which monitoring sorts the reasons of drops. Lower-case names are label values. */
enum DropReason {
    /** Seen before, or too old to know. */
    REPLAY(true, false),
    /** Not authentic. */
    AUTH(true, false),
    /** No SA for it. */
    NO_SA(true, true),
    /** Addresses, protocol or ports that nobody agreed to. */
    POLICY(true, true),
    /** Too long, and not to be fragmented. */
    TOO_BIG(false, true),
    /** Not what it claims to be. */
    MALFORMED(true, true),
    /** A queue was full, or too long for too long. */
    QUEUE_FULL(true, true),
    /** Nothing carries the traffic, or the host did not take it. */
    NO_ROUTE(true, true),
    /** The cipher engine or its buffers refused. */
    INTERNAL(true, true),
    /** Lost on purpose, by a drill. */
    DRILL(true, true);

    private static final Map<String, DropReason> BY_VERDICT = byVerdict();

    private final boolean in;
    private final boolean out;

    DropReason(boolean in, boolean out) {
        this.in = in;
        this.out = out;
    }

    /** The label's value. */
    String label() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The families that packets of this direction can fall into. */
    static List<DropReason> of(Direction direction) {
        return Arrays.stream(values())
                .filter(reason -> direction == Direction.IN ? reason.in : reason.out)
                .toList();
    }

    /** Those of the drops, by name of their verdict, that fall into this family. */
    long sum(Map<String, Long> drops) {
        return drops.entrySet().stream()
                .filter(entry -> BY_VERDICT.get(entry.getKey()) == this)
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<String, DropReason> byVerdict() {
        Map<String, DropReason> result = new HashMap<>();
        for (EspVerdict verdict : EspVerdict.values()) {
            of(verdict).forEach(reason -> result.put(verdict.name(), reason));
        }
        for (PathVerdict verdict : PathVerdict.values()) {
            of(verdict).forEach(reason -> result.put(verdict.name(), reason));
        }
        return Map.copyOf(result);
    }

    /** The family of a verdict; none for what is no fault. */
    static List<DropReason> of(EspVerdict verdict) {
        return switch (verdict) {
            // RFC 4303 section 2.6: dummies are made to be thrown away.
            case OK, DUMMY -> List.of();
            case SEQUENCE_EXHAUSTED, WRONG_SPI, RESERVED_SPI -> List.of(NO_SA);
            case NO_ROOM, CIPHER_REFUSED -> List.of(INTERNAL);
            case REPLAYED, BEFORE_WINDOW -> List.of(REPLAY);
            case BAD_ICV -> List.of(AUTH);
            case TOO_SHORT, BAD_LENGTH, BAD_PADDING, UNSUPPORTED_NEXT_HEADER, ILLEGAL_ECN, INNER_MALFORMED ->
                List.of(MALFORMED);
            case SELECTOR_MISMATCH -> List.of(POLICY);
        };
    }

    /** The family of a verdict; none for what is no drop. */
    static List<DropReason> of(PathVerdict verdict) {
        return switch (verdict) {
            case AQM_MARKED, NAT_KEEPALIVE -> List.of();
            case MALFORMED, ESP_TOO_SHORT -> List.of(MALFORMED);
            case NOT_PROTECTED, FOREIGN_INNER_SOURCE, FOREIGN_INNER_DESTINATION -> List.of(POLICY);
            case NO_ACTIVE_TUNNEL, SEND_FAILED, TUN_WRITE_FAILED -> List.of(NO_ROUTE);
            case NO_OUTBOUND_SA, ESP_RESERVED_SPI, UNKNOWN_SPI -> List.of(NO_SA);
            case TOO_BIG -> List.of(DropReason.TOO_BIG);
            case EGRESS_QUEUE_FULL, AQM_DROP, SEND_QUEUE_FULL -> List.of(QUEUE_FULL);
            case DRILL_OUT, DRILL_IN -> List.of(DRILL);
        };
    }

    /** Seen from us. */
    enum Direction {
        /** From the peer. */
        IN,
        /** To the peer. */
        OUT;

        /** The label's value. */
        String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }
}

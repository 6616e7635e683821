package io.twinspan.daemon.diagnosis;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * One thing that was looked at.
 *
 * @param name short and stable, for scripts: {@code udp-ports}
 * @param subject what it is about: empty for the host, else {@code prod} or {@code prod/1}
 * @param result what was found
 */
public record Check(String name, String subject, Result result) {
    /** What a check found. */
    public sealed interface Result {
        /** What was seen, with its numbers. */
        String detail();

        /** What to do; empty where there is nothing to do. */
        default String fix() {
            return "";
        }

        /** How bad it is. */
        Grade grade();
    }

    /** Everything as it should be. */
    public record Ok(String detail) implements Result {
        @Override
        public Grade grade() {
            return Grade.OK;
        }
    }

    /** It works, but not as it should. */
    public record Warn(String detail, String fix) implements Result {
        @Override
        public Grade grade() {
            return Grade.WARN;
        }
    }

    /** It does not work. */
    public record Fail(String detail, String fix) implements Result {
        @Override
        public Grade grade() {
            return Grade.FAIL;
        }
    }

    /** It could not be looked at; the detail says why. */
    public record Skip(String detail) implements Result {
        @Override
        public Grade grade() {
            return Grade.SKIP;
        }
    }

    /** Grades, better ones first. */
    public enum Grade {
        SKIP,
        OK,
        WARN,
        FAIL;

        /** The word in output. */
        public String label() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    static Check ok(String name, String subject, String detail) {
        return new Check(name, subject, new Ok(detail));
    }

    static Check warn(String name, String subject, String detail, String fix) {
        return new Check(name, subject, new Warn(detail, fix));
    }

    static Check fail(String name, String subject, String detail, String fix) {
        return new Check(name, subject, new Fail(detail, fix));
    }

    static Check skip(String name, String subject, String why) {
        return new Check(name, subject, new Skip(why));
    }

    /** The worst grade of some checks; {@link Grade#OK} for none. */
    public static Grade worst(List<Check> checks) {
        return checks.stream()
                .map(check -> check.result().grade())
                .max(Comparator.naturalOrder())
                .filter(grade -> grade != Grade.SKIP)
                .orElse(Grade.OK);
    }
}

package io.twinspan.daemon.cli;

import java.util.List;

/** Exit codes of every command; scripts rely on them. */
public final class ExitCode {
    /** Fine. */
    public static final int OK = 0;
    /** Failed. */
    public static final int FAILED = 1;
    /** Wrong usage. */
    public static final int USAGE = 2;
    /** Works, but without redundancy. */
    public static final int DEGRADED = 3;
    /** Carries nothing. */
    public static final int DOWN = 4;
    /** No daemon answers. */
    public static final int UNREACHABLE = 5;
    /** The configuration is invalid. */
    public static final int CONFIG_INVALID = 6;
    /** A drill missed its limit. */
    public static final int LIMIT_MISSED = 7;
    /** Not permitted. */
    public static final int NOT_PERMITTED = 8;

    private ExitCode() {}

    /** Names and meanings in the order of their numbers, for help and documentation. */
    static List<String> meanings() {
        return List.of(
                "fine",
                "failed",
                "wrong usage",
                "degraded: works, but without redundancy",
                "down: carries nothing",
                "no daemon answers",
                "configuration invalid",
                "a drill missed its limit",
                "not permitted");
    }

    /** What a state of connections means. */
    static int ofState(String state) {
        return switch (state) {
            case "up" -> OK;
            case "degraded" -> DEGRADED;
            default -> DOWN;
        };
    }

    /** What an answer of the daemon that is no success means. */
    static int ofAnswer(int httpStatus) {
        return switch (httpStatus) {
            case 400, 404, 405 -> USAGE;
            case 403 -> NOT_PERMITTED;
            case 422 -> CONFIG_INVALID;
            default -> FAILED;
        };
    }
}

package io.twinspan.daemon.http;

import io.twinspan.daemon.control.ConnectionState;
import io.twinspan.daemon.control.TunnelState;
import io.twinspan.daemon.diagnosis.Check;
import io.twinspan.daemon.observe.Severity;

/** Terminal colours, or none. Colour never carries what the words do not say. */
enum Paint {
    PLAIN,
    ANSI;

    private static final String GREEN = "32";
    private static final String YELLOW = "33";
    private static final String RED = "31;1";
    private static final String DIM = "2";

    String of(ConnectionState state, String text) {
        return switch (state) {
            case UP -> wrap(GREEN, text);
            case DEGRADED -> wrap(YELLOW, text);
            case DOWN -> wrap(RED, text);
        };
    }

    String of(TunnelState state, String text) {
        return switch (state) {
            case UP, STANDBY -> wrap(GREEN, text);
            case CONNECTING, DEGRADED -> wrap(YELLOW, text);
            case DOWN -> wrap(RED, text);
            case DISABLED -> wrap(DIM, text);
        };
    }

    String of(Severity severity, String text) {
        return switch (severity) {
            case DEBUG -> wrap(DIM, text);
            case INFO -> text;
            case WARN -> wrap(YELLOW, text);
            case ERROR -> wrap(RED, text);
        };
    }

    String of(Check.Grade grade, String text) {
        return switch (grade) {
            case OK -> wrap(GREEN, text);
            case WARN -> wrap(YELLOW, text);
            case FAIL -> wrap(RED, text);
            case SKIP -> wrap(DIM, text);
        };
    }

    private String wrap(String code, String text) {
        return this == PLAIN ? text : "\u001b[" + code + "m" + text + "\u001b[0m";
    }
}

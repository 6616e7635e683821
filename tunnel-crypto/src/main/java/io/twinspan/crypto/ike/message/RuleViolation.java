package io.twinspan.crypto.ike.message;

/**
 * What {@link MessageRules} finds wrong with a message.
 *
 * @param type the payload in question
 */
public record RuleViolation(Kind kind, PayloadType type) {
    /** The ways to break a rule. */
    public enum Kind {
        /** It must be there and is not. */
        MISSING,
        /** It is there more often than allowed. */
        REPEATED,
        /** It has no place in this message. */
        NOT_ALLOWED
    }

    /** For people: {@code TSi missing}. */
    public String label() {
        return type.notation()
                + switch (kind) {
                    case MISSING -> " missing";
                    case REPEATED -> " repeated";
                    case NOT_ALLOWED -> " not allowed";
                };
    }
}

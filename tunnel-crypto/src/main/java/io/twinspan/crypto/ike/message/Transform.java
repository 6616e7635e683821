package io.twinspan.crypto.ike.message;

import java.util.List;

/**
 * One transform of a proposal (RFC 7296 section 3.3.2).
 *
 * @param type transform type, 0..255, known or not
 * @param id transform id, 0..65535, known or not
 * @param attributes in the order of the wire
 */
public record Transform(int type, int id, List<TransformAttribute> attributes) {
    public Transform {
        if (type < 0 || type > 0xff || id < 0 || id > 0xffff) {
            throw new IllegalArgumentException("transform " + type + "/" + id);
        }
        attributes = List.copyOf(attributes);
    }

    /** A transform without attributes. */
    public Transform(int type, int id) {
        this(type, id, List.of());
    }
}

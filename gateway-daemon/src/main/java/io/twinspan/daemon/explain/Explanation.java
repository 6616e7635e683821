package io.twinspan.daemon.explain;

import java.util.List;

/**
 * What a code means.
 *
 * @param code as it is shown: {@code NO_PROPOSAL_CHOSEN}, {@code tunnel.path-down}, {@code 6}
 * @param kinds where it is seen: ike, note, tunnel, drop, datagram, event, exit
 * @param meaning one or two sentences
 * @param action what to do about it
 */
public record Explanation(String code, List<String> kinds, String meaning, String action) {
    public Explanation {
        kinds = List.copyOf(kinds);
    }
}

package io.twinspan.daemon.http;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/**
 * What ends connections together with that which opened them. Admin loop only.
 *
 * @param <K> what opened them
 */
final class Watchers<K> {
    private final Map<K, List<Runnable>> ends = new HashMap<>();

    /**
     * Remembers how to end a connection.
     *
     * @return what forgets it again
     */
    Runnable add(K opener, Runnable end) {
        ends.computeIfAbsent(opener, _ -> new ArrayList<>()).add(end);
        return () -> ends.computeIfPresent(opener, (_, open) -> {
            open.remove(end);
            return open.isEmpty() ? null : open;
        });
    }

    /** Ends every connection of an opener. */
    void end(K opener) {
        List<Runnable> open = ends.remove(opener);
        if (open != null) {
            open.forEach(Runnable::run);
        }
    }

    /** Ends every connection of the openers that are over. */
    void endAll(Predicate<K> over) {
        ends.keySet().stream().filter(over).toList().forEach(this::end);
    }
}

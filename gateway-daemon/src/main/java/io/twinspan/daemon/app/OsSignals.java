package io.twinspan.daemon.app;

import java.lang.reflect.Proxy;
import org.jspecify.annotations.Nullable;

/**
 * Hears SIGTERM and SIGINT. The JDK's only way besides shutdown hooks, which could neither exit with 0 nor notice a second
 * signal, is sun.misc.Signal; it is reached by reflection because the compiler rightly warns of it.
 */
final class OsSignals {
    private OsSignals() {}

    /** Runs the action on a thread of the JDK's each time the signal comes. */
    static void onSignal(String name, Runnable action) {
        try {
            Class<?> signal = Class.forName("sun.misc.Signal");
            Class<?> handler = Class.forName("sun.misc.SignalHandler");
            Object proxy = Proxy.newProxyInstance(
                    OsSignals.class.getClassLoader(),
                    new Class<?>[] {handler},
                    (_, method, _) -> answer(name, action, method.getName()));
            signal.getMethod("handle", signal, handler)
                    .invoke(null, signal.getConstructor(String.class).newInstance(name), proxy);
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("this Java runtime has no sun.misc.Signal", e);
        }
    }

    /** The JDK calls handle, and hashCode or toString where it keeps handlers in a table. */
    private static @Nullable Object answer(String name, Runnable action, String method) {
        return switch (method) {
            case "handle" -> {
                action.run();
                yield null;
            }
            case "hashCode" -> name.hashCode();
            case "equals" -> false;
            default -> "handler of SIG" + name;
        };
    }
}

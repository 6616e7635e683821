/**
 * Composition root: the only package that knows every other. Wires a gateway together, starts it in an order that leaks
 * nothing, and takes it apart in the reverse order. No decisions about traffic are made here.
 *
 * <p>{@link io.twinspan.daemon.app.GatewayDaemon} may exist many times in one process: nothing is static, and every thread of
 * a gateway descends from the thread that started it, so that it lives in that thread's network namespace.
 */
@NullMarked
package io.twinspan.daemon.app;

import org.jspecify.annotations.NullMarked;

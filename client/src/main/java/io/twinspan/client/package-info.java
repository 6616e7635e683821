/**
 * The gateway's control API for Java programs: over its Unix socket, or over TLS with a token. Needs the JDK alone.
 *
 * <p>{@link io.twinspan.client.TwinspanClient} is safe for use by several threads; every call is one connection and blocks the
 * calling thread, so virtual threads suit it. Answers may have members that this version does not know: they are ignored.
 */
@NullMarked
package io.twinspan.client;

import org.jspecify.annotations.NullMarked;

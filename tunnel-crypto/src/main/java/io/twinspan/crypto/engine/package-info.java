/**
 * Which engine makes the packet ciphers: every engine that is there is tested against known answers and against the JDK,
 * then timed for some milliseconds, and the fastest one is taken, cipher family by cipher family.
 *
 * <p>Pure but for what the engines themselves are: the clock is handed in. Runs once, at start, on the starting thread.
 */
@NullMarked
package io.twinspan.crypto.engine;

import org.jspecify.annotations.NullMarked;

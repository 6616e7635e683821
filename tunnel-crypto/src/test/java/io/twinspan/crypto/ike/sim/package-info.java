/**
 * A deterministic world for {@link io.twinspan.crypto.ike.session.IkePeerMachine}: two gateways, a network that loses,
 * delays, doubles and reorders, a clock that moves only when nothing else is left to do, and a seed that explains all of
 * it. Published in the test-jar.
 *
 * <p>Three ways to use it: {@code SimWorld} runs by itself and checks its invariants after every step;
 * {@code ManualExchange} hands each message to the test, which delivers, drops, doubles or holds it; {@code ScriptedPeer}
 * is a small second implementation of IKEv2 that shares no code with the one under test, and says whatever a test wants.
 */
@NullMarked
package io.twinspan.crypto.ike.sim;

import org.jspecify.annotations.NullMarked;

package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.primitive.PacketCipherEngine;
import io.twinspan.crypto.secret.EntropySource;
import java.util.concurrent.Executor;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * What every connection's data plane shares.
 *
 * @param outbound the outbound loop
 * @param outboundNow the outbound loop's clock, to be read on that loop
 * @param inbound the inbound loop
 * @param inboundPath the gateway's one inbound path
 * @param inboundFence runs a task on the inbound loop after it has handled all that had arrived before the call
 * @param control the control loop
 * @param sinks finds sockets
 * @param engine makes packet ciphers
 * @param entropy unpredictable IVs; used on the outbound loop and by its sealing crew, thread safe where there is one
 * @param egress queues and pacing of the outbound loop
 * @param outboundTimer later work of the outbound loop, for drills
 * @param inboundTimer later work of the inbound loop, for drills
 * @param numbers where sequence numbers are kept
 */
public record DataLoops(
        Executor outbound,
        LongSupplier outboundNow,
        Executor inbound,
        InboundPath inboundPath,
        Consumer<Runnable> inboundFence,
        Executor control,
        EspSinkSource sinks,
        PacketCipherEngine engine,
        EntropySource entropy,
        EgressPlan egress,
        LoopTimer outboundTimer,
        LoopTimer inboundTimer,
        NumberBook numbers) {
    /** Loops on which no drill can delay anything, and whose SAs end with the process. */
    public DataLoops(
            Executor outbound,
            LongSupplier outboundNow,
            Executor inbound,
            InboundPath inboundPath,
            Consumer<Runnable> inboundFence,
            Executor control,
            EspSinkSource sinks,
            PacketCipherEngine engine,
            EntropySource entropy,
            EgressPlan egress) {
        this(
                outbound,
                outboundNow,
                inbound,
                inboundPath,
                inboundFence,
                control,
                sinks,
                engine,
                entropy,
                egress,
                LoopTimer.NONE,
                LoopTimer.NONE,
                NumberBook.IN_PROCESS);
    }
}

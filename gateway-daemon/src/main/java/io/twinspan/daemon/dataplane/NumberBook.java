package io.twinspan.daemon.dataplane;

import io.twinspan.crypto.esp.SequenceCell;

/** Port: where the sequence numbers of child SAs are kept. Control loop only. */
@FunctionalInterface
public interface NumberBook {
    /** Forgets everything with the process. */
    NumberBook IN_PROCESS = _ -> new InProcess(SequenceCell.inProcess(), SequenceCell.inProcess());

    /** The numbers of the child SA with this inbound SPI: all zero for a new one. */
    SaNumbers open(int inboundSpi);

    /** Numbers that nobody takes over. */
    record InProcess(SequenceCell sent, SequenceCell received) implements SaNumbers {
        @Override
        public void sendingEnded() {}

        @Override
        public void receivingEnded() {}
    }
}

package io.twinspan.daemon.io;

import io.twinspan.crypto.net.Endpoint;
import io.twinspan.daemon.loop.DescriptorEvents;
import io.twinspan.daemon.sys.Descriptor;
import io.twinspan.daemon.sys.ReceiveBatch;

/** Reads port 500 of one outside address on the control loop. */
final class IkeChannel implements DescriptorEvents {
    private static final int READ_BUDGET = 4;
    private static final int DATAGRAMS_EACH_CALL = 4;

    private final Descriptor descriptor;
    private final Endpoint local;
    private final IkeDelivery ike;
    private final ReceiveBatch batch = new ReceiveBatch(DATAGRAMS_EACH_CALL);

    /** Made on the control loop. */
    IkeChannel(Descriptor descriptor, Endpoint local, IkeDelivery ike) {
        this.descriptor = descriptor;
        this.local = local;
        this.ike = ike;
    }

    @Override
    public boolean readable() {
        for (int call = 0; call < READ_BUDGET; call++) {
            int count = batch.receive(descriptor);
            if (count <= 0) {
                return call > 0;
            }
            for (int i = 0; i < count; i++) {
                ike.deliver(batch, i, 0, batch.length(i), local);
            }
        }
        return true;
    }

    @Override
    public void closed() {
        batch.close();
        descriptor.close();
    }
}

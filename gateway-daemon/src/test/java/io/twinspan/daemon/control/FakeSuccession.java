package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.BootInstant;

/** A process whose end and whose clock are the test's. */
final class FakeSuccession implements Succession {
    String boot = "boot";
    String refusal = "";
    long bootNanos = 1_000_000_000_000L;
    int restarts;

    @Override
    public String refusal() {
        return refusal;
    }

    @Override
    public void begin() {
        restarts++;
    }

    @Override
    public BootInstant now() {
        return new BootInstant(boot, bootNanos);
    }
}

package io.twinspan.daemon.app;

import io.twinspan.daemon.control.Succession;
import io.twinspan.daemon.drill.BootInstant;
import io.twinspan.daemon.sys.BootClock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Whether and how this process makes place for its next one, as the service manager has it. Any thread. */
final class ServiceSuccession implements Succession {
    /** random(4): another one after each start of the machine. */
    private static final Path BOOT = Path.of("/proc/sys/kernel/random/boot_id");

    private final boolean handsOver;
    private final Runnable restart;

    /**
     * @param handsOver true where the service manager starts this process again and keeps its descriptors meanwhile
     * @param restart ends this process as SIGTERM does
     */
    ServiceSuccession(boolean handsOver, Runnable restart) {
        this.handsOver = handsOver;
        this.restart = restart;
    }

    @Override
    public String refusal() {
        return handsOver
                ? ""
                : "nobody would start this daemon again and keep its tunnels meanwhile, so a restart would end them: run the"
                        + " gateway as the systemd service";
    }

    @Override
    public void begin() {
        restart.run();
    }

    @Override
    public BootInstant now() {
        return new BootInstant(bootName(), new BootClock().nanos());
    }

    private static String bootName() {
        try {
            return Files.readString(BOOT).strip();
        } catch (IOException _) {
            return "unknown";
        }
    }
}

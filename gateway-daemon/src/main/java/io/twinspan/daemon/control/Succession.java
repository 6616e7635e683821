package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.BootInstant;

/** Port: this process can end so that another one takes over its tunnels. */
public interface Succession {
    /** Why that is not so, as a sentence that says what to do; empty where it is. From any thread. */
    String refusal();

    /** Has this process end as for any restart, soon; from any thread. */
    void begin();

    /** Now, on a clock that the next process reads too; from any thread. */
    BootInstant now();
}

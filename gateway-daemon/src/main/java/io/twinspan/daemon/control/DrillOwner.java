package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillEnding;

/** Who runs a drill, and does for it what concerns the whole process. Control loop only. */
interface DrillOwner {
    /** All effects are undone; told once. */
    void over(DrillEnding ending);

    /** The next process is to go on with it; {@link DrillRun#left} tells what became of that. */
    void leave();

    /** This process is to end. */
    void restart();

    /** No next process is to go on with it. */
    void withdraw();
}

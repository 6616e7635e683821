package io.twinspan.daemon.control;

import io.twinspan.daemon.drill.DrillHistory;
import io.twinspan.daemon.drill.DrillReport;
import java.util.function.LongSupplier;

/**
 * What drills need beside the control plane.
 *
 * @param history where reports go
 * @param seeds for which packets are lost
 * @param tcp knows the users' TCP connections
 * @param environment for reports
 * @param succession for a drill of a restart
 */
public record DrillParts(
        DrillHistory history,
        LongSupplier seeds,
        TcpWatch tcp,
        DrillReport.Environment environment,
        Succession succession) {}

package io.twinspan.daemon.http;

import io.twinspan.daemon.control.GatewayApi;
import java.util.List;

/** The routes of a gateway. */
public final class GatewayRoutes {
    private GatewayRoutes() {}

    /** What operators ask of tunnels and order them to do. */
    public static List<RouteGroup> of(GatewayApi gateway) {
        return List.of(
                new StatusRoutes(gateway),
                new CheckRoutes(gateway),
                new TopRoutes(gateway),
                new EventRoutes(gateway),
                new LiveRoutes(gateway),
                new OrderRoutes(gateway),
                new MtuRoutes(gateway),
                new DrillRoutes(gateway),
                new DashboardRoutes());
    }
}

package io.twinspan.daemon.http;

import java.util.List;

/** Routes that belong together. */
@FunctionalInterface
public interface RouteGroup {
    /** The routes; asked for once, when the server starts. */
    List<Route> routes();
}

package io.twinspan.daemon.http;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** The page for browsers: files that are the same for everybody and hold nothing of the gateway. */
final class DashboardRoutes implements RouteGroup {
    private static final String FOLDER = "/dashboard/";
    private static final String PLOT = "/META-INF/resources/webjars/uplot/1.6.30/dist/";

    private static final List<String> FILES = List.of(
            "actions.js",
            "api.js",
            "app.js",
            "base.css",
            "chart-data.js",
            "charts.css",
            "charts.js",
            "configuration.js",
            "connection.js",
            "dialogs.js",
            "dom.js",
            "drills.js",
            "format.js",
            "frame.js",
            "icon.svg",
            "layout.css",
            "mtu.js",
            "overview.js",
            "pair.css",
            "pair.js",
            "parts.css",
            "session.js",
            "states.js",
            "store.js",
            "stream.js",
            "tables.js",
            "theme.js",
            "timeline.js");

    @Override
    public List<Route> routes() {
        List<Route> routes = new ArrayList<>();
        routes.add(route("/", FOLDER + "index.html"));
        FILES.forEach(name -> routes.add(route(FOLDER + name, FOLDER + name)));
        routes.add(route(FOLDER + "uplot.js", PLOT + "uPlot.esm.js"));
        routes.add(route(FOLDER + "uplot.css", PLOT + "uPlot.min.css"));
        return List.copyOf(routes);
    }

    private static Route route(String path, String resource) {
        Asset asset = Asset.load(resource);
        return Route.open(path, request -> CompletableFuture.completedFuture(asset.answer(request)));
    }
}

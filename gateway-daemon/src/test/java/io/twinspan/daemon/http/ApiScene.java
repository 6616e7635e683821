package io.twinspan.daemon.http;

import static org.assertj.core.api.Assertions.fail;

import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import io.twinspan.config.diff.ConfigChange;
import io.twinspan.config.diff.ConfigDelta;
import io.twinspan.config.diff.Disturbance;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.source.Problem;
import io.twinspan.config.source.Severity;
import io.twinspan.config.source.SourceLocation;
import io.twinspan.daemon.control.ConfigAnswer;
import io.twinspan.daemon.control.DrillFollower;
import io.twinspan.daemon.control.GatewayStatus;
import io.twinspan.daemon.control.MeterReading;
import io.twinspan.daemon.diagnosis.SampleConfig;
import io.twinspan.daemon.metrics.GatewayMetrics;
import io.twinspan.daemon.metrics.MetricsRoutes;
import io.twinspan.daemon.reload.ReloadPreview;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;

/** An API with every route of a gateway, and what a test can make happen behind it. */
final class ApiScene implements AutoCloseable {
    final ScriptedConfig config;
    final FakeDiagnosis diagnosis = new FakeDiagnosis();
    final ApiBench api;
    private final GatewayMetrics metrics =
            new GatewayMetrics("0.1.0", () -> CompletableFuture.completedFuture(reading()));

    /** Everything but a listener on TCP. */
    ApiScene(Path folder) throws IOException {
        GatewayConfig running = switch (ConfigLoader.load(SampleConfig.write(folder))) {
            case LoadResult.Loaded(GatewayConfig loaded, var _) -> loaded;
            case LoadResult.Invalid(var problems) -> fail(problems.toString());
        };
        api = new ApiBench(
                folder,
                diagnosis,
                List.of(
                        new MetricsRoutes(metrics),
                        new RunningConfigRoutes(() -> CompletableFuture.completedFuture(running))));
        config = api.config;
        config.answers(new ConfigAnswer.Done("done", 60));
        config.compares(new ConfigAnswer.Compared(
                ReloadPreview.of(new ConfigDelta(List.of(change())), Map.of()), List.of(problem(Severity.WARNING))));
        api.gateway.happen("something");
    }

    private static ConfigChange change() {
        return new ConfigChange(
                "connections.prod.tunnels[0].psk-file",
                ConfigChange.Kind.CHANGED,
                "",
                "",
                "changed",
                Disturbance.TUNNEL,
                "prod",
                1);
    }

    /** Of a configuration. */
    static Problem problem(Severity severity) {
        return new Problem(severity, new SourceLocation("/etc/t.yaml", 7, 9), "a.b", "unknown key 'b'", "a.c");
    }

    private static MeterReading reading() {
        GatewayStatus sample = SampleStatus.degraded();
        return new MeterReading(
                new GatewayStatus(
                        sample.at(), sample.facts(), sample.startedAt(), List.of(), sample.drops(), sample.reload()),
                Map.of(),
                Map.of());
    }

    /** Logs in wrongly as often as one may. */
    void wasteTries(String body) {
        for (int i = 0; i < ApiAccess.FAILURE_BURST; i++) {
            api.login(body);
        }
    }

    /** Runs a drill that nobody ends. */
    void beginDrill() {
        String request = "POST /v1/drills/run?scenario=blackhole&connection=prod HTTP/1.1\r\nHost: x\r\n\r\n";
        var _ = CompletableFuture.runAsync(() -> HttpExchange.over(api.socket, request));
        Awaitility.await().until(() -> api.gateway.drillFollower() != null);
    }

    /** Runs a drill that ends as soon as somebody else follows it. */
    void endFollowedDrill() {
        api.gateway.takeUpDrill();
        DrillFollower before = api.gateway.drillFollower();
        var _ = CompletableFuture.runAsync(() -> {
            Awaitility.await().until(() -> !Objects.equals(api.gateway.drillFollower(), before));
            api.gateway.finishDrill();
        });
    }

    /** Ends the drill as soon as it has begun. */
    void endDrill() {
        var _ = CompletableFuture.runAsync(() -> {
            Awaitility.await().until(() -> api.gateway.drillFollower() != null);
            api.gateway.finishDrill();
        });
    }

    @Override
    public void close() throws IOException {
        api.close();
        metrics.close();
    }
}

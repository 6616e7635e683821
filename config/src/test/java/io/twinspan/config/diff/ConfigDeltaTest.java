package io.twinspan.config.diff;

import static org.assertj.core.api.Assertions.assertThat;

import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import io.twinspan.config.check.SecretSource;
import io.twinspan.config.diff.ConfigChange.Kind;
import io.twinspan.config.model.ApiConfig;
import io.twinspan.config.model.ConnectionConfig;
import io.twinspan.config.model.DataPlaneConfig;
import io.twinspan.config.model.FailoverConfig;
import io.twinspan.config.model.GatewayConfig;
import io.twinspan.config.model.MetricsConfig;
import io.twinspan.config.model.MtuConfig;
import io.twinspan.config.model.ProbeConfig;
import io.twinspan.config.model.TunnelConfig;
import io.twinspan.crypto.net.IpPrefix;
import io.twinspan.crypto.secret.SecretBytes;
import io.twinspan.crypto.suite.EspProposal;
import io.twinspan.crypto.suite.IkeProposal;
import io.twinspan.crypto.suite.KeyExchangeMethod;
import java.lang.reflect.RecordComponent;
import java.net.InetAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Whatever differs between two configurations is found, with what it disturbs, and no secret is told. */
class ConfigDeltaTest {
    private static final Map<Class<?>, List<? extends Setting<?>>> TABLES = Map.of(
            GatewayConfig.class, List.of(),
            ApiConfig.class, Settings.API,
            MetricsConfig.class, Settings.METRICS,
            DataPlaneConfig.class, Settings.DATA_PLANE,
            ConnectionConfig.class, Settings.CONNECTION_KEYS,
            MtuConfig.class, Settings.MTU,
            FailoverConfig.class, Settings.FAILOVER,
            TunnelConfig.class, Settings.TUNNEL_KEYS,
            ProbeConfig.class, Settings.PROBE);

    private static final String FILE = """
            version: 1
            connections:
              prod:
                local: [10.0.0.0/8]
                remote: [172.31.0.0/16]
                outside: { bind: 192.0.2.7 }
                tunnels:
                  - outside: { remote: 203.0.113.10 }
                    inside: { local: 169.254.10.2/30, remote: 169.254.10.1 }
                    psk-file: one.psk
                  - outside: { remote: 203.0.113.94 }
                    inside: { local: 169.254.11.2/30, remote: 169.254.11.1 }
                    psk-file: two.psk
            """;

    private static final String OTHER = """
              test:
                local: [10.0.0.0/8]
                remote: [172.16.0.0/16]
                outside: { bind: 192.0.2.7 }
                tunnels:
                  - outside: { remote: 203.0.113.20 }
                    inside: { local: 169.254.12.2/30, remote: 169.254.12.1 }
                    psk-file: three.psk
            """;

    @TestFactory
    Stream<DynamicTest> everyComponentOfTheModelIsClassified() {
        return TABLES.entrySet().stream()
                .map(table -> DynamicTest.dynamicTest(table.getKey().getSimpleName(), () -> {
                    Set<String> classified =
                            table.getValue().stream().map(Setting::component).collect(Collectors.toSet());
                    for (RecordComponent component : table.getKey().getRecordComponents()) {
                        String name = table.getKey().getSimpleName() + "." + component.getName();
                        assertThat(classified.contains(component.getName()) || Settings.STRUCTURE.contains(name))
                                .describedAs("%s has a row in Settings", name)
                                .isTrue();
                    }
                }));
    }

    @TestFactory
    Stream<DynamicTest> everyChangedComponentIsFound() {
        return TABLES.keySet().stream()
                .flatMap(type -> Arrays.stream(type.getRecordComponents())
                        .filter(component ->
                                !Settings.STRUCTURE.contains(type.getSimpleName() + "." + component.getName()))
                        .map(component -> DynamicTest.dynamicTest(
                                type.getSimpleName() + "." + component.getName(), () -> isFound(type, component))));
    }

    private static void isFound(Class<?> type, RecordComponent component) throws Exception {
        GatewayConfig before = load(FILE);
        GatewayConfig after = changedConfig(before, type, component.getName());

        ConfigDelta delta = ConfigDelta.between(before, after);

        assertThat(delta.changes()).describedAs("changes").isNotEmpty();
        assertThat(delta.changes()).allSatisfy(change -> {
            assertThat(change.kind()).isEqualTo(Kind.CHANGED);
            assertThat(change.text()).doesNotContain("Secret").isNotBlank();
        });
        assertThat(ConfigDelta.between(after, after).isEmpty()).isTrue();
    }

    @Test
    void secretsShowAsChangedOnly() throws Exception {
        GatewayConfig before = load(FILE);
        GatewayConfig after = changedConfig(before, TunnelConfig.class, "preSharedKey");

        assertThat(ConfigDelta.between(before, after).changes())
                .extracting(ConfigChange::path, ConfigChange::from, ConfigChange::to, ConfigChange::text)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple("connections.prod.tunnels[0].psk-file", "", "", "changed"));
    }

    @Test
    void tellsWhatEachChangeDisturbs() {
        GatewayConfig before = load(FILE);
        GatewayConfig after = load(FILE.replace("10.0.0.0/8", "10.0.0.0/8, 192.168.0.0/16")
                        .replace("outside: { bind", "liveness: { interval: 3s }\n    outside: { bind")
                        .replace("psk-file: two.psk", "psk-file: two.psk\n        ike: { groups: [20, 19] }")
                + OTHER);

        ConfigDelta delta = ConfigDelta.between(before, after);

        assertThat(delta.changes().stream().map(ConfigDeltaTest::line))
                .containsExactly(
                        "~ connections.prod.local +192.168.0.0/16 live",
                        "~ connections.prod.tunnels[0].liveness.interval 10s -> 3s live",
                        "~ connections.prod.tunnels[1].ike.groups +19 tunnel",
                        "~ connections.prod.tunnels[1].liveness.interval 10s -> 3s live",
                        "+ connections.test added connection");
        assertThat(delta.renegotiatingTunnels("prod")).containsExactly(2);
        assertThat(delta.rebuiltConnections()).isEmpty();
        assertThat(delta.connections(Kind.ADDED)).containsExactly("test");
        assertThat(ConfigDelta.between(after, before).connections(Kind.REMOVED)).containsExactly("test");
    }

    @Test
    void aTunnelThatIsGoneRebuildsItsConnection() {
        GatewayConfig before = load(FILE);
        GatewayConfig after = load(FILE.substring(0, FILE.indexOf("      - outside: { remote: 203.0.113.94")));

        ConfigDelta delta = ConfigDelta.between(before, after);

        assertThat(delta.rebuiltConnections()).containsExactly("prod");
        assertThat(delta.renegotiatingTunnels("prod")).isEmpty();
        assertThat(delta.connections(Kind.REMOVED)).isEmpty();
    }

    private static String line(ConfigChange change) {
        return change.kind().mark() + " " + change.path() + " " + change.text() + " "
                + change.disturbs().label();
    }

    private static GatewayConfig load(String text) {
        SecretSource secrets = name -> new SecretSource.Answer.Found(
                SecretBytes.copyOf(("Kq7_w.ZbT4xNc2Vd9LmR8sPhG5yJfA1e" + name.charAt(1) + name.length())
                        .getBytes(StandardCharsets.US_ASCII)),
                "");
        return switch (ConfigLoader.load("f.yaml", text, secrets)) {
            case LoadResult.Loaded(GatewayConfig config, var _) -> config;
            case LoadResult.Invalid(var problems) -> throw new AssertionError(problems + text);
        };
    }

    private static GatewayConfig changedConfig(GatewayConfig config, Class<?> type, String component) throws Exception {
        return (GatewayConfig) Objects.requireNonNull(changed(config, type, component));
    }

    /** The record with one component of one record below it changed: of the first where there are several. */
    private static @Nullable Object changed(@Nullable Object value, Class<?> type, String component) throws Exception {
        if (value instanceof List<?> list && !list.isEmpty() && list.getFirst() instanceof Record) {
            List<@Nullable Object> copy = new ArrayList<>(list);
            copy.set(0, changed(list.getFirst(), type, component));
            return copy;
        }
        if (!(value instanceof Record)) {
            return value;
        }
        RecordComponent[] components = value.getClass().getRecordComponents();
        @Nullable Object[] values = new @Nullable Object[components.length];
        Class<?>[] types = new Class<?>[components.length];
        for (int i = 0; i < components.length; i++) {
            Object old = components[i].getAccessor().invoke(value);
            boolean meant = value.getClass() == type && components[i].getName().equals(component);
            values[i] = meant
                    ? other(old, component)
                    : TABLES.containsKey(value.getClass()) ? changed(old, type, component) : old;
            types[i] = components[i].getType();
        }
        return value.getClass().getDeclaredConstructor(types).newInstance(values);
    }

    private static Object other(@Nullable Object value, String component) throws Exception {
        return switch (value) {
            case null ->
                component.equals("otlp")
                        ? new MetricsConfig.Otlp(URI.create("http://127.0.0.1/"), Duration.ofMinutes(1), null)
                        : new ApiConfig.Listener(InetAddress.getLoopbackAddress(), 8443, List.of(), null, null);
            case ApiConfig.SocketGroups _ -> new ApiConfig.SocketGroups("staff", "", "");
            case Boolean flag -> !flag;
            case Integer number -> number + 1;
            case Double number -> number / 2;
            case String text -> text + "x";
            case Duration duration -> duration.plusSeconds(7);
            case InetAddress _ -> InetAddress.getByName("198.51.100.77");
            case SecretBytes _ -> SecretBytes.copyOf(new byte[] {1, 2, 3});
            case DataPlaneConfig.Pacing _ -> DataPlaneConfig.Pacing.AWS;
            case TunnelConfig.BindAddress _ -> new TunnelConfig.BindAddress.OfRouteToPeer();
            case Enum<?> constant -> {
                List<?> all = List.of(constant.getDeclaringClass().getEnumConstants());
                yield all.get((all.indexOf(constant) + 1) % all.size());
            }
            case List<?> list when list.getFirst() instanceof IpPrefix -> List.of(IpPrefix.parse("10.99.0.0/16"));
            case List<?> list
            when list.getFirst() instanceof InetAddress -> List.of(InetAddress.getByName("198.51.100.77"));
            case List<?> list
            when list.getFirst() instanceof IkeProposal(var encryption, var integrity, var prf, var _) ->
                List.of(new IkeProposal(encryption, integrity, prf, List.of(KeyExchangeMethod.ECP_256)));
            case List<?> list
            when list.getFirst() instanceof EspProposal(var encryption, var integrity, var _, var esn) ->
                List.of(new EspProposal(encryption, integrity, List.of(KeyExchangeMethod.ECP_256), esn));
            default -> throw new AssertionError("no other value for " + value.getClass());
        };
    }
}

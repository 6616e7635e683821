package io.twinspan.benchmarks.gateway;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class PairPlanTest {
    @TempDir
    private Path folder;

    @Test
    void bothConfigurationsOfAHundredConnectionsLoad() {
        PairPlan plan = new PairPlan(100, "auto");
        plan.writeKeys(folder);

        assertThat(plan.tunnels()).isEqualTo(200);
        assertThat(load(plan.configurationA())).isInstanceOf(LoadResult.Loaded.class);
        assertThat(load(plan.configurationB())).isInstanceOf(LoadResult.Loaded.class);
    }

    @Test
    void gatewayBHasAnAddressForEachTunnel() {
        PairPlan plan = new PairPlan(PairPlan.MAX_CONNECTIONS, "auto");

        assertThat(plan.outsideB())
                .hasSize(500)
                .doesNotHaveDuplicates()
                .doesNotContain(PairPlan.OUTSIDE_A)
                .allSatisfy(address -> assertThat(plan.configurationA()).contains("remote: " + address + "}"));
    }

    @Test
    void moreConnectionsThanThereAreAddressesForAreRefused() {
        assertThatThrownBy(() -> new PairPlan(251, "auto")).hasMessageContaining("251");
        assertThatThrownBy(() -> new PairPlan(0, "auto")).isInstanceOf(IllegalArgumentException.class);
    }

    private LoadResult load(String yaml) {
        return ConfigLoader.load(TextFiles.write(folder.resolve("gateway.yaml"), yaml));
    }
}

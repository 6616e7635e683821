package io.twinspan.benchmarks.scale;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.benchmarks.throughput.TextFiles;
import io.twinspan.config.ConfigLoader;
import io.twinspan.config.LoadResult;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ScalePlanTest {
    @TempDir
    private Path folder;

    @Test
    void bothConfigurationsOfAHundredConnectionsLoad() {
        ScalePlan plan = new ScalePlan(100);
        plan.writeKeys(folder);

        assertThat(plan.tunnels()).isEqualTo(200);
        assertThat(load(plan.configurationA())).isInstanceOf(LoadResult.Loaded.class);
        assertThat(load(plan.configurationB())).isInstanceOf(LoadResult.Loaded.class);
    }

    @Test
    void gatewayBHasAnAddressForEachTunnel() {
        ScalePlan plan = new ScalePlan(ScalePlan.MAX_CONNECTIONS);

        assertThat(plan.outsideB())
                .hasSize(500)
                .doesNotHaveDuplicates()
                .doesNotContain(ScalePlan.OUTSIDE_A)
                .allSatisfy(address -> assertThat(plan.configurationA()).contains("remote: " + address + "}"));
    }

    @Test
    void moreConnectionsThanThereAreAddressesForAreRefused() {
        assertThatThrownBy(() -> new ScalePlan(251)).hasMessageContaining("251");
        assertThatThrownBy(() -> new ScalePlan(0)).isInstanceOf(IllegalArgumentException.class);
    }

    private LoadResult load(String yaml) {
        return ConfigLoader.load(TextFiles.write(folder.resolve("gateway.yaml"), yaml));
    }
}

package io.twinspan.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.twinspan.crypto.suite.EspSuite;
import org.junit.jupiter.api.Test;

final class SaFixtureTest {
    @Test
    void everySuiteIsFoundByItsLabel() {
        assertThat(SaFixture.suites())
                .isNotEmpty()
                .allSatisfy(suite -> assertThat(SaFixture.suite(suite.label())).isEqualTo(suite));
    }

    @Test
    void labelsAreUnique() {
        assertThat(SaFixture.suites().stream().map(EspSuite::label)).doesNotHaveDuplicates();
    }

    @Test
    void unknownLabelIsRefusedWithTheListOfThoseThatExist() {
        assertThatThrownBy(() -> SaFixture.suite("rot13")).hasMessageContaining("aes-gcm-16-128");
    }
}

package io.twinspan.daemon.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import tools.jackson.databind.json.JsonMapper;

/** The YAML form is the JSON form in other words: a YAML reader finds the same value in it. */
final class YamlTextTest {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    @Test
    void looksAsPeopleWriteIt() {
        assertThat(YamlText.of("""
                        {"schema":"twinspan.status/1","time":null,"n":-12,"list":[1,[2,3],{"a":true,"b":{"c":"x"}},{}],
                        "none":{},"empty":[],"on":"1","a b":"\\u001b[31m"}
                        """)).isEqualTo("""
                        schema: "twinspan.status/1"
                        time: null
                        "n": -12
                        list:
                          - 1
                          -\s
                            - 2
                            - 3
                          - a: true
                            b:
                              c: "x"
                          - {}
                        none: {}
                        empty: []
                        "on": "1"
                        "a b": "\\u001b[31m"
                        """);
    }

    @Property(tries = 300)
    void saysTheSameAsTheJson(@ForAll("values") Object value) {
        String json = JSON.writeValueAsString(value);
        Object read = new Load(LoadSettings.builder().build()).loadFromString(YamlText.of(json));
        assertThat(JSON.writeValueAsString(read)).isEqualTo(json);
    }

    @Provide
    Arbitrary<Object> values() {
        Arbitrary<String> texts = Arbitraries.strings()
                .withChars("aZ09 :#-\"\\/\n\t\u0000\u001b'[]{},&*!|>%@`é\u2028")
                .ofMaxLength(12)
                .map(text -> text + (text.length() % 3 == 0 ? "\uD83D\uDE00" : ""));
        Arbitrary<Object> scalars = Arbitraries.oneOf(
                texts.map(Object.class::cast),
                Arbitraries.longs().map(Object.class::cast),
                Arbitraries.of(true, false).map(Object.class::cast),
                Arbitraries.just("").map(Object.class::cast));
        return Arbitraries.lazyOf(
                () -> scalars, () -> scalars, () -> lists(scalars), () -> maps(texts, values()), () -> lists(values()));
    }

    private static Arbitrary<Object> lists(Arbitrary<Object> values) {
        return values.list().ofMaxSize(3).map(List::copyOf).map(Object.class::cast);
    }

    private static Arbitrary<Object> maps(Arbitrary<String> names, Arbitrary<Object> values) {
        return Arbitraries.maps(names, values).ofMaxSize(3).map(Map.class::cast).map(Object.class::cast);
    }
}

package io.twinspan.daemon.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The daemon's part of a support bundle, out of {@code twinspan.bundle/1}. */
final class BundleAnswer {
    private BundleAnswer() {}

    /** Texts by file name; names that would leave the folder are passed over. */
    static Map<String, String> texts(String json) {
        Map<String, String> texts = new LinkedHashMap<>();
        JsonNode node = JsonMapper.shared().readTree(json).path("texts");
        for (Map.Entry<String, JsonNode> entry : node.properties()) {
            if (entry.getKey().matches("[a-z0-9-]+\\.(txt|json)")) {
                texts.put(entry.getKey(), entry.getValue().asString());
            }
        }
        return texts;
    }
}

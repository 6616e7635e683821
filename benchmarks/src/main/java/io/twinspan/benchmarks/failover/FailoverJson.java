package io.twinspan.benchmarks.failover;

import io.twinspan.benchmarks.throughput.Machine;
import java.util.List;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/** Every run as it was, for whoever wants other statistics. */
final class FailoverJson {
    private FailoverJson() {}

    static String of(Machine machine, boolean reliable, List<Campaign> campaigns) {
        ObjectNode root = JsonMapper.shared().createObjectNode();
        root.put("schema", "twinspan.benchmark.failover/1");
        root.put("machine", machine.toString());
        root.put("reliable", reliable);
        var runs = root.putArray("runs");
        for (Campaign campaign : campaigns) {
            for (RunResult run : campaign.runs()) {
                ObjectNode node = runs.addObject();
                node.put("gateway", campaign.gateway());
                node.put("awsSide", campaign.endpoints());
                node.put("scenario", run.scenario().word());
                node.put("run", run.number());
                node.put("tunnel", run.tunnel());
                node.put("start", run.story().start().toString());
                node.put("disturbed", run.disturbed());
                write(node.putObject("outbound"), run.outbound());
                write(node.putObject("inbound"), run.inbound());
                node.put("inboundAwaited", run.inboundAwaited());
                run.story().events().forEach(node.withArray("events")::add);
            }
        }
        return root.toPrettyString() + "\n";
    }

    private static void write(ObjectNode node, FlowWindow window) {
        node.put("sent", window.sent());
        node.put("lost", window.lost());
        node.put("duplicated", window.duplicated());
        node.put("reordered", window.reordered());
        node.put("outageMillis", window.outageMillis());
        node.put("cameBack", !window.open());
        node.put("longestSendingGapMillis", window.pacingMillis());
    }
}

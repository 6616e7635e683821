package io.twinspan.benchmarks.throughput;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * What an iperf3 client says of one TCP run.
 *
 * @param octets received by the other end
 * @param seconds over which they were received
 * @param retransmits counted by the sender
 */
record IperfResult(long octets, double seconds, long retransmits) {
    private static final double BITS_PER_OCTET = 8;
    private static final double MEGA = 1e6;
    private static final double GIBI = 1L << 30;
    private static final JsonMapper JSON = new JsonMapper();

    /**
     * Reads the output of {@code iperf3 --json}.
     *
     * @throws BenchException where it is an error message or no such output
     */
    static IperfResult parse(String output) {
        try {
            JsonNode root = JSON.readTree(output);
            if (root.has("error")) {
                throw new BenchException("iperf3: " + root.get("error").asString());
            }
            JsonNode received = root.path("end").path("sum_received");
            if (!received.has("bytes") || !received.has("seconds")) {
                throw new BenchException("iperf3 gave no sum of what was received");
            }
            return new IperfResult(
                    received.get("bytes").asLong(),
                    received.get("seconds").asDouble(),
                    root.path("end").path("sum_sent").path("retransmits").asLong(0));
        } catch (JacksonException e) {
            throw new BenchException("iperf3 gave no JSON: " + e.getOriginalMessage());
        }
    }

    double megabitsPerSecond() {
        return octets * BITS_PER_OCTET / seconds / MEGA;
    }

    double gibibytes() {
        return octets / GIBI;
    }
}

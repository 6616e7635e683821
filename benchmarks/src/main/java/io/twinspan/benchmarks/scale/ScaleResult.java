package io.twinspan.benchmarks.scale;

/**
 * What one number of connections cost.
 *
 * @param startSeconds from the start of gateway A's process until its last tunnel was up, B being up already
 * @param idle both gateways with all tunnels up and no traffic
 * @param one one connection carries all the traffic
 * @param all every connection carries its share
 * @param residentA memory of gateway A after the load, in MiB
 * @param residentB memory of gateway B
 * @param liveHeapA what is left of A's heap after a full collection, in MiB
 * @param liveHeapB of B's
 */
record ScaleResult(
        int connections,
        double startSeconds,
        Idle idle,
        Load one,
        Load all,
        double residentA,
        double residentB,
        double liveHeapA,
        double liveHeapB) {
    /**
     * At rest.
     *
     * @param cpuPercentA of one core
     * @param residentA MiB
     */
    record Idle(double cpuPercentA, double cpuPercentB, double residentA, double residentB) {}

    /**
     * Under load.
     *
     * @param packets that came out of the tunnels
     * @param sent by the hosts
     * @param cpuSecondsA of the gateway that seals
     * @param cpuSecondsB of the gateway that opens
     */
    record Load(long packets, long sent, double cpuSecondsA, double cpuSecondsB) {
        private static final double MILLION = 1e6;

        double secondsPerMillionA() {
            return cpuSecondsA * MILLION / packets;
        }

        double secondsPerMillionB() {
            return cpuSecondsB * MILLION / packets;
        }

        double lostPercent() {
            return 100.0 * (sent - packets) / sent;
        }
    }
}

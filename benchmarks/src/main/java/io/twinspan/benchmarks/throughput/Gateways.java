package io.twinspan.benchmarks.throughput;

import java.nio.file.Path;

/** A gateway program with one set of settings, for both sides. */
interface Gateways {
    /** A sentence that says what is missing on this machine and how to get it; empty where it can be started. */
    String missing();

    /** What exactly would be started. */
    String version();

    /**
     * Starts the gateways in a fresh topology and returns at once; packets may pass only later.
     *
     * @param pair where every process goes as soon as it runs
     * @param folder for files of this start
     */
    void start(BenchTopology topology, GatewayPair pair, Path folder);

    /** What a start that used this folder said of itself and readers of figures should know; empty for nothing. */
    default String remark(Path folder) {
        return "";
    }
}

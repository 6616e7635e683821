package io.twinspan.daemon.lab;

/** Who plays AWS in the lab: two endpoints and a way to the VPC host. */
interface AwsSide extends AutoCloseable {
    /** For the summary, for example {@code strongSwan 5.9.8}. */
    String description();

    /** The lab has cut one endpoint off: AWS moves its own traffic when its own detection says so. */
    void endpointLost(int tunnel);

    @Override
    void close();
}

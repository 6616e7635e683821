package io.twinspan.crypto.esp;

import io.twinspan.crypto.suite.EspSuite;
import java.net.InetAddress;

/**
 * What opens the packets of one SA, for somebody who reads a capture.
 *
 * @param spi in its packets
 * @param suite algorithms
 * @param keys copies, the receiver's to destroy
 * @param source outside address of who sends
 * @param destination outside address of who opens
 */
public record EspSaKeys(int spi, EspSuite suite, EspKeys keys, InetAddress source, InetAddress destination) {}

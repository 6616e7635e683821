/**
 * Packet ciphers of Intel's Multi-Buffer Crypto for IPsec, where that library is installed ({@code libipsec-mb1} or
 * {@code libipsec-mb2}), called through the foreign-function API.
 *
 * <p>Only the flat exported functions for AES-GCM are bound. The library's manager is left alone for two reasons. Its
 * automatic choice takes the wide vector instructions only where the processor has some that AES-GCM never uses, and so
 * runs at half speed on a whole generation of processors. And the layout of its jobs is not the same in every version.
 *
 * <p>This is the one package of this module that touches native memory, and {@link CpuFlags} the one class that reads a
 * file: what a processor can do is a fact of the host that no caller should be able to get wrong, since a wrong
 * instruction ends the process. Everything else about the module's purity holds: no clock, no threads, no sockets.
 */
@NullMarked
package io.twinspan.crypto.ipsecmb;

import org.jspecify.annotations.NullMarked;

/**
 * Interoperation with a peer that nobody here wrote: the real gateway against strongSwan with userspace ESP, in private
 * network namespaces. Every run is captured on the outside; {@link io.twinspan.daemon.interop.CaptureJudge} then finds no
 * plaintext of protected networks and no packet that Wireshark calls malformed.
 *
 * <p>Run by failsafe in {@code ./mvnw verify}. Where root, strongSwan, tshark or libpcap are missing, the tests are skipped
 * with the reason, and fail where the environment says {@code CI=true}.
 */
@NullMarked
package io.twinspan.daemon.interop;

import org.jspecify.annotations.NullMarked;

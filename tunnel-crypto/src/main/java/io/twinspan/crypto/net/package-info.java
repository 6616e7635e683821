/**
 * Network value types: prefixes, endpoints, traffic selectors. No lookups, no sockets.
 */
@NullMarked
package io.twinspan.crypto.net;

import org.jspecify.annotations.NullMarked;

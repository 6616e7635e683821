/**
 * The control API: HTTP/1.1 on a Unix socket. Runs on the admin loop, owns no gateway state, and asks the control loop for
 * everything.
 *
 * <p>Who may talk is decided twice: by the mode of the socket file, and by the credentials that the kernel reports of the
 * peer. Requests are small and bounded in every direction; rubbish is answered with 400 and the connection ends. Answers
 * come as JSON, whose members are described in docs/api.md, or as text for terminals, so that the command line needs no
 * parser.
 */
@NullMarked
package io.twinspan.daemon.http;

import org.jspecify.annotations.NullMarked;

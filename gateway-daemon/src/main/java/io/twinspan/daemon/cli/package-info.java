/**
 * The command line. Commands about a running gateway talk to its API over the Unix socket and to nothing else; commands
 * about configuration files use the configuration module and need no daemon.
 *
 * <p>Answers go to standard output, talk goes to standard error. Output is plain where it is not a terminal or where {@code
 * NO_COLOR} is set. Start-up time matters more than anything here: no Netty, no logging framework, no JSON parser.
 */
@NullMarked
package io.twinspan.daemon.cli;

import org.jspecify.annotations.NullMarked;

/**
 * Keeps the reports of drills: the last few in memory, and where the daemon has a state folder, the newest two hundred as files.
 * Callers never wait: files are written and read on a thread of the archive's own.
 */
@NullMarked
package io.twinspan.daemon.archive;

import org.jspecify.annotations.NullMarked;

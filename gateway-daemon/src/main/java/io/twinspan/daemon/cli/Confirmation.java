package io.twinspan.daemon.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;

/** A question to somebody at the terminal, answered by yes or by anything else. */
final class Confirmation {
    private static final long POLL_MILLIS = 100;

    private Confirmation() {}

    /** What came back. */
    enum Answer {
        YES,
        NO,
        /** Nothing in time. */
        SILENCE
    }

    /** Asks and waits for as long as it takes. */
    static boolean yes(PrintWriter out, String question) {
        return yesWithin(out, question, Duration.ofDays(1)) == Answer.YES;
    }

    /** Asks and waits for some time. */
    static Answer yesWithin(PrintWriter out, String question, Duration time) {
        out.print(question + " [y/N] ");
        out.flush();
        long end = System.nanoTime() + time.toNanos();
        try {
            while (System.in.available() == 0) {
                if (System.nanoTime() - end >= 0) {
                    out.println();
                    out.flush();
                    return Answer.SILENCE;
                }
                Thread.sleep(POLL_MILLIS);
            }
            return readLine().strip().toLowerCase(Locale.ROOT).matches("y|yes") ? Answer.YES : Answer.NO;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Answer.NO;
        } catch (IOException e) {
            return Answer.NO;
        }
    }

    private static String readLine() throws IOException {
        StringBuilder line = new StringBuilder();
        for (int octet = System.in.read(); octet >= 0 && octet != '\n'; octet = System.in.read()) {
            line.append((char) octet);
        }
        return line.toString();
    }
}

package io.twinspan.config;

import io.twinspan.config.source.Problem;
import io.twinspan.config.source.Severity;
import java.util.List;

/** The text form of a problem list, which editors and people both read. */
public final class ProblemPrinter {
    private ProblemPrinter() {}

    /**
     * One line for each problem, {@code file:line:column  error  path: message, hint}, places and severities aligned; and the
     * {@link #summary} as last line.
     */
    public static List<String> lines(List<Problem> problems) {
        int width = problems.stream()
                .mapToInt(problem -> problem.at().toString().length())
                .max()
                .orElse(0);
        List<String> lines = new java.util.ArrayList<>(
                problems.stream().map(problem -> line(problem, width)).toList());
        lines.add(summary(problems));
        return lines;
    }

    /** One problem on one line. */
    public static String line(Problem problem) {
        return line(problem, problem.at().toString().length());
    }

    /** {@code 2 errors, 1 warning   (exit 6)}, or {@code no problems}. */
    public static String summary(List<Problem> problems) {
        long errors = count(problems, Severity.ERROR);
        long warnings = count(problems, Severity.WARNING);
        if (errors == 0 && warnings == 0) {
            return "no problems";
        }
        String counts = errors
                + (errors == 1 ? " error, " : " errors, ")
                + warnings
                + (warnings == 1 ? " warning" : " warnings");
        return errors == 0 ? counts : counts + "   (exit 6)";
    }

    private static String line(Problem problem, int width) {
        String place = problem.at().toString();
        String path = problem.path().isEmpty() ? "" : problem.path() + ": ";
        String severity = problem.severity().label();
        String gap = " ".repeat(Severity.ERROR.label().length() - severity.length() + 2);
        return place + " ".repeat(width - place.length() + 2) + severity + gap + path + problem.sentence();
    }

    private static long count(List<Problem> problems, Severity severity) {
        return problems.stream()
                .filter(problem -> problem.severity() == severity)
                .count();
    }
}

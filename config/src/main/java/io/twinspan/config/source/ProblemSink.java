package io.twinspan.config.source;

import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Collects the problems of one file; not for use from two threads. Bounded: beyond the limit only the fact is kept. */
public final class ProblemSink {
    /** More problems than this help nobody. */
    public static final int MAX_PROBLEMS = 200;

    private static final int MAX_ERRORS_LISTED = MAX_PROBLEMS / 2;
    private static final Comparator<Problem> BY_PLACE = Comparator.comparing(
                    (Problem problem) -> problem.at().file())
            .thenComparingInt(problem -> problem.at().line())
            .thenComparingInt(problem -> problem.at().column());

    private final Set<Problem> problems = new LinkedHashSet<>();
    private int errors;

    /** Adds an error without a hint. */
    public void error(SourceLocation at, String path, String message) {
        error(at, path, message, "");
    }

    /** Adds an error; what both tunnels inherit from one place is listed once. */
    public void error(SourceLocation at, String path, String message, String hint) {
        Problem problem = new Problem(Severity.ERROR, at, path, message, hint);
        if (problems.contains(problem)) {
            return;
        }
        errors++;
        if (errors <= MAX_ERRORS_LISTED) {
            problems.add(problem);
        } else if (errors == MAX_ERRORS_LISTED + 1) {
            problems.add(new Problem(Severity.ERROR, at, path, "more errors follow, which are not listed", ""));
        }
    }

    /** Adds a warning. */
    public void warn(SourceLocation at, String path, String message, String hint) {
        if (problems.size() < MAX_PROBLEMS) {
            problems.add(new Problem(Severity.WARNING, at, path, message, hint));
        }
    }

    /** True where at least one error was added. */
    public boolean hasErrors() {
        return errors > 0;
    }

    /** Number of errors added so far, to see whether a step added any. */
    public int errorCount() {
        return errors;
    }

    /** All problems in order of their place. */
    public List<Problem> inOrder() {
        return problems.stream().sorted(BY_PLACE).toList();
    }
}

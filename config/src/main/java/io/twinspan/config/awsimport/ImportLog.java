package io.twinspan.config.awsimport;

import io.twinspan.config.source.Severity;
import java.util.ArrayList;
import java.util.List;

/** Collects provenance, gaps and findings of one import. */
final class ImportLog {
    private final List<Provenance> provenance = new ArrayList<>();
    private final List<Missing> missing = new ArrayList<>();
    private final List<Finding> findings = new ArrayList<>();

    void from(String path, String value, String origin) {
        provenance.add(new Provenance(path, value, origin));
    }

    void missing(String path, String what) {
        missing.add(new Missing(path, what));
    }

    void error(String message) {
        findings.add(new Finding(Severity.ERROR, message));
    }

    void warn(String message) {
        Finding finding = new Finding(Severity.WARNING, message);
        if (!findings.contains(finding)) {
            findings.add(finding);
        }
    }

    boolean isMissing(String path) {
        return missing.stream().anyMatch(gap -> gap.path().equals(path));
    }

    boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }

    ImportResult result(ImportedFiles files) {
        return new ImportResult(hasErrors() ? ImportedFiles.NONE : files, provenance, missing, findings);
    }
}

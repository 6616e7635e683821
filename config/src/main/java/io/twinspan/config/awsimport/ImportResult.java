package io.twinspan.config.awsimport;

import io.twinspan.config.source.Severity;
import java.util.List;

/**
 * What came of an import.
 *
 * @param files what to write; empty where a finding is an error
 * @param provenance every value written and where it came from, in the order of the file
 * @param missing what has to be added before the configuration loads
 * @param findings errors and warnings about the document
 */
public record ImportResult(
        ImportedFiles files, List<Provenance> provenance, List<Missing> missing, List<Finding> findings) {
    public ImportResult {
        provenance = List.copyOf(provenance);
        missing = List.copyOf(missing);
        findings = List.copyOf(findings);
    }

    /** True where the files are there and load as they are. */
    public boolean isComplete() {
        return !files.files().isEmpty() && missing.isEmpty() && !hasErrors();
    }

    /** True where nothing could be made of the document. */
    public boolean hasErrors() {
        return findings.stream().anyMatch(finding -> finding.severity() == Severity.ERROR);
    }
}

package io.twinspan.config.awsimport;

/** An import's result as text for comparison. */
final class ImportText {
    private ImportText() {}

    static String of(ImportResult result) {
        StringBuilder text = new StringBuilder();
        text.append(result.isComplete() ? "COMPLETE\n" : result.hasErrors() ? "FAILED\n" : "INCOMPLETE\n");
        result.findings()
                .forEach(finding -> text.append(finding.severity().label())
                        .append("  ")
                        .append(finding.message())
                        .append('\n'));
        result.missing()
                .forEach(missing -> text.append("missing  ")
                        .append(missing.path())
                        .append(": ")
                        .append(missing.what())
                        .append('\n'));
        for (ImportedFile file : result.files().files()) {
            text.append("\n---- ").append(file.path()).append('\n').append(content(file));
        }
        text.append("\n---- origins\n");
        result.provenance()
                .forEach(from -> text.append(from.path())
                        .append(" = ")
                        .append(from.value())
                        .append("   <- ")
                        .append(from.origin())
                        .append('\n'));
        return text.toString();
    }

    private static String content(ImportedFile file) {
        return switch (file) {
            case ImportedFile.Text text -> text.text();
            case ImportedFile.Key key -> key.key() + "\n";
        };
    }
}

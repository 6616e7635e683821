package io.twinspan.daemon.lab;

import io.twinspan.config.awsimport.AwsImporter;
import io.twinspan.config.awsimport.ImportOptions;
import io.twinspan.config.awsimport.ImportResult;
import io.twinspan.config.awsimport.ImportedFiles.WriteResult;
import io.twinspan.crypto.net.IpPrefix;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The way of a user: AWS's file through the importer to a configuration file of a daemon. */
final class LabImport {
    private LabImport() {}

    /**
     * Writes the AWS file into the folder, and imports it there.
     *
     * @return the configuration file
     */
    static Path run(AwsConnectionFile connection, Path folder) {
        ImportOptions options = ImportOptions.none()
                .withConnectionName("lab")
                .withNetworks(List.of(), List.of(IpPrefix.parse(LabTopology.VPC_PREFIX)));
        String json = connection.json();
        LabFiles.write(folder.resolve("vpn.json"), json);
        ImportResult result = AwsImporter.run(json.getBytes(StandardCharsets.UTF_8), options);
        if (!result.isComplete()) {
            throw new LabException("the lab's AWS file does not import, which is a bug: " + result.findings(), null);
        }
        Path target = folder.resolve("gateway");
        if (!(result.files().write(target, false) instanceof WriteResult.Written)) {
            throw new LabException("the lab's configuration cannot be written to " + target, null);
        }
        String yaml = result.files().yaml().orElseThrow();
        return LabFiles.write(target.resolve("twinspan.yaml"), quickened(yaml));
    }

    /** The imported configuration with the lab's quicker liveness and hold-down; nothing else is touched. */
    private static String quickened(String yaml) {
        String quick = replaced(yaml, "      interval: 10s\n", "      interval: " + LabFiles.LIVENESS_INTERVAL + "\n");
        quick = replaced(quick, "      timeout: 30s\n", "      timeout: " + LabFiles.LIVENESS_TIMEOUT + "\n");
        return replaced(quick, "    liveness:\n", "    hold-down: " + LabFiles.HOLD_DOWN + "\n    liveness:\n");
    }

    private static String replaced(String yaml, String old, String line) {
        if (!yaml.contains(old)) {
            throw new LabException("the imported configuration has no '" + old.strip() + "', which is a bug", null);
        }
        return yaml.replace(old, line);
    }
}

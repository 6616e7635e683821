package io.twinspan.daemon.cli;

import io.twinspan.config.awsimport.AwsImporter;
import io.twinspan.config.awsimport.Finding;
import io.twinspan.config.awsimport.ImportOptions;
import io.twinspan.config.awsimport.ImportResult;
import io.twinspan.config.awsimport.ImportedFiles.WriteResult;
import io.twinspan.config.awsimport.Missing;
import io.twinspan.config.awsimport.Provenance;
import io.twinspan.crypto.net.IpPrefix;
import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.TypeConversionException;

/** {@code twinspan import aws}. */
@Command(
        name = "aws",
        description = {
            "Reads the CustomerGatewayConfiguration XML, or the JSON of describe-vpn-connections, and writes twinspan.yaml"
                    + " and one secret file for each pre-shared key. Prints where each value came from.",
            "Exits with 6 where something is missing that the file does not say and no option gave."
        },
        footer = {
            "",
            "Examples:",
            "  twinspan import aws vpn-0123.xml --to /etc/twinspan --local 10.0.0.0/16 --remote 172.31.0.0/16",
            "  aws ec2 describe-vpn-connections | twinspan import aws - --to /etc/twinspan --local 10.0.0.0/16"
        })
final class ImportAwsCommand extends OfflineCommand {
    @Parameters(paramLabel = "FILE", description = "The file from AWS; - reads standard input.")
    private String file = "";

    @Option(names = "--to", required = true, paramLabel = "DIR", description = "Folder to write into.")
    private Path folder = Path.of("");

    @Option(
            names = "--local",
            paramLabel = "PREFIX",
            converter = PrefixConverter.class,
            description = "An on-prem network; repeatable.")
    private List<IpPrefix> local = new ArrayList<>();

    @Option(
            names = "--remote",
            paramLabel = "PREFIX",
            converter = PrefixConverter.class,
            description = "An AWS network; repeatable.")
    private List<IpPrefix> remote = new ArrayList<>();

    @Option(
            names = "--bind",
            paramLabel = "ADDRESS",
            defaultValue = "",
            description = "Outside address to send from (default: the one the route to AWS uses).")
    private String bind = "";

    @Option(
            names = "--name",
            paramLabel = "NAME",
            defaultValue = "",
            description = "Name of the connection (default: its Name tag, else its id).")
    private String name = "";

    @Option(
            names = "--vpn",
            paramLabel = "ID",
            defaultValue = "",
            description = "Which connection, where the JSON holds several.")
    private String vpnId = "";

    @Option(names = "--force", description = "Overwrite files that exist.")
    private boolean force;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        ImportResult result = AwsImporter.run(read(), new ImportOptions(name, local, remote, bind, vpnId));
        report(result);
        if (result.hasErrors()) {
            throw new CommandFailure(ExitCode.CONFIG_INVALID, "nothing was written", "");
        }
        written(result.files().write(folder, force));
        return result.isComplete() ? ExitCode.OK : incomplete(result.missing());
    }

    private void report(ImportResult result) {
        PrintWriter out = spec.commandLine().getOut();
        int pathWidth =
                widest(result.provenance().stream().map(Provenance::path).toList());
        int valueWidth =
                widest(result.provenance().stream().map(Provenance::value).toList());
        for (Provenance line : result.provenance()) {
            out.println((pad(line.path(), pathWidth) + "  " + pad(line.value(), valueWidth) + "  " + line.origin())
                    .stripTrailing());
        }
        out.flush();
        PrintWriter err = spec.commandLine().getErr();
        for (Finding finding : result.findings()) {
            err.println(finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.message());
        }
        err.flush();
    }

    private void written(WriteResult result) {
        switch (result) {
            case WriteResult.Written(List<Path> paths) ->
                paths.forEach(path -> spec.commandLine().getOut().println("wrote " + path));
            case WriteResult.Refused(List<Path> existing) ->
                throw new CommandFailure(
                        ExitCode.FAILED,
                        "nothing was written: "
                                + existing.stream().map(Path::toString).collect(Collectors.joining(", "))
                                + (existing.size() == 1 ? " exists" : " exist"),
                        "--force overwrites, or choose another folder with --to");
            case WriteResult.Failed(Path path, String reason) ->
                throw new CommandFailure(ExitCode.FAILED, "cannot write " + path + ": " + reason, "");
        }
    }

    private int incomplete(List<Missing> missing) {
        PrintWriter err = spec.commandLine().getErr();
        missing.forEach(line -> err.println("missing: " + line.path() + ": " + line.what()));
        err.println("twinspan: the configuration does not load before this is added");
        err.flush();
        return ExitCode.CONFIG_INVALID;
    }

    private byte[] read() {
        try (InputStream in = file.equals("-") ? System.in : Files.newInputStream(Path.of(file))) {
            return in.readNBytes(AwsImporter.MAX_OCTETS + 1);
        } catch (IOException e) {
            throw new CommandFailure(ExitCode.FAILED, "cannot read " + file + ": " + FileTrouble.of(e), "");
        }
    }

    private static int widest(List<String> texts) {
        return texts.stream().mapToInt(String::length).max().orElse(0);
    }

    private static String pad(String text, int width) {
        return text + " ".repeat(width - text.length());
    }

    /** For picocli. */
    static final class PrefixConverter implements ITypeConverter<IpPrefix> {
        @Override
        public IpPrefix convert(String text) {
            try {
                return IpPrefix.parse(text);
            } catch (IllegalArgumentException e) {
                throw new TypeConversionException(String.valueOf(e.getMessage()));
            }
        }
    }
}

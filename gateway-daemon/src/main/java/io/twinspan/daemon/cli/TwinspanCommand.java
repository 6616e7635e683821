package io.twinspan.daemon.cli;

import java.io.PrintWriter;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.UsageMessageSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** The root of all commands. */
@Command(
        name = "twinspan",
        description = "Userspace IPsec gateway for AWS Site-to-Site VPN: two tunnels, one connection.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {
            StatusCommand.class,
            SasCommand.class,
            EventsCommand.class,
            UpCommand.class,
            DownCommand.class,
            SwitchCommand.class,
            RekeyCommand.class,
            DrillCommand.class,
            MtuCommand.class,
            DashboardCommand.class,
            TokenCommand.class,
            PingCommand.class,
            TraceCommand.class,
            RoutesCommand.class,
            DoctorCommand.class,
            ExplainCommand.class,
            CaptureCommand.class,
            LogsCommand.class,
            DiagCommand.class,
            ImportCommand.class,
            ConfigCommand.class,
            FollowCommand.class,
            WaitCommand.class,
            CheckCommand.class,
            TopCommand.class,
            CompletionCommand.class,
            HelpCommand.class,
            VersionCommand.class
        },
        footer = {
            "",
            "Examples:",
            "  twinspan import aws vpn-0123.xml --to /etc/twinspan --local 10.0.0.0/16 --remote 172.31.0.0/16",
            "  twinspan run --config /etc/twinspan/twinspan.yaml",
            "  twinspan status"
        })
public final class TwinspanCommand {
    private static final Map<String, String> EXIT_CODES = exitCodes();

    private TwinspanCommand() {}

    private static Map<String, String> exitCodes() {
        Map<String, String> codes = new LinkedHashMap<>();
        ExitCode.meanings().forEach(meaning -> codes.put(Integer.toString(codes.size()), meaning));
        return Collections.unmodifiableMap(codes);
    }

    /** The command line with every command of this package; others may be added. */
    public static CommandLine create() {
        return configured(new CommandLine(new TwinspanCommand()));
    }

    /**
     * The command line for these arguments: with one command where the first names one that needs nothing of the others,
     * else with every command of this package.
     */
    public static Optional<CommandLine> createFor(String... arguments) {
        // These two describe all commands.
        return arguments.length == 0 || arguments[0].equals("completion") || arguments[0].equals("help")
                ? Optional.empty()
                : OneCommand.named(arguments[0]).map(TwinspanCommand::configured);
    }

    /** The command line with one command, of whatever package. */
    public static CommandLine createFor(String name, Object command) {
        return configured(OneCommand.with(name, command));
    }

    private static CommandLine configured(CommandLine line) {
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setUsageHelpAutoWidth(true);
        addHelp(line);
        return line;
    }

    /** Adds {@code --help} and {@code --version} to a command and all below it. */
    public static void addHelp(CommandLine line) {
        line.getCommandSpec().mixinStandardHelpOptions(true).version("twinspan " + VersionCommand.version());
        UsageMessageSpec usage = line.getCommandSpec().usageMessage();
        if (usage.exitCodeList().isEmpty()) {
            usage.exitCodeListHeading("%nExit codes:%n").exitCodeList(EXIT_CODES);
        }
        line.getSubcommands().values().forEach(TwinspanCommand::addHelp);
    }

    /** What is wrong, and where to read on: a whole page of usage would push it off the screen. */
    private static int wrongUsage(CommandLine command, ParameterException exception) {
        PrintWriter err = command.getErr();
        err.println("twinspan: " + exception.getMessage());
        err.println("  usage and examples: " + command.getCommandSpec().qualifiedName() + " --help");
        err.flush();
        return command.getCommandSpec().exitCodeOnInvalidInput();
    }

    /** Runs a command line: failures become one or two lines on standard error and an exit code. */
    public static int execute(CommandLine line, String... arguments) {
        line.setExecutionExceptionHandler((exception, command, _) -> {
            PrintWriter err = command.getErr();
            if (exception instanceof CommandFailure failure) {
                err.println(failure.text());
                err.flush();
                return failure.exitCode();
            }
            err.println("twinspan: internal error; this is a bug");
            exception.printStackTrace(err);
            err.flush();
            return ExitCode.FAILED;
        });
        CommandLine.IParameterExceptionHandler usual = line.getParameterExceptionHandler();
        line.setParameterExceptionHandler((exception, words) -> {
            CommandLine wrong = exception.getCommandLine();
            if (wrong.getCommand() instanceof CheckCommand check) {
                check.unknown(String.valueOf(exception.getMessage()));
            }
            return exception instanceof UnmatchedArgumentException
                            || wrong.getCommandSpec().subcommands().size() > 0
                    ? usual.handleParseException(exception, words)
                    : wrongUsage(wrong, exception);
        });
        if (arguments.length == 0) {
            line.usage(line.getErr());
            return ExitCode.USAGE;
        }
        return line.execute(arguments);
    }
}

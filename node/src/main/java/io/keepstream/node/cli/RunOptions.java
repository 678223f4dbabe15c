package io.keepstream.node.cli;

import io.keepstream.config.language.SystemSource;
import io.keepstream.contract.Service;
import io.keepstream.node.http.HttpConfig;
import io.keepstream.node.log.Logging;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * What {@code keepstream run} was told. Its options are declared by calls, where those of other
 * commands are annotations, which take a tenth of a second to read: a node starts without them.
 *
 * @param file the configuration
 * @param only the services that run in this process; empty for all
 * @param vrrpOnly no real servers, no IPVS
 * @param checkersOnly no VRRP
 * @param linkDirectory where the processes of the node meet; null for the usual place
 * @param http where it answers, whatever the configuration says; null for what that says
 * @param log how lines of the log look
 * @param detailed whether to log more
 * @param configurationId for {@code @id} lines
 * @param testOnly whether only to check the configuration
 * @param pidFile where to write the number of the process; null for nowhere
 * @param control the socket that answers; null for the usual one
 */
record RunOptions(
    String file,
    List<String> only,
    boolean vrrpOnly,
    boolean checkersOnly,
    Path linkDirectory,
    HttpConfig http,
    Logging.Format log,
    boolean detailed,
    String configurationId,
    boolean testOnly,
    Path pidFile,
    Path control) {

  /** Declares them. */
  static void declare(CommandSpec spec) {
    spec.addOption(
            option(String.class, "-f", "--use-file")
                .paramLabel("FILE")
                .defaultValue(CheckCommand.DEFAULT_FILE)
                .description("Configuration file (${DEFAULT-VALUE}).")
                .build())
        .addOption(flag("Only elect: no real servers, no IPVS.", "-P", "--vrrp"))
        .addOption(flag("Only balance: no VRRP.", "-C", "--check"))
        .addOption(
            option(List.class, "--only")
                .auxiliaryTypes(String.class)
                .splitRegex(",")
                .paramLabel("SERVICE")
                .description(
                    "Only these services: election, health, lvs, notifier. Other processes run the"
                        + " rest.")
                .build())
        .addOption(
            option(Path.class, "--link-dir")
                .paramLabel("DIR")
                .defaultValue("${env:KEEPSTREAM_LINK_DIR}")
                .description(
                    "Where the processes of a node meet that run with --only"
                        + " ($KEEPSTREAM_LINK_DIR, or one per network namespace in"
                        + " /run/keepstream).")
                .build())
        .addOption(
            option(HttpConfig.class, "--http")
                .paramLabel("ADDRESS:PORT")
                .defaultValue("${env:KEEPSTREAM_HTTP}")
                .converters(new HttpPlace())
                .description(
                    "Answer over HTTP there, whatever the configuration says ($KEEPSTREAM_HTTP); a"
                        + " process with --only at this port or one of the next three.")
                .build());
    declareSurroundings(spec);
    declareKeepalived(spec);
  }

  private static void declareSurroundings(CommandSpec spec) {
    spec.addOption(
            option(Logging.Format.class, "--log")
                .paramLabel("FORMAT")
                .defaultValue("text")
                .description("text or json (text).")
                .build())
        .addOption(
            option(String.class, "-i", "--config-id")
                .paramLabel("ID")
                .description("Configuration id for @ID lines (the host name).")
                .build())
        .addOption(
            flag("Only test the configuration, as keepstream check does.", "-t", "--config-test"))
        .addOption(
            option(Path.class, "-p", "--pid")
                .paramLabel("FILE")
                .description("Write the process id to this file while running.")
                .build())
        .addOption(flag("Log in detail.", "-D", "--log-detail"))
        .addOption(
            option(boolean.class, "--help")
                .usageHelp(true)
                .description("Show this help and leave.")
                .build())
        .addOption(
            option(Path.class, "--control")
                .paramLabel("PATH")
                .description(
                    "Answer explain and status on this socket (/run/keepstream/PID.sock, with"
                        + " --only SERVICE.sock in the link directory).")
                .build());
  }

  /**
   * keepalived's flags that ask for what is always so here, or for what has no counterpart, are
   * accepted so that a command line that works today goes on working.
   */
  private static void declareKeepalived(CommandSpec spec) {
    String[] always = {
      "-n", "--dont-fork", "-l", "--log-console", "-G", "--no-syslog", "-B", "--no_bfd",
      "-R", "--dont-respawn", "-m", "--core-dump", "-d", "--dump-conf", "-x", "--snmp"
    };
    String[] withoutCounterpart = {
      "-r", "--vrrp_pid", "-c", "--checkers_pid", "-b", "--bfd_pid", "-S", "--log-facility"
    };
    spec.addOption(
            option(boolean[].class, always)
                .arity("0")
                .description(
                    "keepalived's flags for what is always so here, or has no counterpart.")
                .build())
        .addOption(
            option(String[].class, withoutCounterpart)
                .paramLabel("X")
                .description("The same; there is one process, and it logs to standard output.")
                .build());
  }

  private static OptionSpec.Builder option(Class<?> type, String... names) {
    return OptionSpec.builder(names).type(type);
  }

  private static OptionSpec flag(String description, String... names) {
    return option(boolean.class, names).description(description).build();
  }

  /** What was said of them. */
  static RunOptions of(ParseResult parsed) {
    return new RunOptions(
        said(parsed, "-f").getValue(),
        parsed.matchedOptionValue("--only", List.of()),
        parsed.matchedOptionValue("-P", false),
        parsed.matchedOptionValue("-C", false),
        said(parsed, "--link-dir").getValue(),
        said(parsed, "--http").getValue(),
        said(parsed, "--log").getValue(),
        parsed.matchedOptionValue("-D", false),
        parsed.matchedOptionValue("-i", SystemSource.nodeName()),
        parsed.matchedOptionValue("-t", false),
        said(parsed, "-p").getValue(),
        said(parsed, "--control").getValue());
  }

  /** With its value, or its default. */
  private static OptionSpec said(ParseResult parsed, String option) {
    return parsed.commandSpec().findOption(option);
  }

  /** The services that run in this process. */
  Set<Service> services() {
    return only.isEmpty()
        ? EnumSet.complementOf(EnumSet.of(Service.NODE))
        : only.stream()
            .map(Service::ofLabel)
            .collect(Collectors.toCollection(() -> EnumSet.noneOf(Service.class)));
  }

  /** Whether the flags leave out one half of keepalived's work. */
  boolean halved() {
    return vrrpOnly != checkersOnly;
  }

  /** Reads an address with a port. */
  private static final class HttpPlace implements ITypeConverter<HttpConfig> {
    @Override
    public HttpConfig convert(String text) {
      return HttpConfig.read(text)
          .orElseThrow(
              () ->
                  new TypeConversionException(
                      "expected an address and a port such as 127.0.0.1:9165, found `%s`"
                          .formatted(text)));
    }
  }
}

package io.keepstream.node.document;

import static java.util.stream.Collectors.joining;

import java.util.List;
import java.util.stream.Stream;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;

/**
 * The manual page {@code keepstream(1)}, in the language of man(7), from the command line itself.
 */
public final class ManualPage {
  private static final String AFTER_COMMANDS =
      """
      .SH SIGNALS
      What
      .B keepstream run
      does with them:
      .TP
      .B HUP
      reads the configuration again; a file with errors changes nothing
      .TP
      .BR USR1 ", " USR2
      writes /tmp/keepalived.data, /tmp/keepalived.stats
      .TP
      .BR TERM ", " INT
      resigns, removes addresses and the IPVS entries that are ours, and ends
      .SH ENVIRONMENT
      .TP
      .B KEEPSTREAM_CONFIG
      the configuration file when none is given
      .TP
      .B KEEPSTREAM_HTTP
      where to answer over HTTP, whatever the configuration says
      .TP
      .B KEEPSTREAM_JAVA_OPTS
      more options for the Java virtual machine
      .TP
      .B KEEPSTREAM_\\fIX\\fB_FILE
      a file whose content becomes the value of KEEPSTREAM_\\fIX\\fR, for secrets that the
      configuration takes from there as ${_ENV KEEPSTREAM_\\fIX\\fR} or secret_env
      .SH FILES
      .TP
      .I /etc/keepalived/keepalived.conf
      the configuration
      .TP
      .I /run/keepstream
      sockets of running nodes, for their owner only
      .TP
      .I /var/lib/keepstream
      the journal of events that are still to be delivered, and what operators have set
      .TP
      .I /usr/share/doc/keepstream/examples
      configurations to begin with
      .SH SEE ALSO
      .BR keepalived (8),
      .BR keepalived.conf (5),
      .BR ipvsadm (8)
      """;

  private ManualPage() {}

  /** The page of {@code program}, whose hidden commands and options are left out. */
  public static String of(CommandSpec program, String version) {
    return Stream.of(
            ".TH KEEPSTREAM 1 \"\" \"keepstream %s\" \"\"\n".formatted(text(version)),
            ".SH NAME\nkeepstream \\- %s\n".formatted(text(description(program))),
            ".SH SYNOPSIS\n.B keepstream\n\\fICOMMAND\\fR [\\fIOPTION\\fR]...\n",
            ".SH OPTIONS\n",
            arguments(program),
            ".SH COMMANDS\n",
            commands(program),
            AFTER_COMMANDS)
        .collect(joining());
  }

  private static String commands(CommandSpec parent) {
    return parent.subcommands().values().stream()
        .map(command -> command.getCommandSpec())
        .filter(command -> !command.usageMessage().hidden())
        .map(command -> command(command) + commands(command))
        .collect(joining());
  }

  private static String command(CommandSpec command) {
    return ".SS %s\n%s\n%s"
        .formatted(text(command.qualifiedName()), text(description(command)), arguments(command));
  }

  private static String description(CommandSpec command) {
    return String.join(" ", command.usageMessage().description());
  }

  private static String arguments(CommandSpec command) {
    return Stream.<ArgSpec>concat(
            command.positionalParameters().stream(), command.options().stream())
        .filter(argument -> !argument.hidden())
        .map(
            argument ->
                ".TP\n%s\n%s\n"
                    .formatted(title(argument), text(String.join(" ", argument.description()))))
        .collect(joining());
  }

  private static String title(ArgSpec argument) {
    return switch (argument) {
      case OptionSpec option -> {
        String names =
            Stream.of(option.names())
                .map(name -> "\\fB" + text(name) + "\\fR")
                .collect(joining(", "));
        yield option.arity().max() == 0 ? names : names + " " + value(option);
      }
      case PositionalParamSpec parameter -> value(parameter);
      default -> throw new IllegalArgumentException("neither option nor parameter: " + argument);
    };
  }

  private static String value(ArgSpec argument) {
    return "\\fI" + text(argument.paramLabel().replaceAll("[<>]", "")) + "\\fR";
  }

  /** Words as they are: no hyphen is broken, and no line is taken for a request. */
  private static String text(String words) {
    String escaped = words.replace("\\", "\\e").replace("-", "\\-");
    return List.of('.', '\'').contains(escaped.isEmpty() ? ' ' : escaped.charAt(0))
        ? "\\&" + escaped
        : escaped;
  }
}

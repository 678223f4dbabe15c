package io.keepstream.node.document;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** The manual page says what the command line declares, and nothing else of it is lost in roff. */
class ManualPageTest {
  @Command(
      name = "keepstream",
      description = "Does it - well.",
      subcommands = {Look.class, Secret.class})
  private static final class Program {}

  @SuppressWarnings("unused") // its fields are only there to be declared
  @Command(name = "look", description = ".dotted begins a request")
  private static final class Look {
    @Parameters(paramLabel = "NAME", description = "What to look at.")
    private String name;

    @Option(
        names = {"-f", "--file"},
        paramLabel = "FILE",
        defaultValue = "a\\b",
        description = "From here (${DEFAULT-VALUE}).")
    private String file;

    @Option(names = "--far", description = "From afar.")
    private boolean far;

    @Option(names = "--inner", hidden = true, description = "Not for everybody.")
    private boolean inner;
  }

  @Command(name = "secret", hidden = true)
  private static final class Secret {}

  private final String page =
      ManualPage.of(new CommandLine(new Program()).getCommandSpec(), "1.0-test");

  @Test
  void itListsCommandsParametersAndOptions() {
    assertThat(page)
        .contains(
            """
            .SH COMMANDS
            .SS keepstream look
            \\&.dotted begins a request
            .TP
            \\fINAME\\fR
            What to look at.
            """)
        .contains("\\fB\\-f\\fR, \\fB\\-\\-file\\fR \\fIFILE\\fR\nFrom here (a\\eb).")
        .contains("\\fB\\-\\-far\\fR\nFrom afar.")
        .contains("keepstream \\- Does it \\- well.", "1.0\\-test");
  }

  @Test
  void itLeavesOutWhatIsHidden() {
    assertThat(page).doesNotContain("secret\n", "inner");
  }
}

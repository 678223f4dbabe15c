package io.keepstream.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Kind;
import io.keepstream.config.Position;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import picocli.CommandLine;

class CheckCommandTest {
  @TempDir Path directory;

  private final StringWriter output = new StringWriter();

  private int check(CheckCommand command, String... arguments) {
    return new CommandLine(command).setOut(new PrintWriter(output)).execute(arguments);
  }

  private int checkText(String text, String... more) throws IOException {
    Path file = Files.writeString(directory.resolve("f.conf"), text);
    String[] arguments = new String[more.length + 2];
    arguments[0] = "-f";
    arguments[1] = file.toString();
    System.arraycopy(more, 0, arguments, 2, more.length);
    return check(new CheckCommand(), arguments);
  }

  private List<String> lines() {
    return output.toString().lines().map(line -> line.replace(directory + "/", "")).toList();
  }

  @ParameterizedTest(name = "status {0}: {1}")
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "0 | global_defs { router_id a }",
        "0 | include none.conf",
        "5 | nonsense",
        "5 | global_defs { router_id a b }",
        "2 | global_defs { router_id }",
        "2 | nonsense { } global_defs { router_id }",
        "6 | includem none.conf",
        "6 | nonsense { } includem none.conf",
      })
  void exits_like_keepalived(int status, String text) throws IOException {
    assertThat(checkText(text)).isEqualTo(status);
  }

  @Test
  void a_file_that_does_not_exist_is_an_error() {
    String file = directory.resolve("none.conf").toString();
    assertThat(check(new CheckCommand(), "-f", file)).isEqualTo(6);
    assertThat(lines())
        .containsExactly(
            "none.conf:1:1: error: there is no such file",
            "none.conf: 1 error, 0 warnings, 0 notes");
  }

  @Test
  void tells_everything_at_once_sorted_by_place() throws IOException {
    Files.writeString(directory.resolve("a.inc"), "wrong\n");
    checkText(
        """
        vrrp_instance VI_1 {
          interface lo
          virtual_router_id 51
          prioriti 100
          state MASTR
        }
        include a.inc
        vrrp_sync_group G { group { VI_2 }
        """);
    assertThat(lines())
        .filteredOn(line -> !line.contains(": note: "))
        .containsExactly(
            "a.inc:1:1: error: unknown word 'wrong' outside all blocks",
            "f.conf:4:3: error: unknown word 'prioriti' in vrrp_instance; did you mean 'priority'?",
            "f.conf:5:9: error: state: found 'MASTR', expected MASTER|BACKUP; did you mean"
                + " 'MASTER'?",
            "f.conf:8:1: error: missing '}': 'vrrp_sync_group G', opened at f.conf:8:19, is not"
                + " closed",
            "f.conf:8:29: error: no vrrp_instance is named 'VI_2'; did you mean 'VI_1'?",
            lines().getLast());
    assertThat(lines().getLast()).startsWith("f.conf: 5 errors, 0 warnings, ");
  }

  @Test
  void the_configuration_id_selects_lines() throws IOException {
    String text = "@lb1 nonsense\n@lb2 global_defs { router_id a }\n";
    assertThat(checkText(text, "-i", "lb1")).isEqualTo(5);
    assertThat(checkText(text, "-i", "lb2")).isZero();
  }

  @Test
  void what_only_this_machine_lacks_is_status_4() {
    Position here = new Position("f.conf", 1, 1);
    Diagnostic fatal = Diagnostic.error(Kind.FATAL, here, "no interface");
    assertThat(CheckStatus.of(List.of(fatal))).isEqualTo(4);
    assertThat(CheckStatus.of(List.of(fatal, Diagnostic.note(here, "not yet")))).isEqualTo(4);
    assertThat(CheckStatus.of(List.of(fatal, Diagnostic.warning(here, "odd")))).isEqualTo(5);
  }

  @Test
  void a_wrong_option_is_a_usage_error() {
    StringWriter errors = new StringWriter();
    int status =
        new CommandLine(new CheckCommand()).setErr(new PrintWriter(errors)).execute("--nonsense");
    assertThat(status).isEqualTo(CommandLine.ExitCode.USAGE);
    assertThat(errors.toString()).contains("--nonsense");
  }
}

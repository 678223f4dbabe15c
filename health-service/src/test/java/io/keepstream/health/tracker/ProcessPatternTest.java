package io.keepstream.health.tracker;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.tracker.ProcessPattern.Match;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ProcessPatternTest {
  @Test
  void aProcessNameIsComparedAsAWhole() {
    ProcessPattern ssh = new ProcessPattern("ssh", List.of(), Match.NONE, false);
    assertThat(ssh.byCommand()).isFalse();
    assertThat(ssh.matches(named("ssh"))).isTrue();
    assertThat(ssh.matches(named("sshd"))).isFalse();
    assertThat(ssh.matches(new ProcessInfo("sh", List.of("ssh")))).isFalse();
  }

  @Test
  void aLongNameIsComparedAsTheKernelCutsIt() {
    ProcessPattern pattern =
        new ProcessPattern("a-very-long-process", List.of(), Match.NONE, false);
    assertThat(pattern.matches(named("a-very-long-pro"))).isTrue();
    assertThat(pattern.matches(named("a-very-long-pr"))).isFalse();
  }

  @Test
  void fullCommandComparesTheProgramAndNoArguments() {
    ProcessPattern pattern = new ProcessPattern("/usr/sbin/x", List.of(), Match.NONE, true);
    assertThat(pattern.matches(command("/usr/sbin/x"))).isTrue();
    assertThat(pattern.matches(command("/usr/sbin/x", "-d"))).isTrue();
    assertThat(pattern.matches(command("x"))).isFalse();
    assertThat(pattern.matches(named("/usr/sbin/x"))).as("of the kernel").isFalse();
  }

  @Test
  void exactArgumentsAreTheseAndNoMore() {
    assertThat(given(Match.EXACT, "-c", "eth")).isEqualTo("-c eth");
    assertThat(given(Match.PARTIAL, "-c", "eth")).isEqualTo("-c eth; -c eth -v");
    assertThat(given(Match.INITIAL, "-c", "eth"))
        .isEqualTo("-c eth; -c eth -v; -c eth0; -c eth0 -v");
  }

  @Test
  void toCompareNoArgumentsMeansThatThereAreNone() {
    for (Match match : List.of(Match.EXACT, Match.PARTIAL, Match.INITIAL)) {
      assertThat(given(match)).isEmpty();
      assertThat(new ProcessPattern("x", List.of(), match, false).matches(command("x"))).isTrue();
    }
  }

  /** Which of some argument lists match these. */
  private static String given(Match match, String... arguments) {
    ProcessPattern pattern = new ProcessPattern("x", List.of(arguments), match, false);
    assertThat(pattern.byCommand()).isTrue();
    List<String> lists =
        List.of("-c", "-c eth", "-c eth -v", "-c eth0", "-c eth0 -v", "-d eth", "eth -c");
    return String.join(
        "; ",
        lists.stream().filter(list -> pattern.matches(command("x", list.split(" ")))).toList());
  }

  private static ProcessInfo named(String name) {
    return new ProcessInfo(name, List.of());
  }

  private static ProcessInfo command(String program, String... arguments) {
    List<String> words = new ArrayList<>(List.of(program));
    words.addAll(List.of(arguments));
    return new ProcessInfo("name", words);
  }
}

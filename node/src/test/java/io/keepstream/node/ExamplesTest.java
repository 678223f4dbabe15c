package io.keepstream.node;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Diagnostic.Severity;
import io.keepstream.config.Document;
import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.SystemSource;
import io.keepstream.config.language.TextSource;
import io.keepstream.node.run.NodeConfig;
import io.keepstream.node.run.Words;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Configurations as people write them, whole and broken. */
class ExamplesTest {
  private static final int MUTANTS = 1500;
  private static final Duration QUICK = Duration.ofSeconds(3);
  private static final String NASTY =
      "{}\"'#!@$~\\()[]*,;=-+/ \t\r\n\0${~SEQ(I,99)~LST({A},{1})include @^node $A=1\\\n";

  /** Lines that once were, or could be, too much for a reader. */
  private static final List<String> TRAPS =
      List.of(
          "url //h",
          "url http:",
          "webhook w {\nurl //h\nsecret_file \"\0\"\n}",
          "notify_fifo \"\0\"",
          "notify",
          "notify \"\"",
          "script \"''\"",
          "track_script {",
          "virtual_server",
          "virtual_server group",
          "real_server",
          "virtual_server 10.0.0.1 80 {\nreal_server 10.0.0.2 {\nTCP_CHECK {\n}",
          "connect_ip",
          "connect_port 70000",
          "virtual_ipaddress {",
          "advert_int -1",
          "delay_loop 1e99",
          "uthreshold -1");

  private static String example(String name) {
    try (InputStream file = ExamplesTest.class.getResourceAsStream("examples/" + name)) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Document read(String text) {
    return ConfigReader.read("f", new TextSource("f", text));
  }

  private static List<Diagnostic> check(Document document) {
    List<Diagnostic> all = new ArrayList<>(document.diagnostics());
    all.addAll(Words.all().check(document));
    return all;
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-pair.conf", "balancer.conf", "ours.conf"})
  void are_fine(String name) {
    assertThat(check(read(example(name))))
        .filteredOn(diagnostic -> diagnostic.severity() != Severity.NOTE)
        .filteredOn(diagnostic -> !diagnostic.message().contains("not acted on yet"))
        .isEmpty();
  }

  @ParameterizedTest
  @MethodSource("pairs")
  void those_for_users_pass_the_check(Path file) {
    List<Diagnostic> said =
        NodeConfig.read(file.toString(), new SystemSource("node1", new Random(1))).diagnostics();
    assertThat(said)
        .filteredOn(diagnostic -> !diagnostic.message().startsWith("there is no interface"))
        .filteredOn(diagnostic -> diagnostic.severity() != Severity.NOTE)
        .isEmpty();
    assertThat(said).filteredOn(d -> d.message().contains("not acted on yet")).isEmpty();
  }

  static Stream<Path> pairs() throws IOException {
    try (Stream<Path> files = Files.walk(Path.of("../examples"))) {
      return files.filter(file -> file.toString().endsWith(".conf")).sorted().toList().stream();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-pair.conf", "balancer.conf", "ours.conf"})
  void mean_the_same_with_other_line_ends(String name) {
    String text = example(name);
    assertThat(read(text.replace("\n", "\r\n")).statements().toString())
        .isEqualTo(read(text).statements().toString());
  }

  @Test
  void repetitions_and_conditions_have_made_the_servers() {
    List<Section> servers = read(example("balancer.conf")).root().blocks("virtual_server");
    assertThat(servers.getFirst().blocks("real_server"))
        .extracting(Section::name)
        .containsExactly("10.0.0.11", "10.0.0.12", "10.0.0.13");
    assertThat(servers.getFirst().blocks("real_server").getFirst().integer("weight")).hasValue(3);
    assertThat(servers.getFirst().integer("delay_loop")).hasValue(5);
    assertThat(servers.getLast().blocks("real_server"))
        .extracting(Section::name)
        .containsExactly("10.0.0.21", "10.0.0.22");
  }

  @Test
  void quoted_commands_survive() {
    Section script = read(example("web-pair.conf")).root().blocks("vrrp_script").getLast();
    assertThat(script.script("script").orElseThrow().command())
        .containsExactly(
            "/usr/bin/curl", "-fsS", "-o", "/dev/null", "http://127.0.0.1:8080/health?a=1&b={2}");
  }

  @ParameterizedTest
  @ValueSource(strings = {"web-pair.conf", "balancer.conf", "ours.conf"})
  @Timeout(120)
  void broken_at_random_they_are_still_read(String name) {
    String text = example(name);
    for (int seed = 0; seed < MUTANTS; seed++) {
      String mutant = mutate(text, new Random(seed));
      long started = System.nanoTime();
      NodeConfig.read("f", new TextSource("f", mutant));
      assertThat(Duration.ofNanos(System.nanoTime() - started))
          .as("seed %d of %s", seed, name)
          .isLessThan(QUICK);
    }
  }

  private static String mutate(String text, Random random) {
    StringBuilder mutant = new StringBuilder(text);
    for (int i = random.nextInt(1, 12); i > 0; i--) {
      int at = random.nextInt(mutant.length());
      int end = Math.min(mutant.length(), at + random.nextInt(1, 40));
      switch (random.nextInt(7)) {
        case 0 -> mutant.delete(at, at + 1);
        case 1 -> mutant.delete(at, end);
        case 2 -> mutant.insert(at, mutant.substring(at, end));
        case 3 -> {
          int line = mutant.lastIndexOf("\n", at) + 1;
          mutant.insert(line, TRAPS.get(random.nextInt(TRAPS.size())) + "\n");
        }
        case 4 -> {
          int word = mutant.indexOf(" ", at);
          int lineEnd = mutant.indexOf("\n", at);
          if (word >= 0 && word < lineEnd) {
            mutant.delete(word, lineEnd);
          }
        }
        case 5 -> mutant.setCharAt(at, NASTY.charAt(random.nextInt(NASTY.length())));
        default -> {
          int nasty = random.nextInt(NASTY.length());
          mutant.insert(at, NASTY, nasty, random.nextInt(nasty, NASTY.length()));
        }
      }
    }
    return mutant.toString();
  }
}

package io.keepstream.config.language;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigSource.Entry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SystemSourceTest {
  private final SystemSource source = new SystemSource("lb1", new Random(1));

  @TempDir Path directory;

  private String file(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text).toString();
  }

  @Test
  void tells_what_a_path_leads_to() throws IOException {
    String file = file("a.conf", "a");
    String executable = file("b.conf", "b");
    Files.setPosixFilePermissions(
        Path.of(executable), PosixFilePermissions.fromString("rw-r--r-x"));
    assertThat(source.look(file)).isEqualTo(Entry.FILE);
    assertThat(source.look(executable)).isEqualTo(Entry.EXECUTABLE);
    assertThat(source.look(directory.toString())).isEqualTo(Entry.DIRECTORY);
    assertThat(source.look("/dev/null")).isEqualTo(Entry.OTHER);
    assertThat(source.look(directory + "/none")).isEqualTo(Entry.MISSING);
    assertThat(source.look("a\0b")).isEqualTo(Entry.MISSING);
  }

  @Test
  void lists_names() throws IOException {
    file("a.conf", "a");
    file("b.conf", "b");
    assertThat(source.list(directory.toString())).containsExactlyInAnyOrder("a.conf", "b.conf");
    assertThat(source.list(directory + "/none")).isEmpty();
  }

  @Test
  void follows_links_to_recognise_a_file() throws IOException {
    String main = file("main.conf", "a\ninclude link.conf\nb");
    Files.createSymbolicLink(directory.resolve("link.conf"), Path.of(main));
    Document document = ConfigReader.read(main, source);
    assertThat(Rendered.tree(document)).isEqualTo("a; b");
    assertThat(document.diagnostics()).singleElement().asString().contains("include loop");
  }

  @Test
  void reads_any_bytes_and_drops_the_byte_order_mark() throws IOException {
    assertThat(source.read(file("a.conf", "\ufeffa é"))).isEqualTo("a é");
    Path junk = Files.write(directory.resolve("junk"), new byte[] {'a', (byte) 0xff, 'b'});
    assertThat(source.read(junk.toString())).isEqualTo("a\ufffdb");
  }

  @Test
  void knows_id_environment_and_chance() {
    assertThat(source.configurationId()).isEqualTo("lb1");
    assertThat(source.environment("PATH")).isPresent();
    assertThat(source.environment("NO_SUCH_VARIABLE")).isEmpty();
    assertThat(source.random(3, 3)).isEqualTo(3);
    assertThat(source.random(Integer.MAX_VALUE, Integer.MAX_VALUE)).isPositive();
    assertThat(SystemSource.nodeName()).isNotEmpty().doesNotContain(".");
  }

  @Test
  void a_main_file_that_is_no_file_is_no_configuration() {
    Document document = ConfigReader.read(directory.toString(), source);
    assertThat(document.statements()).isEmpty();
    assertThat(document.diagnostics())
        .singleElement()
        .asString()
        .isEqualTo(directory + ":1:1: error: this is not a regular file");
  }

  @Test
  void an_executable_main_file_is_read_with_a_warning() throws IOException {
    String main = file("main.conf", "a");
    Files.setPosixFilePermissions(Path.of(main), PosixFilePermissions.fromString("rwxr-xr-x"));
    Document document = ConfigReader.read(main, source);
    assertThat(Rendered.tree(document)).isEqualTo("a");
    assertThat(document.diagnostics()).singleElement().asString().contains("it is executable");
  }

  @Test
  void utf8_is_read_from_files() throws IOException {
    Path file = directory.resolve("u.conf");
    Files.write(file, "router_id \"Zürich\"".getBytes(StandardCharsets.UTF_8));
    assertThat(Rendered.tree(ConfigReader.read(file.toString(), source)))
        .isEqualTo("router_id|Zürich");
  }
}

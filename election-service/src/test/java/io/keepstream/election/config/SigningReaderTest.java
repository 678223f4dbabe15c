package io.keepstream.election.config;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Document;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.election.vrrp.Authentication;
import io.keepstream.election.vrrp.Signing;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SigningReaderTest {
  private static final String TEXT = "0123456789abcdef0123456789abcdef";
  private static final byte[] BYTES = TEXT.getBytes(StandardCharsets.US_ASCII);

  private final List<String> problems = new ArrayList<>();

  @TempDir private Path directory;

  @Test
  void aKeyIsTextDigitsOrAFile() throws IOException {
    Path file = keyFile("rw-------");
    Signing read =
        read(
            "key 1 %s\nkey 2 hex:%s\nkey 3 file:%s\nactive_key 2"
                .formatted(TEXT, "30".repeat(64), file));
    assertThat(problems).isEmpty();
    assertThat(read)
        .isEqualTo(
            new Signing(
                List.of(
                    new Signing.Key(1, BYTES),
                    new Signing.Key(2, "0".repeat(64).getBytes(StandardCharsets.US_ASCII)),
                    new Signing.Key(3, BYTES)),
                2,
                Signing.Mode.ENFORCE,
                5));
  }

  @ParameterizedTest(name = "{0}: {1}, {2} s, {3} warning(s)")
  @CsvSource({
    "advert_int 1, ENFORCE, 5, 0",
    "advert_int 10, ENFORCE, 30, 0",
    "advert_int 255, ENFORCE, 300, 0",
    "time_window 60, ENFORCE, 60, 0",
    "anti_replay monotonic, ENFORCE, 0, 0",
    "anti_replay monotonic | time_window 60, ENFORCE, 0, 1",
    "anti_replay time | mode permissive, PERMISSIVE, 5, 0",
    "mode receive-only, RECEIVE_ONLY, 5, 0"
  })
  void modesAndWindows(String words, Signing.Mode mode, int windowSeconds, int warnings) {
    String interval = words.startsWith("advert_int") ? words : "advert_int 1";
    String rest = words.startsWith("advert_int") ? "" : words.replace(" | ", "\n");
    Signing read = read("key 1 " + TEXT + "\nactive_key 1\n" + rest, interval + "\nversion 2");
    assertThat(read.mode()).isEqualTo(mode);
    assertThat(read.windowSeconds()).isEqualTo(windowSeconds);
    assertThat(problems).hasSize(warnings);
  }

  @ParameterizedTest(name = "{0}: {1}")
  @CsvSource({
    "'key 1 tooshort\nactive_key 1', '6:7: error: key 1 has 8 bytes, expected 32 to 64'",
    "'key 1 hex:0g\nactive_key 1', '6:7: error: expected pairs of hexadecimal digits'",
    "'key 1 file:/nowhere/key\nactive_key 1', '6:7: error: there is no key file /nowhere/key'",
    "'key 1 KEY\nactive_key 2', '7:12: error: there is no key 2'",
    "'key 1 KEY', '5:1: error: auth_hmac needs an active_key'",
    "'key 1 KEY\nkey 1 KEY\nactive_key 1', '7:1: error: key 1 is given twice'"
  })
  void errors(String words, String message) {
    var _ = read(words.replace("KEY", TEXT));
    assertThat(problems).singleElement().asString().contains("node.conf:" + message);
  }

  @Test
  void aKeyFileMustBeClosedToOthers() throws IOException {
    var _ = read("key 1 file:%s\nactive_key 1".formatted(keyFile("rw-r-----")));
    assertThat(problems).singleElement().asString().contains("6:7: error").contains("chmod 600");
  }

  @Test
  void itReplacesThePassword() {
    ElectionConfig read =
        document(
            "key 1 " + TEXT + "\nactive_key 1",
            "version 2\nauthentication {\nauth_type PASS\nauth_pass x\n}");
    assertThat(read.instances().getFirst().wire().authentication())
        .isEqualTo(new Authentication.None());
    assertThat(problems).singleElement().asString().contains("ignored beside auth_hmac");
  }

  @Test
  void aSecretIsNotSaid() {
    assertThat(read("key 1 " + TEXT + "\nactive_key 1").toString()).doesNotContain("012345");
  }

  private Path keyFile(String permissions) throws IOException {
    Path file = Files.writeString(directory.resolve("key"), TEXT + "\n");
    return Files.setPosixFilePermissions(file, PosixFilePermissions.fromString(permissions));
  }

  private Signing read(String words) {
    return read(words, "version 3");
  }

  private Signing read(String words, String instance) {
    return document(words, instance).instances().getFirst().wire().signing();
  }

  private ElectionConfig document(String words, String instance) {
    String text =
        """
        vrrp_instance VI_1 {
        interface eth0
        virtual_router_id 1
        %s
        auth_hmac {
        %s
        }
        virtual_ipaddress {
        10.0.0.100
        }
        }
        """
            .formatted(instance, words);
    Document document = ConfigReader.read("node.conf", new TextSource("node.conf", text));
    assertThat(document.diagnostics()).isEmpty();
    return ElectionConfigReader.read(
        document.root(), any -> true, (Diagnostic problem) -> problems.add(problem.toString()));
  }
}

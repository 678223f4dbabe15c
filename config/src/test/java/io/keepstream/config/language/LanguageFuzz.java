package io.keepstream.config.language;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import io.keepstream.config.Document;
import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A search for a text that the reader does not survive, in the heap of the program. */
class LanguageFuzz {
  static Stream<byte[]> texts() {
    return Stream.of(
            "vrrp_instance VI_1 {\n  interface eth0\n  virtual_ipaddress {\n 10.0.0.1/24\n}\n}\n",
            "$A=1\n$B=\\\n x ${A}\n y $A\n\ninclude other\n",
            "~SEQ(I,1,3,1) track ${I} # comment\n! comment\n",
            "~LST(I,J,{a,b},{c,d}) ${I} ${J}\n",
            "@node1 priority 1\n@^node1 priority 2\n",
            "a \"b \\\" c\" 'd' {\n}\ninclude_check match\n")
        .map(text -> text.getBytes(StandardCharsets.UTF_8));
  }

  @MethodSource("texts")
  @FuzzTest(maxDuration = "10s")
  void search(byte[] text) {
    String read = new String(text, StandardCharsets.UTF_8);
    Document document = ConfigReader.read("test", new TextSource("test", read));
    assertThat(document.root()).isNotNull();
    document.diagnostics().forEach(each -> assertThat(each.toString()).isNotEmpty());
  }
}

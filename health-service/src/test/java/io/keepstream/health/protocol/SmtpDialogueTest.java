package io.keepstream.health.protocol;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.protocol.SmtpDialogue.Step;
import io.keepstream.health.verdict.FailureReason;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SmtpDialogueTest {
  private final SmtpDialogue dialogue = new SmtpDialogue("lb.example.org");

  /**
   * Each step is {@code >} and a line of ours, {@code .} for waiting, {@code ok} or a reason with
   * its detail; what the server sends is split at {@code /}.
   */
  @ParameterizedTest(name = "{0}")
  @CsvSource(
      delimiter = ';',
      value = {
        "usual; 220 mail ESMTP~/250 hello~/221 bye~; >HELO lb.example.org~|>QUIT~|ok",
        "many lines; 220-a~220-b~220 c~/250-x~250 y~/221 z~; >HELO lb.example.org~|>QUIT~|ok",
        "in pieces; 22/0 m/~/250 y~/2/21 z~; .|.|>HELO lb.example.org~|>QUIT~|.|ok",
        "bare codes; 220~/250~/221~; >HELO lb.example.org~|>QUIT~|ok",
        "any reply to QUIT; 220 a~/250 b~/502 no~; >HELO lb.example.org~|>QUIT~|ok",
        "garbage after QUIT; 220 a~/250 b~/xyz; >HELO lb.example.org~|>QUIT~|ok",
        "busy; 421 too busy~; SMTP_CODE greeting `421 too busy`, 220 expected",
        "refuses HELO; 220 a~/550 go away~;"
            + " >HELO lb.example.org~|SMTP_CODE reply to HELO `550 go away`, 250 expected",
        "changes its mind; 220-a~554 b~; SMTP_CODE greeting `554 b`, 220 expected",
        "another protocol; SSH-2.0-OpenSSH_9.2~; SMTP_CODE greeting `SSH-2.0-OpenSSH_9.2`,"
            + " 220 expected",
        "no line at all; HTTP; SMTP_CODE greeting `HTTP`, 220 expected",
        "an empty line; ~; SMTP_CODE greeting ``, 220 expected"
      })
  void dialogues(String name, String pieces, String steps) {
    StringBuilder told = new StringBuilder();
    for (String piece : pieces.split("/", -1)) {
      byte[] bytes = piece.replace("~", "\r\n").getBytes(StandardCharsets.ISO_8859_1);
      told.append(told.isEmpty() ? "" : "|").append(text(dialogue.received(bytes)));
    }
    assertThat(told.toString()).isEqualTo(steps);
  }

  private static String text(Step step) {
    return switch (step) {
      case Step.Wait() -> ".";
      case Step.Send(var line) -> ">" + line.replace("\r\n", "~");
      case Step.End(var finding) when finding.failure() == null -> "ok";
      case Step.End(var finding) -> finding.failure() + " " + finding.detail();
    };
  }

  @Test
  void anEndlessGreetingEndsAfterFourKilobytes() {
    byte[] line = "220-and on\r\n".getBytes(StandardCharsets.ISO_8859_1);
    int sent = 0;
    Step step = new Step.Wait();
    while (step instanceof Step.Wait) {
      step = dialogue.received(line);
      sent += line.length;
    }
    assertThat(text(step)).isEqualTo("SMTP_CODE greeting longer than 4096 bytes");
    assertThat(sent).isBetween(4096, 4096 + line.length);
    assertThat(((Step.End) step).finding().received()).startsWith("220-and on | 220-and on");
  }

  @Test
  void anEndInTheMiddleSaysWhatWasAwaited() {
    assertThat(dialogue.ended().detail()).isEqualTo("closed by the server, greeting expected");
    dialogue.received("220 hi\r\n".getBytes(StandardCharsets.ISO_8859_1));
    Finding lost = dialogue.lost("ECONNRESET");
    assertThat(lost.failure()).isEqualTo(FailureReason.CONNECTION_CLOSED);
    assertThat(lost.detail()).isEqualTo("ECONNRESET, reply to HELO expected");
    assertThat(lost.received()).as("what there was").isEqualTo("220 hi");
  }

  @Test
  void aSlowDripIsLate() {
    dialogue.received("22".getBytes(StandardCharsets.ISO_8859_1));
    Finding late = dialogue.late(3000);
    assertThat(late.failure()).isEqualTo(FailureReason.RESPONSE_TIMEOUT);
    assertThat(late.detail()).isEqualTo("no greeting within 3000 ms");
    assertThat(late.received()).isEqualTo("22");
  }

  @Test
  void noBytesBreakIt() {
    Random random = new Random(11);
    String alphabet = "220-5\r\n \0\u00ff";
    for (int i = 0; i < 5000; i++) {
      SmtpDialogue one = new SmtpDialogue("x");
      Step step = new Step.Wait();
      for (int n = 0; n < 30 && !(step instanceof Step.End); n++) {
        byte[] piece = new byte[random.nextInt(6)];
        for (int at = 0; at < piece.length; at++) {
          piece[at] = (byte) alphabet.charAt(random.nextInt(alphabet.length()));
        }
        step = one.received(piece);
        assertThat(step).isNotNull();
      }
    }
  }
}

package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.netlink.ProcessNews.Ended;
import io.keepstream.linux.netlink.ProcessNews.Executed;
import io.keepstream.linux.netlink.ProcessNews.Forked;
import io.keepstream.linux.netlink.ProcessNews.Listening;
import io.keepstream.linux.netlink.ProcessNews.Renamed;
import io.keepstream.linux.wire.NetlinkReader;
import java.lang.foreign.MemorySegment;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

final class ProcessMessagesTest {
  private static final int TOKEN = 0x4d2;
  private static final String TIME = "01000000 aeee795c410d0000";

  @Test
  void asksToBeTold() {
    assertThat(Messages.body(ProcessMessages.listen(TOKEN)))
        .isEqualTo("010000000100000000000000d2040000" + "04000000" + "01000000");
    assertThat(Messages.body(ProcessMessages.ignore())).endsWith("0400000002000000");
  }

  @Test
  void onlyTheAnswerToOurselvesCounts() {
    assertThat(decode("d3040000", "00000000", "00000000")).contains(new Listening(0));
    assertThat(decode("d3040000", "00000000", "01000000")).contains(new Listening(1));
    assertThat(decode("d2040000", "00000000", "00000000")).isEmpty();
  }

  @Test
  void processesBeginChangeAndEnd() {
    assertThat(event("01000000", "a1400000 a1400000 ca400000 ca400000"))
        .contains(new Forked(0x40a1, 0x40ca));
    assertThat(event("02000000", "cb400000 ca400000")).contains(new Executed(0x40ca));
    assertThat(event("00020000", "ca400000 ca400000 6e67696e783a206d6173746572000000"))
        .contains(new Renamed(0x40ca, "nginx: master"));
    assertThat(event("00000080", "ca400000 ca400000 00000000 11000000 a1400000 a1400000"))
        .contains(new Ended(0x40ca));
  }

  @Test
  void threadsAreNoProcesses() {
    assertThat(event("01000000", "a1400000 a1400000 cb400000 ca400000")).isEmpty();
    assertThat(event("00020000", "cb400000 ca400000 6e67696e780000000000000000000000")).isEmpty();
    assertThat(event("00000080", "cb400000 ca400000 00000000 11000000")).isEmpty();
  }

  @Test
  void whatIsCutOffOrUnknownIsPassedOver() {
    assertThat(event("01000000", "a1400000 a1400000 ca400000")).isEmpty();
    assertThat(event("02000000", "ca400000")).isEmpty();
    assertThat(event("00020000", "ca400000 ca400000 6e67696e78")).isEmpty();
    assertThat(event("00000080", "")).isEmpty();
    assertThat(event("04000000", "ca400000 ca400000 00000000 00000000")).isEmpty();
    assertThat(ProcessMessages.decode(Messages.single("0300", "0000", "01000000"), TOKEN))
        .isEmpty();
    assertThat(
            ProcessMessages.decode(
                Messages.single("0300", "0000", "02000000" + "01000000".repeat(12)), TOKEN))
        .isEmpty();
  }

  @Test
  void noBytesMakeItThrow() {
    byte[] valid =
        HexFormat.of()
            .parseHex(
                ("4c000000 0300 0000 00000000 00000000 01000000 01000000 00000000 00000000"
                        + "28000000 00020000 01000000 aeee795c410d0000 ca400000 ca400000"
                        + "6e67696e783a206d617374657200ff00")
                    .replace(" ", ""));
    for (long seed = 0; seed < 5_000; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      byte[] bytes = valid.clone();
      for (int i = random.nextInt(8); i > 0; i--) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      NetlinkReader reader =
          new NetlinkReader(MemorySegment.ofArray(bytes)).reset(random.nextInt(bytes.length + 1));
      while (reader.next()) {
        var _ = ProcessMessages.decode(reader, TOKEN);
      }
    }
  }

  private static Optional<ProcessNews> event(String what, String data) {
    return decode("00000000", what, data);
  }

  private static Optional<ProcessNews> decode(String acknowledged, String what, String data) {
    String envelope = "01000000 01000000 07000000" + acknowledged + "28000000";
    return ProcessMessages.decode(
        Messages.single("0300", "0000", envelope + what + TIME + data), TOKEN);
  }
}

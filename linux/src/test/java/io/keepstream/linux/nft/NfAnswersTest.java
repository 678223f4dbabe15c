package io.keepstream.linux.nft;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.linux.nft.Expression.Foreign;
import io.keepstream.linux.nft.Expression.Lookup;
import io.keepstream.linux.nft.NfAnswers.Found;
import io.keepstream.linux.nft.NfAnswers.RuleIn;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NetlinkWriter;
import io.keepstream.linux.wire.NfTables;
import java.lang.foreign.MemorySegment;
import java.lang.foreign.ValueLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Messages that make things are those in which the kernel shows them. */
final class NfAnswersTest {
  private static final long SEED = 20_260_101;
  private static final int HOSTILE = 300_000;
  private static final int[] LENGTHS = {0, 1, 3, 4, 5, 7, 8, 15, 16, 17, 0x7FFF, 0x8004, 0xFFFF};
  private static final NfAnswers ANSWERS = new NfAnswers(NfSamples.TABLE);

  @Test
  void whatIsWrittenIsRead() {
    List<Object> read = new ArrayList<>();
    for (NetlinkMessage each : NfSamples.messages()) {
      read.addAll(decode(bytes(each)));
    }
    assertThat(read).containsAll(NfSamples.SETS).containsAll(NfSamples.CHAINS);
    NfSamples.ELEMENTS.values().stream()
        .flatMap(List::stream)
        .forEach(element -> assertThat(read).contains(new Found(element, 0, 0)));
    NfSamples.RULES.forEach(
        (chain, rules) ->
            rules.forEach(
                each -> {
                  boolean bound =
                      each.rule().expressions().stream()
                          .anyMatch(Expression.Choose.class::isInstance);
                  assertThat(bound || read.contains(new RuleIn(chain, each.rule())))
                      .as(each.text())
                      .isTrue();
                }));
  }

  @Test
  void otherTablesArePassedOver() {
    NfAnswers others = new NfAnswers(new NfTable(NfTables.NFPROTO_INET, "other"));
    NfAnswers family = new NfAnswers(new NfTable(NfTables.NFPROTO_IPV4, "t"));
    for (NetlinkMessage each : NfSamples.messages()) {
      for (NfAnswers answers : List.of(others, family)) {
        NetlinkReader reader = reader(bytes(each));
        assertThat(answers.chain(reader)).isEmpty();
        assertThat(answers.rule(reader)).isEmpty();
        assertThat(answers.set(reader)).isEmpty();
        assertThat(answers.elements(reader)).isEmpty();
        assertThat(answers.counter(reader)).isEmpty();
      }
    }
  }

  @Test
  void aMapWithoutANameIsAChoiceOnlyIfItHasAllPlaces() {
    Lookup lookup = new Lookup("__map1", 0, 1, 0);
    NfElement first = NfElement.to(Octets.host32(0), "a");
    NfElement second = NfElement.to(Octets.host32(1), "b");
    assertThat(NfAnswers.choose(lookup, List.of(second, first)))
        .isEqualTo(new Expression.Choose(1, List.of("a", "b")));
    for (NfElement odd :
        List.of(
            NfElement.to(Octets.host32(2), "b"),
            NfElement.to(Octets.host32(-1), "b"),
            NfElement.to(Octets.host32(0), "b"),
            NfElement.to(Octets.u8(1), "b"),
            NfElement.of(Octets.host32(1)))) {
      assertThat(NfAnswers.choose(lookup, List.of(first, odd))).isEqualTo(new Foreign("lookup"));
    }
    assertThat(NfAnswers.choose(new Lookup("__set1", 0, 1, -1), List.of(first)))
        .isEqualTo(new Foreign("lookup"));
  }

  @Test
  void noBytesMakeADecoderThrow() {
    List<byte[]> valid = NfSamples.messages().stream().map(NfAnswersTest::bytes).toList();
    SplittableRandom random = new SplittableRandom(SEED);
    for (int i = 0; i < HOSTILE; i++) {
      byte[] bytes = valid.get(random.nextInt(valid.size())).clone();
      MemorySegment segment = MemorySegment.ofArray(bytes);
      for (int change = random.nextInt(6); change > 0; change--) {
        bytes[16 + random.nextInt(bytes.length - 16)] = (byte) random.nextInt();
      }
      for (int change = random.nextInt(3); change > 0; change--) {
        long word = 4L * (4 + random.nextInt(bytes.length / 4 - 4));
        short length = (short) LENGTHS[random.nextInt(LENGTHS.length)];
        segment.set(ValueLayout.JAVA_SHORT_UNALIGNED, word, length);
      }
      try {
        decode(bytes);
      } catch (RuntimeException e) {
        throw new AssertionError("message " + i, e);
      }
    }
  }

  private static List<Object> decode(byte[] bytes) {
    NetlinkReader reader = reader(bytes);
    NfAnswers.generation(reader);
    return Stream.of(
            ANSWERS.chain(reader),
            ANSWERS.rule(reader),
            ANSWERS.set(reader),
            ANSWERS.counter(reader),
            ANSWERS.elements(reader))
        .flatMap(Optional::stream)
        .flatMap(each -> each instanceof List<?> list ? list.stream() : Stream.of(each))
        .<Object>map(each -> each)
        .toList();
  }

  static NetlinkReader reader(byte[] bytes) {
    NetlinkReader reader = new NetlinkReader(MemorySegment.ofArray(bytes)).reset(bytes.length);
    assertThat(reader.next()).isTrue();
    return reader;
  }

  static byte[] bytes(NetlinkMessage message) {
    NetlinkWriter writer = new NetlinkWriter(MemorySegment.ofArray(new byte[2048]));
    writer.message(message, 0);
    return writer.buffer().asSlice(0, writer.length()).toArray(ValueLayout.JAVA_BYTE);
  }
}

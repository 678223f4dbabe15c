package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.lab.Await;
import io.keepstream.notifier.Events;
import io.keepstream.notifier.edge.JournalInput.Batch;
import io.keepstream.notifier.edge.JournalInput.Entry;
import io.keepstream.notifier.journal.Retention;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The journal on a real disk. */
class JournalTest {
  private static final Retention ROOMY = new Retention(1 << 30, Duration.ofDays(1));
  private static final Duration LIMIT = Duration.ofSeconds(30);

  @TempDir Path directory;

  @Test
  void whatWasWrittenIsReadInOrderAcrossSegments() throws Exception {
    try (JournalFixture journal = new JournalFixture(directory, new Retention(1 << 20, LIMIT))) {
      for (int part = 0; part < 10; part++) {
        journal.append(50 * part + 1, 50 * part + 50);
        journal.awaitForced(50 * part + 50);
      }
    }
    assertThat(JournalDirectory.segments(directory).size()).isGreaterThan(2);
    assertThat(numbers(1)).containsExactlyElementsOf(range(1, 500));
    assertThat(numbers(333)).containsExactlyElementsOf(range(333, 500));
  }

  @Test
  void aRestartGoesOnWhereItEndedAndKnowsWhatWasHeard() throws Exception {
    try (JournalFixture journal = new JournalFixture(directory, ROOMY)) {
      journal.append(1, 20);
      journal.awaitForced(20);
    }
    try (JournalDirectory again = JournalDirectory.open(directory)) {
      assertThat(again.contents().next()).isEqualTo(21);
      assertThat(again.contents().heard().get(Events.ELECTION).sequence()).isEqualTo(20);
    }
    // A start without any event does not forget.
    try (JournalFixture journal = new JournalFixture(directory, ROOMY)) {
      journal.append(21, 21);
      journal.awaitForced(21);
    }
    assertThat(numbers(1)).containsExactlyElementsOf(range(1, 21));
  }

  @Test
  void aTailThatIsTornIsCutOff() throws Exception {
    try (JournalFixture journal = new JournalFixture(directory, ROOMY)) {
      journal.append(1, 20);
      journal.awaitForced(20);
    }
    Path file = JournalDirectory.segments(directory).firstEntry().getValue();
    try (FileChannel channel = FileChannel.open(file, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 3);
    }
    try (JournalDirectory again = JournalDirectory.open(directory)) {
      assertThat(again.contents().next()).isEqualTo(20);
      assertThat(again.contents().heard().get(Events.ELECTION).sequence()).isEqualTo(19);
    }
    assertThat(numbers(1)).containsExactlyElementsOf(range(1, 19));
  }

  @Test
  void aDamagedRecordIsMissingAndNothingElse() throws Exception {
    try (JournalFixture journal = new JournalFixture(directory, ROOMY)) {
      journal.append(1, 20);
      journal.awaitForced(20);
    }
    Path file = JournalDirectory.segments(directory).firstEntry().getValue();
    byte[] bytes = Files.readAllBytes(file);
    int within = new String(bytes, StandardCharsets.ISO_8859_1).indexOf("lb1", bytes.length / 2);
    bytes[within] ^= 4;
    Files.write(file, bytes);
    assertThat(numbers(1)).hasSize(19).isSorted().doesNotHaveDuplicates().isSubsetOf(range(1, 20));
  }

  @Test
  void onlyOneProcessHasIt() throws Exception {
    try (JournalDirectory first = JournalDirectory.open(directory)) {
      assertThat(first.contents().next()).isEqualTo(1);
      assertThatThrownBy(() -> JournalDirectory.open(directory))
          .hasMessage("another process keeps its journal there");
    }
  }

  @Test
  void beyondItsSizeTheOldestGoAndThatIsSaid() throws Exception {
    List<String> said = new ArrayList<>();
    Retention small = new Retention(1 << 16, Duration.ofDays(1));
    try (JournalDirectory open = JournalDirectory.open(directory)) {
      SegmentOutput output = new SegmentOutput(open, 1, small, InstantSource.system());
      output.delivered(50);
      for (long number = 1; number <= 400; number++) {
        output.write(
            List.of(new Entry(number, Events.envelope(number, Events.up()))),
            gone -> said.add(gone.from() + " to " + gone.to()));
      }
      assertThat(output.bytes()).isLessThan((1 << 16) + (1 << 13));
      output.close();
    }
    assertThat(numbers(1).getFirst()).isGreaterThan(50);
    assertThat(said.getFirst()).startsWith("50 to ");
    assertThat(numbers(1)).endsWith(400L);
  }

  @Test
  void aHoleInTheNumbersIsAHoleForTheReader() throws Exception {
    try (JournalFixture journal = new JournalFixture(directory, ROOMY)) {
      journal.append(1, 5);
      journal.append(10, 12);
      journal.awaitForced(12);
    }
    assertThat(numbers(1)).containsExactly(1L, 2L, 3L, 4L, 5L, 10L, 11L, 12L);
  }

  @Test
  void aReaderFollowsTheWriter() throws Exception {
    try (JournalFixture journal = new JournalFixture(directory, new Retention(1 << 20, LIMIT));
        JournalInput input = new JournalInput(directory)) {
      List<Long> read = new ArrayList<>();
      long next = 1;
      for (long round = 1; round <= 20; round++) {
        journal.append(20 * round - 19, 20 * round);
        while (next <= 20 * round) {
          Batch batch = input.read(next, 7, Long.MAX_VALUE);
          batch.entries().forEach(entry -> read.add(entry.number()));
          next = batch.next();
        }
      }
      assertThat(read).containsExactlyElementsOf(range(1, 400));
    }
  }

  @Test
  void whatAKilledProcessHasSaidIsWrittenIsThere() throws Exception {
    for (int round = 0; round < 3; round++) {
      Process child = JournalChild.start(directory);
      String line = child.inputReader().readLine();
      for (int lines = 0; lines < 200 * (round + 1); lines++) {
        line = child.inputReader().readLine();
      }
      child.destroyForcibly().waitFor(LIMIT.toSeconds(), TimeUnit.SECONDS);
      long written = Long.parseLong(line);
      try (JournalDirectory again = JournalDirectory.open(directory)) {
        assertThat(again.contents().next()).isGreaterThan(written);
        assertThat(numbers(1)).containsExactlyElementsOf(range(1, again.contents().next() - 1));
        assertThat(again.contents().heard().get(Events.ELECTION).sequence())
            .isEqualTo(again.contents().next() - 1);
      }
    }
  }

  @Test
  void anUnwritableDirectoryIsRefused() throws IOException {
    Path file = Files.writeString(directory.resolve("file"), "");
    assertThatThrownBy(() -> JournalDirectory.open(file.resolve("below")))
        .isInstanceOf(IOException.class);
  }

  @Test
  void anAgeATimeANumberAndAnIdArePlaces() throws Exception {
    try (JournalFixture journal = new JournalFixture(directory, ROOMY)) {
      journal.append(1, 20);
      journal.awaitForced(20);
    }
    var stamped = Events.envelope(1, Events.up()).occurredAt();
    JournalPlaces places = new JournalPlaces(directory, stamped.plusSeconds(90));
    assertThat(places.find("2m")).hasValue(1);
    assertThat(places.find("10s")).hasValue(Long.MAX_VALUE);
    assertThat(places.find(stamped.toString())).hasValue(1);
    assertThat(places.find("7")).hasValue(7);
    assertThat(places.find("lb1/election/b00t/9")).hasValue(9);
    assertThat(places.find("yesterday")).isEmpty();
  }

  private List<Long> numbers(long from) throws IOException {
    List<Long> numbers = new ArrayList<>();
    try (JournalInput input = new JournalInput(directory)) {
      Batch batch = input.read(from, 64, Long.MAX_VALUE);
      while (!batch.entries().isEmpty()) {
        batch.entries().forEach(entry -> numbers.add(entry.number()));
        batch = input.read(batch.next(), 64, Long.MAX_VALUE);
      }
    }
    return numbers;
  }

  private static List<Long> range(long from, long to) {
    return LongStream.rangeClosed(from, to).boxed().toList();
  }

  /** A writer whose progress can be waited for. */
  private static final class JournalFixture implements AutoCloseable, JournalWriter.Listener {
    private final JournalWriter writer;
    private volatile long forced;

    JournalFixture(Path directory, Retention retention) throws IOException {
      JournalDirectory open = JournalDirectory.open(directory);
      SegmentOutput output =
          new SegmentOutput(open, open.contents().next(), retention, InstantSource.system());
      writer = new JournalWriter(output, this, 1 << 20);
    }

    void append(long from, long to) {
      for (long number = from; number <= to; number++) {
        writer.append(new Entry(number, Events.envelope(number, Events.up())));
      }
    }

    void awaitForced(long number) {
      Await.until(LIMIT, "forced " + number, () -> forced >= number);
    }

    @Override
    public void written(long number) {}

    @Override
    public void forced(long number, long tookNanos) {
      forced = number;
    }

    @Override
    public void refused(IOException why) {
      throw new AssertionError(why);
    }

    @Override
    public void dropped(long from, long to, String reason) {}

    @Override
    public void close() {
      try {
        writer.close();
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
      }
    }
  }
}

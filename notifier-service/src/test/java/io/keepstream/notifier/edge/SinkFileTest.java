package io.keepstream.notifier.edge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.notifier.Events;
import io.keepstream.notifier.delivery.DeadLetter;
import io.keepstream.notifier.journal.Records;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Dead letters on a disk that damages them. */
class SinkFileTest {
  @TempDir Path directory;
  private SinkFile file;
  private Path letters;

  @BeforeEach
  void open() {
    file = new SinkFile("webhook ops", directory.resolve("ops.cursor"));
    letters = directory.resolve("ops.cursor.dead");
  }

  @Test
  void aTornEndDoesNotHideWhatComesLater() throws IOException {
    file.append(letter(1));
    file.append(letter(2));
    try (FileChannel channel = FileChannel.open(letters, StandardOpenOption.WRITE)) {
      channel.truncate(channel.size() - 3);
    }
    assertThat(file.letters()).containsExactly(letter(1));
    file.append(letter(3));
    assertThat(file.letters()).containsExactly(letter(1), letter(3));
  }

  @Test
  void oneThatIsDamagedDoesNotHideTheOthers() throws IOException {
    file.append(letter(1));
    int first = (int) Files.size(letters);
    file.append(letter(2));
    byte[] bytes = Files.readAllBytes(letters);
    bytes[first - 5] ^= 4;
    Files.write(letters, bytes);
    assertThat(file.letters()).containsExactly(letter(2));
  }

  @Test
  void oneOfAnotherVersionDoesNotHideTheOthersAndStays() throws IOException {
    byte[] other = "{\"number\":\"of pages\"}".getBytes(StandardCharsets.UTF_8);
    Files.write(letters, Records.encode(0, other).array());
    file.append(letter(2));
    long bytes = Files.size(letters);
    assertThat(file.letters()).containsExactly(letter(2));
    assertThat(Files.size(letters)).isEqualTo(bytes);
  }

  @KernelTest
  @Test
  void oneThatDoesNotFitDoesNotHideWhatComesLater() throws Exception {
    run("mount", "-t", "tmpfs", "-o", "size=16k", "tmpfs", directory.toString());
    try {
      file.append(letter(1));
      byte[] much = new byte[(int) directory.toFile().getUsableSpace() - 1];
      Path ballast = Files.write(directory.resolve("ballast"), much);
      assertThatThrownBy(
              () -> {
                for (long number = 2; number < 100; number++) {
                  file.append(letter(number));
                }
              })
          .hasMessageContaining("No space left");
      int before = file.letters().size();
      Files.delete(ballast);
      file.append(letter(100));
      assertThat(file.letters()).hasSize(before + 1).endsWith(letter(100));
    } finally {
      run("umount", directory.toString());
    }
  }

  private static void run(String... command) throws Exception {
    assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
  }

  private static DeadLetter letter(long number) {
    return new DeadLetter(
        number, Instant.EPOCH, "answered 422", Events.envelope(number, Events.up()));
  }
}

package io.keepstream.notifier.journal;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.contract.Service;
import io.keepstream.contract.Source;
import io.keepstream.notifier.journal.SegmentScan.Step;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SegmentScanTest {
  private static final long FIRST = 7;
  private static final SegmentHeader HEADER =
      new SegmentHeader(
          Instant.parse("2026-01-02T03:04:05Z"),
          List.of(new Heard(new Source("lb1", Service.ELECTION, "b00t"), 41)));
  private static final List<String> PAYLOADS = List.of("first", "the second", "3");

  @Test
  void bytesAreAsDocumented() {
    ByteBuffer record = Records.encode(7, "first".getBytes(StandardCharsets.US_ASCII));
    assertThat(record.remaining()).isEqualTo(8 + 5);
    assertThat(record.getInt(0)).isEqualTo(5);
    assertThat(record.getInt(4)).isEqualTo(0x331fa77b);
    assertThat(new String(segment(), 0, 8, StandardCharsets.US_ASCII)).isEqualTo("KSJRNL01");
  }

  @Test
  void whatWasWrittenIsRead() {
    SegmentScan scan = new SegmentScan(FIRST);
    assertThat(read(scan, segment())).containsExactlyElementsOf(PAYLOADS);
    assertThat(scan.header()).contains(HEADER);
    assertThat(scan.validNumber()).isEqualTo(FIRST + PAYLOADS.size());
    assertThat(scan.validUntil()).isEqualTo(segment().length);
  }

  @Test
  void aWriteThatWasCutOffAnywhereLeavesWhatWasWholeBefore() {
    byte[] whole = segment();
    for (int length = 0; length < whole.length; length++) {
      SegmentScan scan = new SegmentScan(FIRST);
      List<String> found = read(scan, Arrays.copyOf(whole, length));
      assertThat(found).as("cut at %d", length).isEqualTo(PAYLOADS.subList(0, found.size()));
      assertThat(scan.validUntil()).isLessThanOrEqualTo(length);
      assertThat(scan.validNumber()).isEqualTo(FIRST + found.size());
    }
  }

  @Test
  void zeroesBehindACutAreNoRecord() {
    byte[] whole = segment();
    for (int length = 0; length < whole.length; length++) {
      SegmentScan scan = new SegmentScan(FIRST);
      List<String> found = read(scan, Arrays.copyOf(Arrays.copyOf(whole, length), 2 * 1024));
      assertThat(found).as("cut at %d", length).isEqualTo(PAYLOADS.subList(0, found.size()));
    }
  }

  @Test
  void aFlippedBitIsNeverReadAndCostsAtMostWhatItCannotBeToldFrom() {
    byte[] whole = segment();
    for (int bit = 0; bit < 8 * whole.length; bit++) {
      byte[] damaged = whole.clone();
      damaged[bit / 8] ^= (byte) (1 << bit % 8);
      List<String> found = read(new SegmentScan(FIRST), damaged);
      assertThat(PAYLOADS).as("bit %d", bit).containsAll(found);
      assertThat(found.size()).isLessThanOrEqualTo(PAYLOADS.size());
    }
  }

  @Test
  void aRecordThatWasChangedIsSkippedAndTheOthersKeepTheirNumbers() {
    byte[] damaged = segment();
    int second = new String(damaged, StandardCharsets.ISO_8859_1).indexOf("second");
    damaged[second] = 'S';
    SegmentScan scan = new SegmentScan(FIRST);
    ByteBuffer bytes = ByteBuffer.wrap(damaged);
    assertThat(((Step.Found) scan.next(bytes)).number()).isEqualTo(FIRST);
    assertThat(((Step.Found) scan.next(bytes)).number()).isEqualTo(FIRST + 2);
  }

  @Test
  void aRecordOfAnotherNumberIsNone() {
    assertThat(read(new SegmentScan(FIRST + 1), segment())).isEmpty();
  }

  @Test
  void bytesMayComeOneByOne() {
    byte[] whole = segment();
    SegmentScan scan = new SegmentScan(FIRST);
    List<String> found = new ArrayList<>();
    for (int length = 0; length <= whole.length; length++) {
      int from = (int) scan.offset();
      found.addAll(read(scan, Arrays.copyOfRange(whole, from, Math.max(from, length))));
    }
    assertThat(found).containsExactlyElementsOf(PAYLOADS);
  }

  @Test
  void afterGoingBackItGoesOnBehindTheLastRecord() {
    byte[] whole = segment();
    SegmentScan scan = new SegmentScan(FIRST);
    List<String> found = read(scan, Arrays.copyOf(whole, whole.length - 1));
    SegmentScan again = scan.back();
    int from = (int) again.offset();
    found.addAll(read(again, Arrays.copyOfRange(whole, from, whole.length)));
    assertThat(found).containsExactlyElementsOf(PAYLOADS);
  }

  private static List<String> read(SegmentScan scan, byte[] bytes) {
    ByteBuffer buffer = ByteBuffer.wrap(bytes);
    List<String> found = new ArrayList<>();
    while (scan.next(buffer) instanceof Step.Found(long _, byte[] payload)) {
      found.add(new String(payload, StandardCharsets.UTF_8));
    }
    return found;
  }

  private static byte[] segment() {
    ByteArrayOutputStream segment = new ByteArrayOutputStream();
    segment.writeBytes(Records.beginning(HEADER).array());
    for (int i = 0; i < PAYLOADS.size(); i++) {
      byte[] payload = PAYLOADS.get(i).getBytes(StandardCharsets.UTF_8);
      segment.writeBytes(Records.encode(FIRST + i, payload).array());
    }
    return segment.toByteArray();
  }
}

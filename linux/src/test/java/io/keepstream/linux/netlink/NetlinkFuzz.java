package io.keepstream.linux.netlink;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import com.sun.management.ThreadMXBean;
import io.keepstream.linux.nft.NfAnswers;
import io.keepstream.linux.nft.NfConnection;
import io.keepstream.linux.nft.NfElement;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.linux.nft.NfSet;
import io.keepstream.linux.nft.NfSet.Part;
import io.keepstream.linux.nft.NfTable;
import io.keepstream.linux.nft.Octets;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.linux.wire.NfTables;
import java.lang.foreign.MemorySegment;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.MethodSource;

/** A search for a netlink datagram that one of the decoders does not survive. */
class NetlinkFuzz {
  private static final ThreadMXBean THREAD = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private static final NfTable TABLE = new NfTable(NfTables.NFPROTO_INET, "t");
  private static final NfAnswers TABLE_ANSWERS = new NfAnswers(TABLE);

  /** For what is built of a byte; texts and records are longer than what they are read from. */
  private static final long ALLOCATED_PER_BYTE = 256;

  private static final long ALLOCATED_ANYWAY = 1 << 18;

  static Stream<byte[]> valid() {
    return Stream.of(
        Messages.bytes(LinkMessages.dump()),
        Messages.bytes(
            AddressMessages.add(
                Address.of(3, InetAddress.ofLiteral("2001:db8::1"), 64)
                    .label("eth0:1")
                    .lifetimes(1, 2)
                    .build())),
        Messages.bytes(
            TABLE.rule(
                "chain",
                new NfRule()
                    .network(16, 4, NfTables.NFT_REG_1)
                    .is(7)
                    .counted(true)
                    .drop()
                    .commented("note"))),
        Messages.bytes(TABLE.add(NfSet.of("set", Part.MARK))),
        Messages.bytes(
            TABLE.add("set", List.of(NfElement.to(Octets.host32(7), "chain"))).getFirst()));
  }

  @MethodSource("valid")
  @FuzzTest(maxDuration = "10s")
  void search(byte[] datagram) {
    long limit = ALLOCATED_ANYWAY + ALLOCATED_PER_BYTE * datagram.length;
    long allocated = allocatedBy(datagram);
    if (allocated >= limit) { // the first time loads classes
      allocated = allocatedBy(datagram);
    }
    assertThat(allocated).as("bytes allocated for %d", datagram.length).isLessThan(limit);
  }

  private static long allocatedBy(byte[] datagram) {
    long before = THREAD.getCurrentThreadAllocatedBytes();
    NetlinkReader reader =
        new NetlinkReader(MemorySegment.ofArray(datagram)).reset(datagram.length);
    while (reader.next()) {
      var _ = RouteMonitor.decode(reader);
      var _ = GenericNetlink.decodeFamily(reader);
      var _ = ProcessMessages.decode(reader, 7);
      var _ = Ack.read(reader);
      var _ = NfAnswers.generation(reader);
      var _ = TABLE_ANSWERS.chain(reader);
      var _ = TABLE_ANSWERS.rule(reader);
      var _ = TABLE_ANSWERS.set(reader);
      var _ = TABLE_ANSWERS.elements(reader);
      var _ = TABLE_ANSWERS.counter(reader);
      var _ = NfConnection.read(reader);
    }
    return THREAD.getCurrentThreadAllocatedBytes() - before;
  }
}

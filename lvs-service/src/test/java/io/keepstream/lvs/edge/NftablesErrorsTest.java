package io.keepstream.lvs.edge;

import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.service;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.Reading;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.Outcome.Failure;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.plan.TableChange.AddDestination;
import io.keepstream.lvs.plan.TableChange.AddService;
import io.keepstream.lvs.plan.TableChange.RemoveDestination;
import io.keepstream.lvs.port.IpvsUnavailableException;
import io.keepstream.testkit.Proves;
import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What becomes of a change or a reading when nf_tables answers with an error. */
class NftablesErrorsTest {
  private static final ServiceKey WEB = key("10.1.1.1");
  private static final ServiceKey OTHER = key("10.1.1.2");
  private static final List<TableChange> CHANGES =
      List.of(new AddService(service(WEB)), new AddDestination(WEB, destination(1, 1)));
  private static final List<TableChange> MORE =
      List.of(new AddService(service(OTHER)), new AddDestination(OTHER, destination(2, 1)));

  private final ScriptedNftables kernel = new ScriptedNftables();
  private final NftablesTable table = new NftablesTable(kernel);

  private static List<TableChange> both() {
    return List.of(CHANGES.get(0), CHANGES.get(1), MORE.get(0), MORE.get(1));
  }

  /**
   * Whatever is refused may be so for what somebody has done to the table: it is read and all is
   * tried again.
   */
  @ParameterizedTest
  @ValueSource(
      ints = {
        Errno.ENOENT,
        Errno.ESRCH,
        Errno.EEXIST,
        Errno.EINVAL,
        Errno.EBUSY,
        Errno.ENOMEM,
        Errno.EAGAIN,
        Errno.EINTR,
        Errno.ERANGE,
        Errno.EMSGSIZE,
        Errno.EOPNOTSUPP,
        Errno.EAFNOSUPPORT,
        Errno.EPROTONOSUPPORT,
        Errno.ENOBUFS
      })
  @Proves("IP-001")
  void aFirstRefusalIsLookedInto(int errno) throws IOException {
    kernel.answer(errno);
    assertThat(table.apply(CHANGES)).isEqualTo(new Outcome(CHANGES, List.of(), true));
    assertThat(kernel.asked()).containsExactly("commit", "read", "commit");
  }

  @ParameterizedTest
  @CsvSource({
    "17, EEXIST: File exists",
    "22, EINVAL: Invalid argument",
    "16, EBUSY: Device or resource busy",
    "12, ENOMEM: Cannot allocate memory",
    "34, ERANGE: Numerical result out of range",
    "90, EMSGSIZE: Message too long",
    "95, EOPNOTSUPP: Operation not supported",
    "105, ENOBUFS: No buffer space available"
  })
  void aRefusalThatStaysIsTold(int errno, String text) throws IOException {
    kernel.answer(errno, errno);
    assertThat(table.apply(CHANGES))
        .isEqualTo(
            new Outcome(
                List.of(), CHANGES.stream().map(each -> new Failure(each, text)).toList(), true));
    assertThat(table.apply(CHANGES))
        .as("what was not done is not believed")
        .isEqualTo(new Outcome(CHANGES, List.of(), false));
  }

  @Test
  void whatTheKernelMayLackIsNamed() throws IOException {
    kernel.answer(Errno.ENOENT, Errno.ENOENT);
    assertThat(table.apply(CHANGES).failures())
        .allMatch(
            failure ->
                failure
                    .detail()
                    .startsWith(
                        "ENOENT: No such file or directory; load what it may lack with: modprobe"));
  }

  @Test
  void theKernelsOwnWordsAreKept() throws IOException {
    Ack refused = new Ack.Refused(Errno.EINVAL, "bad priority");
    kernel.answer(refused).answer(refused);
    assertThat(table.apply(CHANGES).failures())
        .allMatch(failure -> failure.detail().equals("EINVAL: Invalid argument (bad priority)"));
  }

  @Test
  void oneServiceThatIsRefusedHoldsUpNoOther() throws IOException {
    kernel.answer(Errno.EINVAL, Errno.EINVAL, 0);
    Outcome outcome = table.apply(both());
    assertThat(outcome.done()).isEqualTo(MORE);
    assertThat(outcome.failures()).extracting(Failure::change).isEqualTo(CHANGES);
  }

  @Test
  void aLostAnswerLeavesTheTableInDoubt() throws IOException {
    kernel.answer(new Ack.Lost(Errno.ENOBUFS));
    assertThat(table.apply(CHANGES)).isEqualTo(new Outcome(CHANGES, List.of(), true));
    kernel.answer(new Ack.Lost(Errno.ENOBUFS)).answer(new Ack.Lost(Errno.ENOBUFS));
    assertThat(table.apply(MORE).failures())
        .allMatch(
            failure -> failure.detail().equals("no answer, ENOBUFS: No buffer space available"));
  }

  @Test
  void withoutPermissionThereIsNoTable() {
    String text = "the kernel does not permit it; nftables needs CAP_NET_ADMIN";
    kernel.answer(Errno.EPERM);
    assertThatThrownBy(() -> table.apply(CHANGES))
        .isInstanceOf(IpvsUnavailableException.class)
        .hasMessage(text);
    kernel.refuse(Errno.EPERM);
    assertThatThrownBy(table::dump).isInstanceOf(IpvsUnavailableException.class).hasMessage(text);
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EINTR, Errno.ENOBUFS, Errno.EAGAIN, Errno.EBUSY, Errno.ENOMEM})
  void aReadingThatFailsForNowIsTriedLater(int errno) throws IOException {
    kernel.refuse(errno);
    assertThatThrownBy(table::dump)
        .isInstanceOf(ErrnoException.class)
        .isNotInstanceOf(IpvsUnavailableException.class);
    assertThat(table.dump().table().entries()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      ints = {Errno.EINVAL, Errno.EOPNOTSUPP, Errno.EPROTONOSUPPORT, Errno.EMFILE, Errno.ENOENT})
  void otherTroubleIsSaidAsItIs(int errno) {
    kernel.refuse(errno);
    assertThatThrownBy(table::dump)
        .isInstanceOf(IpvsUnavailableException.class)
        .hasMessageStartingWith("nftables: ")
        .hasMessageContaining(Errno.describe(errno));
  }

  @Test
  void aTableThatDoesNotStandStillIsReadLater() {
    kernel.restless();
    assertThatThrownBy(table::dump)
        .isInstanceOf(ErrnoException.class)
        .isNotInstanceOf(IpvsUnavailableException.class)
        .hasMessageContaining("EINTR");
  }

  @ParameterizedTest
  @ValueSource(ints = {Errno.EOPNOTSUPP, Errno.EPERM, Errno.ENOBUFS, Errno.EINVAL})
  void whereConntrackDoesNotTellConnectionsAreUnknown(int errno) throws IOException {
    kernel.withoutConntrack(errno);
    table.apply(CHANGES);
    Reading reading = table.dump();
    assertThat(reading.loads().values())
        .allMatch(
            load ->
                load.destinations().values().stream().allMatch(it -> it.connections().isEmpty()));
  }

  @Test
  void datagramsOfAServerThatLeavesAreForgottenIfConntrackTells() throws IOException {
    ServiceKey dns = new ServiceKey.Address(Protocol.UDP, InetAddress.ofLiteral("10.1.1.1"), 53);
    table.apply(
        List.of(
            new AddService(new VirtualService(dns, "rr", Set.of(), Persistence.none(dns.family()))),
            new AddDestination(dns, destination(1, 1))));
    TableChange remove = new RemoveDestination(dns, destination(1, 1).key());
    kernel.withoutConntrack(Errno.EOPNOTSUPP);
    assertThat(table.apply(List.of(remove)).done()).containsExactly(remove);
    assertThat(kernel.asked()).endsWith("conntrack", "forget");
  }

  @Test
  void closingClosesTheSocket() {
    table.close();
    assertThat(kernel.closed()).isTrue();
  }
}

package io.keepstream.lvs.edge;

import static io.keepstream.lvs.plan.Samples.destination;
import static io.keepstream.lvs.plan.Samples.entry;
import static io.keepstream.lvs.plan.Samples.key;
import static io.keepstream.lvs.plan.Samples.service;
import static io.keepstream.lvs.plan.Samples.table;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.netlink.Ack;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.Settings;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.Outcome.Failure;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.plan.TableChange.AddDestination;
import io.keepstream.lvs.plan.TableChange.AddService;
import io.keepstream.lvs.plan.TableChange.RemoveDestination;
import io.keepstream.lvs.plan.TableChange.RemoveService;
import io.keepstream.lvs.plan.TableChange.SetTimeouts;
import io.keepstream.lvs.plan.TableChange.StartDaemon;
import io.keepstream.lvs.plan.TableChange.StopDaemon;
import io.keepstream.lvs.plan.TableChange.UpdateDestination;
import io.keepstream.lvs.plan.TableChange.UpdateService;
import io.keepstream.lvs.port.IpvsUnavailableException;
import io.keepstream.lvs.wire.IpvsRequests;
import io.keepstream.testkit.Proves;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class NetlinkIpvsTableTest {
  private static final String ABSENT = "the kernel has no IPVS; load it with: modprobe ip_vs";
  private static final ServiceKey WEB = key("10.1.1.1");
  private static final VirtualService RR = service(WEB);
  private static final VirtualService SIP =
      new VirtualService(WEB, "mh", Set.of(), new Persistence(0, -1, "sip"));
  private static final Destination ONE = destination(1, 1);
  private static final IpvsRequests TO = new IpvsRequests(28);

  private static final AddService ADD_SERVICE = new AddService(RR);
  private static final UpdateService SET_SERVICE = new UpdateService(SIP, RR);
  private static final RemoveService DEL_SERVICE = new RemoveService(WEB);
  private static final AddDestination ADD = new AddDestination(WEB, ONE);
  private static final UpdateDestination SET = new UpdateDestination(WEB, ONE, destination(1, 5));
  private static final RemoveDestination DEL = new RemoveDestination(WEB, ONE.key());

  private static final SyncDaemon DAEMON =
      new SyncDaemon(SyncDaemon.Role.MASTER, "eth0", 7, SyncDaemon.Channel.KERNELS);
  private static final StartDaemon START = new StartDaemon(DAEMON);
  private static final StopDaemon STOP = new StopDaemon(DAEMON);
  private static final SetTimeouts SET_TIMEOUTS =
      new SetTimeouts(Timeouts.UNCHANGED, new Timeouts(600, 0, 0));

  private final ScriptedLink kernel = new ScriptedLink();
  private final NetlinkIpvsTable table = new NetlinkIpvsTable(kernel);

  /**
   * An answer that is not taken for a failure.
   *
   * @param instead the request that follows, or empty
   */
  record Row(String rule, TableChange change, int errno, String instead) {
    @Override
    public String toString() {
      return rule;
    }
  }

  static List<Row> forgiven() {
    return List.of(
        new Row("a service that is there is set", ADD_SERVICE, Errno.EEXIST, "SET_SERVICE"),
        new Row("a service that is gone is added", SET_SERVICE, Errno.ESRCH, "NEW_SERVICE"),
        new Row("a service that is gone is removed", DEL_SERVICE, Errno.ESRCH, ""),
        new Row("so say older kernels", DEL_SERVICE, Errno.ENOENT, ""),
        new Row("a destination that is there is set", ADD, Errno.EEXIST, "SET_DEST"),
        new Row("a destination that is gone is added", SET, Errno.ENOENT, "NEW_DEST"),
        new Row("a destination that is gone is removed", DEL, Errno.ENOENT, ""),
        new Row("so is one whose service is gone", DEL, Errno.ESRCH, ""),
        new Row("a daemon that does not run is stopped", STOP, Errno.ESRCH, ""));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @Proves("IP-001")
  void forgiven(Row row) throws IOException {
    kernel.answer(row.errno());
    kernel.answer(0);
    assertThat(table.apply(List.of(row.change())))
        .isEqualTo(new Outcome(List.of(row.change()), List.of(), true));
    List<String> asked = kernel.asked();
    assertThat(asked.subList(2, asked.size()))
        .isEqualTo(row.instead().isEmpty() ? List.of() : List.of("|", row.instead()));
  }

  /** An answer that is a failure. */
  record Refusal(TableChange change, int errno, boolean surprised, String detail) {
    @Override
    public String toString() {
      return change + ": " + detail;
    }
  }

  static List<Refusal> refusals() {
    String noEntry = "ENOENT: No such file or directory; load what it lacks with: modprobe -a ";
    return List.of(
        new Refusal(ADD_SERVICE, Errno.ENOENT, false, noEntry + "ip_vs_rr"),
        new Refusal(new AddService(SIP), Errno.ENOENT, false, noEntry + "ip_vs_mh ip_vs_pe_sip"),
        new Refusal(SET_SERVICE, Errno.ENOENT, false, noEntry + "ip_vs_rr"),
        new Refusal(ADD_SERVICE, Errno.EINVAL, false, "EINVAL: Invalid argument"),
        new Refusal(
            ADD_SERVICE,
            Errno.EAFNOSUPPORT,
            false,
            "EAFNOSUPPORT: Address family not supported by protocol"),
        new Refusal(SET_SERVICE, Errno.EINVAL, false, "EINVAL: Invalid argument"),
        new Refusal(ADD, Errno.ESRCH, true, "ESRCH: No such process"),
        new Refusal(SET, Errno.ERANGE, false, "ERANGE: Numerical result out of range"),
        new Refusal(START, Errno.EEXIST, true, "EEXIST: File exists"),
        new Refusal(START, Errno.ENODEV, false, "ENODEV: No such device"),
        new Refusal(START, Errno.EINVAL, false, "EINVAL: Invalid argument"),
        new Refusal(SET_TIMEOUTS, Errno.EINVAL, false, "EINVAL: Invalid argument"),
        new Refusal(ADD, Errno.ENOBUFS, true, "ENOBUFS: No buffer space available"),
        new Refusal(SET, Errno.ESRCH, true, "ESRCH: No such process"),
        new Refusal(ADD, Errno.ERANGE, false, "ERANGE: Numerical result out of range"),
        new Refusal(ADD, Errno.EINVAL, false, "EINVAL: Invalid argument"));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource
  @Proves("IP-001")
  void refusals(Refusal row) throws IOException {
    kernel.answer(row.errno());
    assertThat(table.apply(List.of(row.change())))
        .isEqualTo(
            new Outcome(
                List.of(), List.of(new Failure(row.change(), row.detail())), row.surprised()));
  }

  @Test
  void theKernelsOwnWordsAreKept() throws IOException {
    kernel.answer(new Ack.Refused(Errno.EINVAL, "bad weight"));
    assertThat(table.apply(List.of(ADD)).failures())
        .containsExactly(new Failure(ADD, "EINVAL: Invalid argument (bad weight)"));
  }

  @Test
  void aLostAnswerLeavesTheTableInDoubt() throws IOException {
    kernel.answer(new Ack.Lost(Errno.ENOBUFS));
    Outcome outcome = table.apply(List.of(ADD));
    assertThat(outcome.surprised()).isTrue();
    assertThat(outcome.failures())
        .containsExactly(new Failure(ADD, "no answer, ENOBUFS: No buffer space available"));
  }

  @Test
  void whatIsAskedInsteadMayFailToo() throws IOException {
    kernel.answer(Errno.EEXIST, 0, Errno.ENOENT);
    kernel.answer(0, Errno.EINVAL);
    assertThat(table.apply(List.of(ADD_SERVICE, ADD, SET)))
        .isEqualTo(
            new Outcome(
                List.of(ADD_SERVICE, ADD),
                List.of(new Failure(SET, "EINVAL: Invalid argument")),
                true));
    assertThat(kernel.asked())
        .containsExactly(
            "|", "NEW_SERVICE", "NEW_DEST", "SET_DEST", "|", "SET_SERVICE", "NEW_DEST");
  }

  @Test
  void oneFailureDoesNotStopTheRest() throws IOException {
    kernel.answer(0, Errno.ERANGE, 0);
    assertThat(table.apply(List.of(ADD_SERVICE, ADD, DEL)).done())
        .containsExactly(ADD_SERVICE, DEL);
  }

  @Test
  void aTableIsReadServiceByService() throws IOException {
    ServiceKey other = key("10.1.1.2");
    kernel
        .dump(TO.add(RR), TO.add(service(other)))
        .dump(TO.add(WEB, ONE), TO.add(WEB, destination(2, 0)))
        .dump()
        .dump(TO.start(DAEMON))
        .dump(TO.set(new Timeouts(900, 120, 300)));
    Settings settings =
        new Settings(Map.of(SyncDaemon.Role.MASTER, DAEMON), new Timeouts(900, 120, 300));
    assertThat(table.dump().table())
        .isEqualTo(
            table(entry("10.1.1.1", ONE, destination(2, 0)), entry("10.1.1.2")).with(settings));
    assertThat(kernel.asked())
        .containsExactly("GET_SERVICE", "GET_DEST", "GET_DEST", "GET_DAEMON", "GET_CONFIG");
  }

  @Test
  @Proves("IP-004")
  void aServiceThatGoesWhileItIsReadIsMissedByTheNextChange() throws IOException {
    // The kernel answers with no destination and no error, so it looks like an empty service.
    kernel.dump(TO.add(RR)).dump().dump().dump();
    assertThat(table.dump().table()).isEqualTo(table(entry("10.1.1.1")));
    kernel.answer(Errno.ESRCH);
    assertThat(table.apply(List.of(ADD)).surprised()).as("reads it again").isTrue();
  }

  @Test
  void withoutTheFamilyThereIsNoTable() {
    kernel.family(OptionalInt.empty());
    assertThatThrownBy(table::dump).isInstanceOf(IpvsUnavailableException.class).hasMessage(ABSENT);
  }

  @Test
  void withoutPermissionThereIsNoTable() {
    kernel.refuse(Errno.EPERM);
    assertThatThrownBy(table::dump)
        .isInstanceOf(IpvsUnavailableException.class)
        .hasMessage("the kernel does not permit it; IPVS needs CAP_NET_ADMIN");
    kernel.answer(Errno.EPERM);
    assertThatThrownBy(() -> table.apply(List.of(ADD)))
        .isInstanceOf(IpvsUnavailableException.class);
  }

  @Test
  void aModuleThatWasUnloadedIsNoticed() throws IOException {
    kernel.answer(0).answer(Errno.ENOENT);
    table.apply(List.of(ADD));
    kernel.family(OptionalInt.empty());
    assertThatThrownBy(() -> table.apply(List.of(ADD_SERVICE)))
        .isInstanceOf(IpvsUnavailableException.class)
        .hasMessage(ABSENT);
  }

  @Test
  void aModuleThatWasLoadedAnewIsUsedTheNextTime() throws IOException {
    kernel.answer(0).answer(Errno.ENOENT).answer(0);
    table.apply(List.of(ADD));
    kernel.family(OptionalInt.of(29));
    assertThatThrownBy(() -> table.apply(List.of(ADD_SERVICE)))
        .isInstanceOf(IOException.class)
        .isNotInstanceOf(IpvsUnavailableException.class);
    assertThat(table.apply(List.of(ADD_SERVICE)).done()).containsExactly(ADD_SERVICE);
  }

  @Test
  void aTableThatDoesNotStandStillIsReadLater() {
    kernel.refuse(Errno.EINTR);
    assertThatThrownBy(table::dump)
        .isInstanceOf(ErrnoException.class)
        .isNotInstanceOf(IpvsUnavailableException.class);
  }

  @Test
  void otherTroubleIsSaidAsItIs() {
    kernel.refuse(24);
    assertThatThrownBy(table::dump)
        .isInstanceOf(IpvsUnavailableException.class)
        .hasMessageContaining("EMFILE");
  }

  @Test
  void closingClosesTheSocket() {
    table.close();
    assertThat(kernel.closed()).isTrue();
  }
}

package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.config.Connection;
import io.keepstream.health.config.Target;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.protocol.DnsQuestion;
import io.keepstream.health.protocol.DnsType;
import io.keepstream.health.protocol.HexPattern;
import io.keepstream.health.protocol.UdpReply;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.libc.SocketConstants;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** DNS, UDP and pings against real servers, between two hosts. */
@KernelTest
class DatagramCheckerTest {
  private static final long MILLI = 1_000_000L;
  private static final long LONG = 10_000 * MILLI;
  private static final long SHORT = 300 * MILLI;

  private static NamespaceLab lab;
  private static LabHost balancer;
  private static LabHost server;
  private static ProbeHost probes;
  private static DatagramChecker checker;

  @BeforeAll
  static void startHosts() {
    lab = NamespaceLab.create();
    balancer = lab.host("lb").nic("eth0", lab.bridge("lan"), "10.0.0.1/24", "fd00::1/64");
    server =
        lab.host("server")
            .nic("eth0", lab.bridge("lan"), "10.0.0.2/24", "fd00::2/64", "fe80::2/64");
    balancer.sysctl("net.ipv4.neigh.eth0.retrans_time_ms=50");
    balancer.sysctl("net.ipv6.neigh.eth0.retrans_time_ms=50");
    server.sysctl("net.ipv4.icmp_ratelimit=0", "net.ipv6.icmp.ratelimit=0");
    probes = new ProbeHost(balancer);
    checker = new DatagramChecker(new ForeignLibc(), probes.loop(), new SecureRandom());
    UdpServer.start(server, 7, List::of);
    UdpServer.start(server, 9, asked -> List.of());
  }

  @AfterAll
  static void removeHosts() {
    probes.close();
    lab.close();
  }

  @Test
  void aPingIsAnsweredWithAndWithoutRights() {
    for (String range : List.of("1 0", "0 2147483647")) {
      balancer.sysctl("net.ipv4.ping_group_range=" + range);
      for (String address : List.of("10.0.0.2", "fd00::2")) {
        passes(ping(to(address, 0)));
        passes(ping(new Connection(ip("fe80::2"), 0, null, 0, "eth0", 0)));
      }
      InetAddress local = ip("10.0.0.1");
      passes(ping(new Connection(ip("10.0.0.2"), 0, local, 0, "eth0", 0)));
      passes(ping(new Connection(ip("fd00::2"), 0, ip("fd00::1"), 0, "eth0", 0)));
    }
  }

  @Test
  void aPingOfNobodySaysWhy() {
    for (String range : List.of("1 0", "0 2147483647")) {
      balancer.sysctl("net.ipv4.ping_group_range=" + range);
      fails(ping(to("10.0.0.77", 0)), FailureReason.HOST_UNREACHABLE, "EHOSTUNREACH");
      fails(ping(to("fd00::77", 0)), FailureReason.HOST_UNREACHABLE, "EHOSTUNREACH");
      fails(ping(to("192.0.2.1", 0)), FailureReason.NETWORK_UNREACHABLE, "connect: ENETUNREACH");
    }
    fails(
        ping(new Connection(ip("10.0.0.2"), 0, null, 0, "eth7", 0)),
        FailureReason.LOCAL_ADDRESS,
        "setsockopt SO_BINDTODEVICE eth7: ENODEV");
  }

  @Test
  void aPingWithoutAnyRightsSaysWhatIsMissing() {
    Libc real = new ForeignLibc();
    Libc poor =
        (Libc)
            Proxy.newProxyInstance(
                Libc.class.getClassLoader(),
                new Class<?>[] {Libc.class},
                (proxy, call, arguments) ->
                    call.getName().equals("socket")
                        ? ((int) arguments[1] & 3) == SocketConstants.SOCK_RAW
                            ? -Errno.EPERM
                            : -Errno.EACCES
                        : call.invoke(real, arguments));
    DatagramChecker other = new DatagramChecker(poor, probes.loop(), new SecureRandom());
    CheckResult result = probes.check(other.prepare(ping(to("10.0.0.2", 0))));
    assertThat(result.failure()).isEqualTo(FailureReason.NOT_PERMITTED);
    assertThat(result.detail())
        .startsWith("socket: EPERM")
        .endsWith("; pings need CAP_NET_RAW, or net.ipv4.ping_group_range to include our group");
  }

  @Test
  void aPingThatNobodyAnswersIsMissed() {
    LabHost mute = lab.host("mute").nic("eth0", lab.bridge("lan"), "10.0.0.3/24");
    mute.sysctl("net.ipv4.icmp_echo_ignore_all=1");
    CheckResult result = check(new Target.Ping(to("10.0.0.3", 0), SHORT));
    assertThat(result.failure()).isEqualTo(FailureReason.RESPONSE_TIMEOUT);
    assertThat(result.detail()).isEqualTo("no reply within 300 ms");
    assertThat(result.durationNanos()).isGreaterThanOrEqualTo(SHORT);
  }

  @Test
  void theMarkIsOnThePackets() {
    balancer.ip("rule add fwmark 0x77 prohibit");
    Connection marked = new Connection(ip("10.0.0.2"), 7, null, 0, null, 0x77);
    fails(ping(marked), FailureReason.NOT_PERMITTED, "connect: EACCES");
    fails(new Target.Udp(marked, null, null, LONG), FailureReason.NOT_PERMITTED, "connect: EACCES");
  }

  @Test
  void aUdpServerThatEchoes() {
    HexPattern payload = hex("616263");
    for (String address : List.of("10.0.0.2", "fd00::2")) {
      Connection echo = to(address, 7);
      passes(new Target.Udp(echo, payload, new UdpReply(hex("61", "xx", "63"), 3, 3), LONG));
      passes(new Target.Udp(echo, null, new UdpReply(null, 0, 255), LONG));
      fails(
          new Target.Udp(echo, payload, new UdpReply(hex("62"), 0, 255), LONG),
          FailureReason.REPLY_MISMATCH,
          "reply `616263`, `62` expected");
      fails(
          new Target.Udp(echo, payload, new UdpReply(null, 0, 2), LONG),
          FailureReason.REPLY_MISMATCH,
          "reply of 3 bytes, 0 to 2 expected");
    }
    CheckResult result = check(new Target.Udp(to("10.0.0.2", 7), payload, null, LONG));
    assertThat(result.received()).isEqualTo("616263");
    assertThat(result.durationNanos()).as("not the whole time").isLessThan(LONG);
  }

  @Test
  void aUdpServerThatIsSilent() {
    Connection silent = to("10.0.0.2", 9);
    CheckResult result = check(new Target.Udp(silent, null, null, SHORT));
    assertThat(result.succeeded()).isTrue();
    assertThat(result.durationNanos()).isGreaterThanOrEqualTo(SHORT);
    fails(
        new Target.Udp(silent, null, new UdpReply(null, 0, 255), SHORT),
        FailureReason.RESPONSE_TIMEOUT,
        "no reply within 300 ms");
  }

  @Test
  void nobodyOnTheUdpPortOrNoHost() {
    for (String address : List.of("10.0.0.2", "fd00::2")) {
      Connection closed = to(address, 10);
      fails(
          new Target.Udp(closed, null, null, LONG), FailureReason.PORT_UNREACHABLE, "ECONNREFUSED");
    }
    fails(
        new Target.Udp(to("10.0.0.78", 7), null, null, LONG),
        FailureReason.HOST_UNREACHABLE,
        "EHOSTUNREACH");
  }

  @Test
  void fromAPortOfOurOwn() {
    Connection own = new Connection(ip("10.0.0.2"), 7, ip("10.0.0.1"), 2000, null, 0);
    passes(new Target.Udp(own, null, new UdpReply(null, 0, 255), LONG));
    passes(new Target.Udp(own, null, new UdpReply(null, 0, 255), LONG));
    fails(
        new Target.Udp(
            new Connection(ip("10.0.0.2"), 7, ip("10.0.0.200"), 0, null, 0), null, null, LONG),
        FailureReason.LOCAL_ADDRESS,
        "bind: EADDRNOTAVAIL");
  }

  @Test
  @KernelTest(tools = "nsd")
  void aDnsServer(@TempDir Path directory) throws IOException {
    Files.writeString(
        directory.resolve("zone"),
        """
        $TTL 60
        @ SOA ns.example.org. host.example.org. 1 60 60 60 60
        @ NS ns
        ns A 10.0.0.2
        www AAAA fd00::2
        www TXT "hello"
        """);
    Files.writeString(
        directory.resolve("nsd.conf"),
        """
        server:
          ip-address: 10.0.0.2
          ip-address: fd00::2
          username: ""
          zonesdir: "%1$s"
          pidfile: "%1$s/pid"
          xfrdfile: "%1$s/xfrd"
          database: ""
          zonelistfile: "%1$s/zonelist"
          rrl-ratelimit: 0
        remote-control:
          control-enable: no
        zone:
          name: example.org
          zonefile: zone
        """
            .formatted(directory));
    server.start("nsd", "-d", "-c", directory.resolve("nsd.conf").toString());
    Await.until(
        Duration.ofSeconds(20),
        "nsd",
        () -> check(dns("10.0.0.2", DnsType.SOA, "example.org")).succeeded());
    for (DnsType type : DnsType.values()) {
      passes(dns("fd00::2", type, "www.example.org."));
    }
    assertThat(check(dns("10.0.0.2", DnsType.AAAA, "WWW.example.ORG")).detail())
        .isEqualTo("NOERROR, 1 answer(s)");
    fails(
        dns("10.0.0.2", DnsType.A, "none.example.org"),
        FailureReason.DNS_RCODE,
        "NXDOMAIN for none.example.org A, NOERROR expected");
    fails(
        dns("10.0.0.2", DnsType.SOA, "."),
        FailureReason.DNS_RCODE,
        "REFUSED for . SOA, NOERROR expected");
  }

  private static Target.Dns dns(String address, DnsType type, String name) {
    return new Target.Dns(to(address, 53), new DnsQuestion(type, name), LONG);
  }

  @Test
  void aDnsServerThatAnswersSomethingElseIsWaitedForInVain() {
    UdpServer.start(
        server,
        1053,
        asked -> {
          byte[] wrongId = asked.clone();
          wrongId[0] ^= 1;
          wrongId[2] |= (byte) 0x80;
          return Collections.nCopies(20, wrongId);
        });
    CheckResult result = check(new Target.Dns(to("10.0.0.2", 1053), DnsQuestion.ROOT, SHORT));
    assertThat(result.failure()).isEqualTo(FailureReason.REPLY_MISMATCH);
    assertThat(result.detail())
        .matches("no reply within 300 ms, but 20 other datagram\\(s\\): id \\d+, \\d+ expected");
  }

  @Test
  void theRightAnswerBehindManyWrongOnesCounts() {
    UdpServer.start(
        server,
        1054,
        asked -> {
          byte[] right = asked.clone();
          right[2] |= (byte) 0x80;
          return List.of(new byte[0], new byte[5], asked, new byte[9000], right);
        });
    passes(new Target.Dns(to("10.0.0.2", 1054), DnsQuestion.ROOT, LONG));
  }

  @Test
  void answersOfOthersAreNotHeard() {
    LabHost forger = lab.host("forger").nic("eth0", lab.bridge("lan"), "10.0.0.66/24");
    Connection silent = new Connection(ip("10.0.0.2"), 9, ip("10.0.0.1"), 2055, null, 0);
    CompletableFuture<CheckResult> result = new CompletableFuture<>();
    probes.start(
        checker.prepare(new Target.Udp(silent, null, new UdpReply(null, 0, 255), SHORT)), result);
    forger.run("bash", "-c", "echo forged > /dev/udp/10.0.0.1/2055");
    assertThat(result.orTimeout(10, TimeUnit.SECONDS).join().failure())
        .isEqualTo(FailureReason.RESPONSE_TIMEOUT);
  }

  @Test
  void anAbandonedAttemptIsOverAtOnceAndLeavesNothing() {
    int before = OpenFiles.count();
    CompletableFuture<CheckResult> result = new CompletableFuture<>();
    Attempt attempt =
        probes.start(
            checker.prepare(
                new Target.Udp(to("10.0.0.2", 9), null, new UdpReply(null, 0, 255), LONG)),
            result);
    probes.loop().execute(attempt::abandon);
    assertThat(result.orTimeout(5, TimeUnit.SECONDS).join().succeeded()).isFalse();
    Await.until(Duration.ofSeconds(5), "no socket", () -> OpenFiles.count() <= before);
  }

  private static Target.Ping ping(Connection to) {
    return new Target.Ping(to, LONG);
  }

  private static HexPattern hex(String... words) {
    return HexPattern.of(List.of(words)).orElseThrow();
  }

  private static CheckResult check(Target.Asked target) {
    return probes.check(checker.prepare(target));
  }

  private static void passes(Target.Asked target) {
    CheckResult result = check(target);
    assertThat(result.succeeded()).as("%s %s", target, result).isTrue();
  }

  private static void fails(Target.Asked target, FailureReason reason, String detail) {
    CheckResult result = check(target);
    assertThat(result.failure()).as("%s %s", target, result).isEqualTo(reason);
    assertThat(result.detail()).startsWith(detail);
  }

  private static InetAddress ip(String address) {
    return InetAddress.ofLiteral(address);
  }

  private static Connection to(String address, int port) {
    return new Connection(ip(address), port, null, 0, null, 0);
  }
}

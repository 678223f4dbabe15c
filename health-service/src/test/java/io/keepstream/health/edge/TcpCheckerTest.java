package io.keepstream.health.edge;

import static org.assertj.core.api.Assertions.assertThat;

import io.keepstream.health.config.Connection;
import io.keepstream.health.config.Target;
import io.keepstream.health.port.Attempt;
import io.keepstream.health.verdict.CheckResult;
import io.keepstream.health.verdict.FailureReason;
import io.keepstream.lab.Await;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.linux.socket.EventLoops;
import io.keepstream.testkit.KernelTest;
import io.netty.channel.IoEventLoop;
import java.net.InetAddress;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ValueSource;

/** Against real servers, between two hosts; on the loop that asks, and on another one. */
@KernelTest
@ParameterizedClass
@ValueSource(ints = {ConnectLanes.FEW, 0})
class TcpCheckerTest {
  private static final Duration SOON = Duration.ofSeconds(10);
  private static final long SECOND = 1_000_000_000L;

  private static NamespaceLab lab;
  private static LabHost balancer;
  private static LabHost web;
  private static IoEventLoop loop;

  private final TcpChecker checker;

  TcpCheckerTest(int few) {
    checker = new TcpChecker(loop, new ConnectLanes(new ForeignLibc(), loop, few));
  }

  @BeforeParameterizedClassInvocation
  static void startHosts() {
    lab = NamespaceLab.create();
    balancer = lab.host("lb").nic("eth0", lab.bridge("lan"), "10.0.0.1/24", "fd00::1/64");
    web = lab.host("web").nic("eth0", lab.bridge("lan"), "10.0.0.2/24", "fd00::2/64", "fe80::2/64");
    balancer.sysctl("net.ipv4.neigh.eth0.retrans_time_ms=50");
    loop =
        balancer.inside(
            () -> {
              IoEventLoop inside = EventLoops.dedicated("checks");
              inside.submit(() -> {}).sync();
              return inside;
            });
    Listener.polite(web, 80);
    Listener.resetting(web, 81);
  }

  @AfterParameterizedClassInvocation
  static void removeHosts() {
    loop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
    lab.close();
  }

  @AfterEach
  void close() {
    loop.submit(checker::close).syncUninterruptibly();
  }

  @Test
  void aServerThatAcceptsPasses() {
    CheckResult result = check(to("10.0.0.2", 80));
    assertThat(result.succeeded()).isTrue();
    assertThat(result.durationNanos()).isBetween(1L, 5 * SECOND);
    assertThat(check(to("fd00::2", 80)).succeeded()).isTrue();
  }

  @Test
  void aServerThatResetsAfterAcceptingPasses() {
    assertThat(check(to("10.0.0.2", 81)).succeeded()).isTrue();
  }

  @Test
  void nobodyListening() {
    fails(to("10.0.0.2", 82), FailureReason.CONNECT_REFUSED, "ECONNREFUSED");
    fails(to("fd00::2", 82), FailureReason.CONNECT_REFUSED, "ECONNREFUSED");
  }

  @Test
  void nobodyThere() {
    fails(to("10.0.0.77", 80), FailureReason.HOST_UNREACHABLE, "EHOSTUNREACH");
  }

  @Test
  void noRoute() {
    fails(to("192.0.2.1", 80), FailureReason.NETWORK_UNREACHABLE, "ENETUNREACH");
    balancer.ip("route add prohibit 198.51.100.0/24");
    fails(to("198.51.100.1", 80), FailureReason.NOT_PERMITTED, "EACCES");
  }

  @Test
  void aBlackHoleIsLeftWithoutATrace() {
    web.run("nft", "add table inet hole");
    web.run("nft", "add chain inet hole in { type filter hook input priority 0; }");
    web.run("nft", "add rule inet hole in tcp dport 83 drop");
    check(to("10.0.0.2", 80)); // opens what all share, on one loop
    check(to("10.0.0.2", 80)); // and on the other
    int before = OpenFiles.count();
    CompletableFuture<CheckResult> result = new CompletableFuture<>();
    Attempt attempt = start(to("10.0.0.2", 83), result);
    Await.until(SOON, "a socket", () -> OpenFiles.count() == before + 1);
    assertThat(result).isNotDone();
    loop.execute(attempt::abandon);
    assertThat(result.orTimeout(5, TimeUnit.SECONDS).join().failure())
        .isEqualTo(FailureReason.CONNECT_TIMEOUT);
    assertThat(OpenFiles.count()).isEqualTo(before);
  }

  @Test
  void anAttemptAbandonedAtOnceReportsOnce() throws Exception {
    CompletableFuture<CheckResult> result = new CompletableFuture<>();
    loop.submit(
            () ->
                checker
                    .prepare(to("10.0.0.2", 82))
                    .start(SECOND, r -> assertThat(result.complete(r)).isTrue())
                    .abandon())
        .sync();
    assertThat(result.get(5, TimeUnit.SECONDS).succeeded()).isFalse();
  }

  @Test
  void fromAnAddressPortAndInterface() {
    balancer.ip("addr add 10.0.0.9/24 dev eth0");
    InetAddress local = InetAddress.ofLiteral("10.0.0.9");
    InetAddress remote = InetAddress.ofLiteral("10.0.0.2");
    web.run("nft", "add table inet who");
    web.run("nft", "add chain inet who in { type filter hook input priority 0; }");
    web.run("nft", "add rule inet who in tcp dport 84 ip saddr != 10.0.0.9 reject with tcp reset");
    web.run("nft", "add rule inet who in tcp dport 84 tcp sport != 2000 reject with tcp reset");
    Listener.polite(web, 84);
    fails(to("10.0.0.2", 84), FailureReason.CONNECT_REFUSED, "");
    fails(
        new Target.Tcp(new Connection(remote, 84, local, 0, null, 0)),
        FailureReason.CONNECT_REFUSED,
        "");
    Target.Tcp bound = new Target.Tcp(new Connection(remote, 84, local, 2000, "eth0", 0));
    assertThat(check(bound).succeeded()).isTrue();
    assertThat(check(bound).succeeded()).as("the same port again").isTrue();
  }

  @Test
  void aLocalAddressOrInterfaceThatIsNotThere() {
    InetAddress remote = InetAddress.ofLiteral("10.0.0.2");
    InetAddress local = InetAddress.ofLiteral("10.0.0.200");
    fails(
        new Target.Tcp(new Connection(remote, 80, local, 0, null, 0)),
        FailureReason.LOCAL_ADDRESS,
        "EADDRNOTAVAIL");
    fails(
        new Target.Tcp(new Connection(remote, 80, null, 0, "eth7", 0)),
        FailureReason.LOCAL_ADDRESS,
        "ENODEV");
  }

  @Test
  void aLinkLocalAddressThroughItsInterface() {
    InetAddress remote = InetAddress.ofLiteral("fe80::2");
    assertThat(check(new Target.Tcp(new Connection(remote, 80, null, 0, "eth0", 0))).succeeded())
        .isTrue();
    fails(to("fe80::2", 80), FailureReason.CONNECT_FAILED, "EINVAL");
  }

  @Test
  void theMarkIsOnThePackets() {
    balancer.ip("rule add fwmark 0xfffffff7 prohibit");
    InetAddress remote = InetAddress.ofLiteral("10.0.0.2");
    fails(
        new Target.Tcp(new Connection(remote, 80, null, 0, null, 0xfffffff7L)),
        FailureReason.NOT_PERMITTED,
        "EACCES");
    assertThat(check(new Target.Tcp(new Connection(remote, 80, null, 0, null, 8))).succeeded())
        .isTrue();
  }

  @Test
  void withoutAPortLeftTheServerIsNotToBlame() {
    LabHost small = lab.host("small").nic("eth0", lab.bridge("lan"), "10.0.0.3/24");
    small.sysctl("net.ipv4.ip_local_port_range=40000 40001");
    IoEventLoop smallLoop =
        small.inside(
            () -> {
              IoEventLoop inside = EventLoops.dedicated("few ports");
              inside.submit(() -> {}).sync();
              return inside;
            });
    web.run("nft", "add table inet few");
    web.run("nft", "add chain inet few in { type filter hook input priority 0; }");
    web.run("nft", "add rule inet few in tcp dport 85 drop");
    TcpChecker few = new TcpChecker(new ForeignLibc(), smallLoop);
    CompletableFuture<CheckResult> third = new CompletableFuture<>();
    smallLoop.execute(
        () -> {
          for (int i = 0; i < 3; i++) {
            few.prepare(to("10.0.0.2", 85)).start(SECOND, third::complete);
          }
        });
    assertThat(third.orTimeout(5, TimeUnit.SECONDS).join().failure())
        .isEqualTo(FailureReason.NO_RESOURCES);
    smallLoop.shutdownGracefully(0, 0, TimeUnit.SECONDS).syncUninterruptibly();
  }

  private void fails(Target.Tcp target, FailureReason reason, String detail) {
    CheckResult result = check(target);
    assertThat(result.failure()).as("%s", result).isEqualTo(reason);
    assertThat(result.detail()).startsWith(detail);
  }

  private CheckResult check(Target.Tcp target) {
    CompletableFuture<CheckResult> result = new CompletableFuture<>();
    start(target, result);
    return result.orTimeout(10, TimeUnit.SECONDS).join();
  }

  private Attempt start(Target.Tcp target, CompletableFuture<CheckResult> result) {
    return loop.submit(() -> checker.prepare(target).start(SECOND, result::complete))
        .syncUninterruptibly()
        .getNow();
  }

  private static Target.Tcp to(String address, int port) {
    return new Target.Tcp(new Connection(InetAddress.ofLiteral(address), port, null, 0, null, 0));
  }
}

package io.keepstream.election.edge;

import io.keepstream.config.Section;
import io.keepstream.config.language.ConfigReader;
import io.keepstream.config.language.TextSource;
import io.keepstream.contract.event.Event;
import io.keepstream.election.config.ElectionConfigReader;
import io.keepstream.election.config.InstanceConfig;
import io.keepstream.election.config.StartDelay;
import io.keepstream.election.machine.Tracking.Verdict;
import io.keepstream.election.port.Publishing;
import io.keepstream.election.vrrp.Advertisement;
import io.keepstream.election.vrrp.AdvertisementCodec;
import io.keepstream.election.vrrp.Packet;
import io.keepstream.election.vrrp.Route;
import io.keepstream.election.vrrp.Vrrp;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Link;
import io.keepstream.linux.netlink.RouteChange;
import io.keepstream.linux.netlink.RouteNetlink;
import io.keepstream.linux.socket.EventLoops;
import io.keepstream.linux.socket.PacketSocket;
import io.keepstream.linux.wire.MacAddress;
import io.keepstream.linux.wire.RtNetlink;
import io.netty.channel.IoEventLoop;
import java.lang.foreign.MemorySegment;
import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A takeover is needed once a month, and code that has never run is the slowest there is. So at
 * start a router that exists for nobody takes over and gives way some hundred times, until the
 * whole path is compiled, down to the system calls. It speaks to itself on the loopback interface;
 * its address is to be set on an interface that cannot exist, which the kernel refuses.
 */
final class Rehearsal {
  /** What is done some hundred times is compiled; the more has to be compiled, the later. */
  private static final int TAKEOVERS = 600;

  /** Who is not done by then is on a machine that has other things to do. */
  private static final long LIMIT_NANOS = TimeUnit.SECONDS.toNanos(3);

  /** Between two, for the compiler and for whoever else starts. */
  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(200);

  /**
   * Some routers have hundreds of addresses; all but one are not in adverts, which would take most
   * of the time.
   */
  private static final int ADDRESSES = 30;

  private static final int TAKEOVERS_OF_MANY = 20;

  private static final int MISSING_INDEX = 0x7FFF_FFF0;
  private static final long STEP_NANOS = TimeUnit.MILLISECONDS.toNanos(5);
  private static final int STEPS_TO_MASTER = 8;
  private static final int STEPS_AS_MASTER = 6;
  private static final InetAddress LOOPBACK = InetAddress.ofLiteral("127.0.0.1");
  private static final InetAddress PEER = InetAddress.ofLiteral("127.0.0.2");
  private final long untilNanos = System.nanoTime() + LIMIT_NANOS;
  private final Clock clock = new Clock();
  private final PacketSocket packets;
  private final RouteNetlink netlink;
  private final IoEventLoop loop;
  private LoopAlarm alarm;
  private Player one;
  private Player many;
  private int left = TAKEOVERS;

  private Rehearsal(Libc libc) throws ErrnoException {
    loop = EventLoops.dedicated("rehearsal");
    packets = PacketSocket.openSender(libc); // the one that needs a right comes first
    netlink = RouteNetlink.open(libc);
  }

  /** Rehearses in the background; a failure costs the rehearsal, nothing else. */
  static void begin(Libc libc) {
    try {
      Rehearsal rehearsal = new Rehearsal(libc);
      rehearsal.loop.execute(() -> rehearsal.perform(libc));
    } catch (ErrnoException | RuntimeException e) {
      ElectionEngine.LOG.debug("no rehearsal: {}", e.getMessage());
    }
  }

  private void perform(Libc libc) {
    try {
      Alarms alarms = new Alarms(loop);
      AfterAdverts later = new AfterAdverts(loop, () -> Long.MAX_VALUE, 0);
      Interfaces interfaces = new Interfaces();
      interfaces.apply(new RouteChange.LinkChanged(link(1, "lo"), 0));
      interfaces.apply(new RouteChange.LinkChanged(link(MISSING_INDEX, "rehearsal"), 0));
      KernelTables tables = new KernelTables(netlink, interfaces, clock);
      Surroundings surroundings =
          new Surroundings(
              loop,
              alarms,
              later,
              new FramePacer(packets, interfaces, clock, alarms),
              interfaces,
              new Links(libc, netlink, interfaces, clock),
              tables,
              new StaticItems(tables),
              new AdvertSockets(libc, loop),
              clock,
              tracker -> Verdict.UNKNOWN,
              () -> StartDelay.OVER);
      one = new Player(new RouterInstance(config(255, 1), surroundings));
      many = new Player(new RouterInstance(config(254, ADDRESSES), surroundings));
      alarm = new LoopAlarm(alarms, this::rang, later);
      rearm();
    } catch (RuntimeException e) {
      breakOff(e);
    }
  }

  private void rearm() {
    alarm.rearm(System.nanoTime() + PAUSE_NANOS);
  }

  private void rang() {
    try {
      if (--left > 0 && inTime()) {
        (left > TAKEOVERS_OF_MANY ? one : many).takeOver();
        alarm.afterAdverts(this::rearm);
      } else {
        end();
      }
    } catch (Throwable e) { // whatever it is, nothing may be left behind
      breakOff(e);
    }
  }

  private void end() throws ErrnoException {
    one.instance.shutdown();
    many.instance.shutdown();
    // What is set is told in the form in which it is read; a host may have thousands of these.
    for (int told = 0; told < TAKEOVERS && inTime(); ) {
      told += 1 + netlink.links().size() + netlink.addresses().size();
    }
    close();
  }

  private boolean inTime() {
    return System.nanoTime() < untilNanos;
  }

  private void breakOff(Throwable e) {
    ElectionEngine.LOG.debug("rehearsal broken off", e);
    close();
  }

  private void close() {
    if (alarm != null) {
      alarm.rearm(Long.MAX_VALUE); // or it would ring again
    }
    netlink.close();
    packets.close();
    var _ = loop.shutdownGracefully(0, 1, TimeUnit.SECONDS);
  }

  /** A router, and who makes it give way. */
  private final class Player {
    private final RouterInstance instance;
    private final Packet higher;

    private Player(RouterInstance instance) {
      this.instance = instance;
      higher = higherPriority(instance.config());
      instance.start();
    }

    private void takeOver() {
      step(STEPS_TO_MASTER);
      step(STEPS_AS_MASTER);
      instance.receive(higher);
    }

    private void step(int steps) {
      for (int i = 0; i < steps; i++) {
        clock.nanos += STEP_NANOS;
        instance.alarmRang();
      }
    }
  }

  private static InstanceConfig config(int routerId, int addresses) {
    String name = "rehearsal";
    String head =
        """
      vrrp_instance rehearsal {
          interface lo
          virtual_router_id %d
          version 3
          priority 254
          advert_int 0.01
          unicast_src_ip 127.0.0.1
          unicast_peer {
              127.0.0.1
          }
          virtual_ipaddress {
              192.0.2.1 dev rehearsal
          }
          virtual_ipaddress_excluded {
      """
            .formatted(routerId);
    StringBuilder text = new StringBuilder(head);
    for (int i = 2; i <= addresses; i++) {
      text.append("192.0.2.").append(i).append(" dev rehearsal\n");
    }
    Section root =
        ConfigReader.read(name, new TextSource(name, text.append("}\n}\n").toString())).root();
    return ElectionConfigReader.read(root, any -> true, problem -> {}).instances().getFirst();
  }

  private static Packet higherPriority(InstanceConfig config) {
    MemorySegment message = MemorySegment.ofArray(new byte[Vrrp.MAX_PACKET_BYTES]);
    Route route = new Route(PEER, LOOPBACK);
    Advertisement advertisement =
        new Advertisement(
            config.wire().version(),
            config.wire().vrid(),
            255,
            config.wire().intervalCentis(),
            List.of(config.addresses().getFirst().address()));
    int length =
        AdvertisementCodec.encode(
            advertisement,
            config.wire().authentication(),
            config.wire().forms().getFirst(),
            route,
            message);
    return new Packet(message.asSlice(0, length), PEER, LOOPBACK, Vrrp.HOP_LIMIT);
  }

  private static Link link(int index, String name) {
    int flags = RtNetlink.IFF_UP | RtNetlink.IFF_RUNNING;
    return new Link(index, name, "", 1, MacAddress.ZERO, flags, 1500, 0, 0, 0);
  }

  /**
   * A clock that moves when told, and ears that hear nothing. It is centuries ahead of the loop's,
   * so that no alarm set by it ever rings.
   */
  private static final class Clock implements Publishing {
    private long nanos = 1L << 62;

    @Override
    public long nowNanos() {
      return nanos;
    }

    @Override
    public void publish(Event event) {}
  }
}

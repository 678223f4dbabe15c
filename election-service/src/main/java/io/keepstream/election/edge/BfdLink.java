package io.keepstream.election.edge;

import io.keepstream.contract.value.AddressText;
import io.keepstream.election.bfd.ControlPacket;
import io.keepstream.election.config.BfdConfig;
import io.keepstream.linux.libc.Errno;
import io.keepstream.linux.libc.ErrnoException;
import io.keepstream.linux.libc.Libc;
import io.keepstream.linux.netlink.Address;
import java.net.InetAddress;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** One session's hold on the wire: present while its source address is, made anew when it moves. */
final class BfdLink {
  private static final int ANY_INTERFACE = 0;

  private final Libc libc;
  private final Interfaces interfaces;
  private final BfdReceivers receivers;
  private final RandomGenerator random;
  private final BfdReceiver.Listener listener;
  private BfdConfig config;
  private BfdReceiver receiver;
  private BfdSender sender;
  private int interfaceIndex;
  private int port;
  private String fault;

  BfdLink(BfdConfig config, BfdWorld world, BfdReceiver.Listener listener) {
    this.config = config;
    this.libc = world.libc();
    this.interfaces = world.interfaces();
    this.receivers = world.receivers();
    this.random = world.secrets();
    this.listener = listener;
  }

  /** Looks for the source address; why the session cannot run, or null. */
  String follow() {
    InetAddress source = config.ends().source();
    Optional<Integer> index = source == null ? Optional.of(ANY_INTERFACE) : place(source);
    if (index.isEmpty()) {
      detach();
      fault = "source_ip %s is on no interface".formatted(AddressText.of(source));
    } else if (sender == null || index.get() != interfaceIndex) {
      attach(index.get());
    }
    return fault;
  }

  /** Why the session cannot run, or null. */
  String fault() {
    return fault;
  }

  /** Speaks for another configuration of the same ends after the next {@link #follow}. */
  void reconfigure(BfdConfig next) {
    boolean otherSocket = next.hopLimit() != config.hopLimit();
    config = next;
    if (otherSocket) {
      detach();
    }
  }

  boolean attached() {
    return sender != null;
  }

  /** Sends one packet while attached: its length or a negative error number. */
  int send(ControlPacket packet) {
    return sender.send(packet);
  }

  /** Reads what has arrived. */
  void drain() {
    if (receiver != null) {
      receiver.drain();
    }
  }

  /** Lets go. */
  void detach() {
    if (sender != null) {
      sender.close();
      sender = null;
    }
    if (receiver != null) {
      receivers.release(config.ends());
      receiver = null;
    }
  }

  private void attach(int index) {
    detach();
    try {
      receiver = receivers.acquire(config.ends(), listener);
      sender = BfdSender.open(libc, config, index, port, random);
      interfaceIndex = index;
      port = sender.port();
      fault = null;
    } catch (ErrnoException e) {
      detach();
      fault = "no BFD socket: " + e.getMessage() + advice(e);
    }
  }

  private static String advice(ErrnoException e) {
    return e.errno() == Errno.EADDRINUSE ? "; does another BFD daemon run here?" : "";
  }

  /**
   * The interface that a link-local source lives on; for others it is enough that they are here.
   */
  private Optional<Integer> place(InetAddress source) {
    return interfaces.addresses().stream()
        .filter(address -> !address.tentative() && !address.duplicate())
        .map(Address::key)
        .filter(key -> key.address().equals(source))
        .map(key -> source.isLinkLocalAddress() ? key.interfaceIndex() : ANY_INTERFACE)
        .findFirst();
  }
}

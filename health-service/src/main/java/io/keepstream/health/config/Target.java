package io.keepstream.health.config;

import io.keepstream.contract.value.AddressText;
import io.keepstream.runtime.script.ScriptCommand;
import java.net.InetAddress;

/** What a check looks at, and how; when and how often is not part of it. */
public sealed interface Target {

  /** The checker's keyword and its target, for people. */
  String label();

  /**
   * TCP_CHECK: a TCP connection can be made.
   *
   * @param address where to
   * @param port where to
   * @param bindAddress local address; null leaves it to the kernel
   * @param bindPort local port; 0 leaves it to the kernel
   * @param bindInterface interface to go through; null leaves it to the routes
   * @param firewallMark of the packets; 0 for none
   */
  record Tcp(
      InetAddress address,
      int port,
      InetAddress bindAddress,
      int bindPort,
      String bindInterface,
      long firewallMark)
      implements Target {
    @Override
    public String label() {
      return "TCP_CHECK [" + AddressText.of(address) + "]:" + port;
    }
  }

  /** A command ends with status 0. */
  record Script(ScriptCommand command) implements Target {
    @Override
    public String label() {
      return "script " + command;
    }
  }
}

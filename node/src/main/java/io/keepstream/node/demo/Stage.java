package io.keepstream.node.demo;

import io.keepstream.lab.LabBridge;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.lab.WebServer;

/**
 * The hosts of the tutorial on one switch. The two web servers answer through the node that has the
 * address.
 */
final class Stage implements AutoCloseable {
  static final String VIP = "172.32.10.18";
  private static final int HTTP = 80;

  private final NamespaceLab lab = NamespaceLab.create();
  private final LabHost node1;
  private final LabHost node2;
  private final LabHost client;

  Stage() {
    LabBridge lan = lab.bridge("lan");
    node1 = director("node1").nic("ens192", lan, "192.168.10.11/24", "172.32.10.11/24");
    node2 = director("node2").nic("ens32", lan, "192.168.10.12/24", "172.32.10.12/24");
    client = lab.host("client").nic("eth0", lan, "172.32.10.50/24");
    webServer("web1", lan, "192.168.10.114");
    webServer("web2", lan, "192.168.10.121");
  }

  /** What a real server behind NAT needs: the way back to the client leads through the VIP. */
  private void webServer(String name, LabBridge lan, String address) {
    LabHost host =
        lab.host(name)
            .nic("eth0", lan, address + "/24")
            .ip("route add 172.32.10.0/24 via " + VIP + " dev eth0 onlink");
    WebServer.start(host, HTTP);
  }

  private LabHost director(String name) {
    return lab.host(name).sysctl("net.ipv4.ip_forward=1");
  }

  LabHost node1() {
    return node1;
  }

  LabHost node2() {
    return node2;
  }

  LabHost client() {
    return client;
  }

  NamespaceLab lab() {
    return lab;
  }

  @Override
  public void close() {
    lab.close();
  }
}

/**
 * Hosts on Ethernet switches, all on this machine: a {@link io.keepstream.lab.LabHost} is a network
 * namespace, a {@link io.keepstream.lab.LabBridge} a bridge in a namespace of its own, and a cable
 * a veth pair. Interface names and addresses are free.
 *
 * <pre>{@code
 * try (NamespaceLab lab = NamespaceLab.create()) {
 *   LabBridge lan = lab.bridge("lan");
 *   LabHost node1 = lab.host("node1").nic("ens192", lan, "192.168.10.1/24");
 *   LabHost node2 = lab.host("node2").nic("ens192", lan, "192.168.10.2/24");
 *   lan.lose(node1, node2, 100);
 * }
 * }</pre>
 *
 * <p>Frames are lost in the bridge by nftables, since not every kernel has netem.
 */
package io.keepstream.lab;

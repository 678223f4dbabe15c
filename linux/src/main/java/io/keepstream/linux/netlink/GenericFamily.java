package io.keepstream.linux.netlink;

import io.keepstream.linux.wire.Genetlink;
import io.keepstream.linux.wire.NetlinkMessage;
import io.keepstream.linux.wire.NetlinkWriter;
import java.util.function.Consumer;

/**
 * A generic netlink family of the running kernel.
 *
 * @param name such as {@code IPVS}
 * @param id the number this kernel has given to it; another after its module is loaded anew
 * @param version the version the kernel speaks
 */
public record GenericFamily(String name, int id, int version) {
  /** A command of this family in its version. */
  public NetlinkMessage command(int command, int flags, Consumer<NetlinkWriter> attributes) {
    return Genetlink.command(id, command, version, flags, attributes);
  }
}

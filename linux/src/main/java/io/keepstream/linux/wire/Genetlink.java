package io.keepstream.linux.wire;

import java.util.function.Consumer;

/** Generic netlink: constants of {@code linux/genetlink.h} and the shape of a command. */
public final class Genetlink {
  public static final int GENL_ID_CTRL = 16;
  public static final int CTRL_CMD_GETFAMILY = 3;
  public static final int CTRL_ATTR_FAMILY_ID = 1;
  public static final int CTRL_ATTR_FAMILY_NAME = 2;
  public static final int CTRL_ATTR_VERSION = 3;

  /** Length of {@code struct genlmsghdr}, which every message of every family begins with. */
  public static final int GENL_HDRLEN = 4;

  private Genetlink() {}

  /**
   * A command of a family.
   *
   * @param familyId the number the running kernel has given to the family
   * @param command the family's command
   * @param version the family's version
   * @param flags {@code NLM_F_} flags
   * @param attributes writes the attributes
   */
  public static NetlinkMessage command(
      int familyId, int command, int version, int flags, Consumer<NetlinkWriter> attributes) {
    return new NetlinkMessage(
        familyId,
        flags,
        writer -> {
          writer.putU8(command).putU8(version).putU16(0);
          attributes.accept(writer);
        });
  }
}

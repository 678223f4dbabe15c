package io.keepstream.lvs.wire;

import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.linux.wire.Genetlink;
import io.keepstream.linux.wire.NetlinkReader;
import io.keepstream.lvs.ipvs.Connections;
import io.keepstream.lvs.ipvs.Counters;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.SyncDaemon;
import io.keepstream.lvs.ipvs.Timeouts;
import io.keepstream.lvs.ipvs.Traffic;
import io.keepstream.lvs.ipvs.VirtualService;
import java.util.Optional;
import java.util.function.Consumer;

/** Answers of the IPVS family, one message at a time. */
public final class IpvsAnswers {
  private IpvsAnswers() {}

  /** A service of a dump. */
  public record ServiceEntry(VirtualService service, Traffic traffic) {}

  /** A destination of a dump. */
  public record DestinationEntry(
      Destination destination, Connections connections, Traffic traffic) {}

  /** Reads from a dump of {@link IpvsRequests#services}. */
  public static Optional<ServiceEntry> service(NetlinkReader message) {
    ServiceFields fields = new ServiceFields();
    return nested(message, IpvsCommand.NEW_SERVICE, CommandAttribute.SERVICE, fields::take)
        ? fields.entry()
        : Optional.empty();
  }

  /** Reads from a dump of {@link IpvsRequests#destinations}. */
  public static Optional<DestinationEntry> destination(NetlinkReader message) {
    DestinationFields fields = new DestinationFields();
    return nested(message, IpvsCommand.NEW_DEST, CommandAttribute.DEST, fields::take)
        ? fields.entry()
        : Optional.empty();
  }

  /** Reads from a dump of {@link IpvsRequests#daemons}. */
  public static Optional<SyncDaemon> daemon(NetlinkReader message) {
    DaemonFields fields = new DaemonFields();
    return nested(message, IpvsCommand.NEW_DAEMON, CommandAttribute.DAEMON, fields::take)
        ? fields.daemon()
        : Optional.empty();
  }

  /** Reads the answer to {@link IpvsRequests#info}. */
  public static Optional<IpvsInfo> info(NetlinkReader message) {
    long[] values = new long[CommandAttribute.INFO_CONN_TAB_SIZE + 1];
    return read(message, IpvsCommand.SET_INFO, attribute -> number(attribute, values))
        ? Optional.of(
            new IpvsInfo(
                (int) values[CommandAttribute.INFO_VERSION],
                values[CommandAttribute.INFO_CONN_TAB_SIZE]))
        : Optional.empty();
  }

  /** Reads the answer to {@link IpvsRequests#timeouts}. */
  public static Optional<Timeouts> timeouts(NetlinkReader message) {
    long[] values = new long[CommandAttribute.TIMEOUT_UDP + 1];
    return read(message, IpvsCommand.SET_CONFIG, attribute -> number(attribute, values))
        ? Optional.of(
            new Timeouts(
                values[CommandAttribute.TIMEOUT_TCP],
                values[CommandAttribute.TIMEOUT_TCP_FIN],
                values[CommandAttribute.TIMEOUT_UDP]))
        : Optional.empty();
  }

  static Traffic traffic(AttributeReader nested) {
    long[] values = new long[StatsAttribute.OUTBPS + 1];
    each(nested, attribute -> number(attribute, values));
    return new Traffic(
        counters(values, StatsAttribute.CONNS), counters(values, StatsAttribute.CPS));
  }

  /** Five in the order of {@link StatsAttribute}. */
  private static Counters counters(long[] values, int at) {
    return new Counters(values[at], values[at + 1], values[at + 2], values[at + 3], values[at + 4]);
  }

  /** Puts a number of 32 or 64 bits at the place of its type, if there is one. */
  private static void number(AttributeReader attribute, long[] values) {
    if (attribute.type() < values.length) {
      values[attribute.type()] =
          attribute.length() == Long.BYTES ? attribute.u64() : attribute.u32();
    }
  }

  /** As {@link #read} with what is inside of the attribute {@code type}. */
  private static boolean nested(
      NetlinkReader message, IpvsCommand command, int type, Consumer<AttributeReader> action) {
    return read(
        message,
        command,
        attribute -> {
          if (attribute.type() == type) {
            each(attribute.nested(), action);
          }
        });
  }

  /** Whether the message is of {@code command} and undamaged. */
  private static boolean read(
      NetlinkReader message, IpvsCommand command, Consumer<AttributeReader> action) {
    if (message.u8(0) != command.code()) {
      return false;
    }
    AttributeReader attributes = message.attributes(Genetlink.GENL_HDRLEN);
    each(attributes, action);
    return attributes.error().isEmpty();
  }

  private static void each(AttributeReader attributes, Consumer<AttributeReader> action) {
    while (attributes.next()) {
      action.accept(attributes);
    }
  }
}

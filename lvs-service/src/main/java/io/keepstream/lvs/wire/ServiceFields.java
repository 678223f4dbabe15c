package io.keepstream.lvs.wire;

import io.keepstream.linux.wire.AttributeReader;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Numbered;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.Protocol;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.Traffic;
import io.keepstream.lvs.ipvs.VirtualService;
import io.keepstream.lvs.wire.IpvsAnswers.ServiceEntry;
import java.util.Optional;

/** Collects the attributes of a service. */
final class ServiceFields {
  private int family;
  private int protocol;
  private byte[] address = new byte[0];
  private int port;
  private long firewallMark;
  private String scheduler = "";
  private int flags;
  private int timeoutSeconds;
  private int netmaskHostOrder;
  private int netmaskNetOrder;
  private String persistenceEngine = "";
  private Traffic traffic = Traffic.NONE;
  private boolean wideCounters;

  void take(AttributeReader attribute) {
    switch (attribute.type()) {
      case ServiceAttribute.AF -> family = attribute.u16();
      case ServiceAttribute.PROTOCOL -> protocol = attribute.u16();
      case ServiceAttribute.ADDR -> address = attribute.bytes();
      case ServiceAttribute.PORT -> port = attribute.netU16();
      case ServiceAttribute.FWMARK -> firewallMark = attribute.u32();
      case ServiceAttribute.SCHED_NAME -> scheduler = attribute.string();
      case ServiceAttribute.FLAGS -> flags = (int) attribute.u32(0);
      case ServiceAttribute.TIMEOUT -> timeoutSeconds = attribute.int32();
      case ServiceAttribute.NETMASK -> {
        netmaskHostOrder = attribute.int32();
        netmaskNetOrder = (int) attribute.netU32();
      }
      case ServiceAttribute.PE_NAME -> persistenceEngine = attribute.string();
      case ServiceAttribute.STATS -> {
        if (!wideCounters) {
          traffic = IpvsAnswers.traffic(attribute.nested());
        }
      }
      case ServiceAttribute.STATS64 -> {
        wideCounters = true;
        traffic = IpvsAnswers.traffic(attribute.nested());
      }
      default -> {}
    }
  }

  Optional<ServiceEntry> entry() {
    return Numbered.of(Family.values(), family)
        .flatMap(this::key)
        .map(
            key ->
                new VirtualService(
                    key,
                    scheduler,
                    ServiceFlag.ofBits(flags),
                    new Persistence(
                        timeoutSeconds,
                        key.family() == Family.IPV4 ? netmaskNetOrder : netmaskHostOrder,
                        persistenceEngine)))
        .map(service -> new ServiceEntry(service, traffic));
  }

  private Optional<ServiceKey> key(Family of) {
    if (firewallMark != 0) {
      return Optional.of(new ServiceKey.FirewallMark(of, firewallMark));
    }
    return Numbered.of(Protocol.values(), protocol)
        .flatMap(
            known -> of.address(address).map(where -> new ServiceKey.Address(known, where, port)));
  }
}

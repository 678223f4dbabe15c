package io.keepstream.lvs.nft;

import static io.keepstream.linux.wire.NfTables.NFT_REG_1;
import static io.keepstream.linux.wire.NfTables.NFT_REG_2;

import io.keepstream.linux.nft.Expression;
import io.keepstream.linux.nft.Expression.Choose;
import io.keepstream.linux.nft.Expression.Connection;
import io.keepstream.linux.nft.Expression.Count;
import io.keepstream.linux.nft.Expression.DestinationNat;
import io.keepstream.linux.nft.Expression.Hash;
import io.keepstream.linux.nft.Expression.Load;
import io.keepstream.linux.nft.Expression.Mask;
import io.keepstream.linux.nft.Expression.Meta;
import io.keepstream.linux.nft.Expression.Note;
import io.keepstream.linux.nft.Expression.Payload;
import io.keepstream.linux.nft.Expression.Reject;
import io.keepstream.linux.nft.Expression.Remember;
import io.keepstream.linux.nft.Expression.TakeTurns;
import io.keepstream.linux.nft.Expression.Verdict;
import io.keepstream.linux.nft.NfChain;
import io.keepstream.linux.nft.NfElement;
import io.keepstream.linux.nft.NfRule;
import io.keepstream.linux.nft.NfSet;
import io.keepstream.linux.nft.Octets;
import io.keepstream.linux.wire.NfTables;
import io.keepstream.lvs.ipvs.Destination;
import io.keepstream.lvs.ipvs.DestinationKey;
import io.keepstream.lvs.ipvs.Family;
import io.keepstream.lvs.ipvs.Persistence;
import io.keepstream.lvs.ipvs.ServiceFlag;
import io.keepstream.lvs.ipvs.ServiceKey;
import io.keepstream.lvs.ipvs.ServiceTable.Entry;
import io.keepstream.lvs.ipvs.VirtualService;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One service and its real servers as a part of the ruleset. */
final class ServiceRules {
  /** The same everywhere, so that another director sends a client to the same server. */
  private static final int HASH_SEED = 0x6b73;

  private static final int CLIENT_WORD = 4;
  private static final int PORT_BYTES = 2;

  /** As many clients as have a port of one address: more are balanced without being remembered. */
  private static final long MOST_CLIENTS = 65_535;

  private static final Comparator<Destination> BY_KEY =
      Comparator.comparing(destination -> destination.key().toString());

  private final VirtualService service;
  private final ServiceKey key;
  private final List<Destination> destinations;
  private final Ruleset.Builder ruleset = new Ruleset.Builder();

  private ServiceRules(Entry entry) {
    service = entry.service();
    key = service.key();
    destinations = entry.destinations().values().stream().sorted(BY_KEY).toList();
  }

  /** What the frame needs for a service that {@link Limits} allow. */
  static Ruleset of(Entry entry) {
    ServiceRules rules = new ServiceRules(entry);
    rules.service();
    rules.destinations.forEach(rules::destination);
    return rules.ruleset.build();
  }

  private void service() {
    String chain = Names.of(key);
    ruleset.chain(NfChain.named(chain));
    if (key instanceof ServiceKey.FirewallMark) {
      ruleset.rule(chain, noteMark());
    }
    if (persists()) {
      destinations.forEach(destination -> ruleset.rule(chain, returningTo(destination.key())));
    }
    List<String> places =
        places().stream().map(destination -> Names.of(key, destination.key())).toList();
    if (!places.isEmpty()) {
      ruleset.rule(chain, choice(places));
    }
    ruleset.rule(chain, NfRule.of(new Reject()).commented(Label.of(service)));
    Way way = Way.to(key);
    ruleset.elements(way.services().name(), List.of(NfElement.to(Way.key(key), chain)));
    if (service.flags().contains(ServiceFlag.MASQUERADE)) {
      ruleset.elements(way.masqueraded().name(), List.of(NfElement.of(Way.key(key))));
    }
  }

  /** Later packets and answers do not carry the mark, which the service is known by. */
  private static NfRule noteMark() {
    return NfRule.of(
        new Connection(NfTables.NFT_CT_MARK, Expression.NONE, NFT_REG_1),
        Headers.equal(Octets.host32(0)),
        new Meta(NfTables.NFT_META_MARK, NFT_REG_1),
        new Note(NfTables.NFT_CT_MARK, NFT_REG_1));
  }

  private boolean persists() {
    return service.flags().contains(ServiceFlag.PERSISTENT);
  }

  private NfRule returningTo(DestinationKey destination) {
    return Headers.only(key.family())
        .then(client())
        .in(clients(destination))
        .then(new Verdict(NfTables.NFT_GOTO, Names.of(key, destination)));
  }

  /** Loads the client's address, or the network that counts as one client. */
  private List<Expression> client() {
    Family family = key.family();
    Persistence persistence = service.persistence();
    List<Expression> loads = new ArrayList<>(List.of(Headers.source(family, NFT_REG_1)));
    if (persistence.netmask() != family.hostNetmask()) {
      loads.add(new Mask(NFT_REG_1, mask(family, persistence.netmask())));
    }
    return loads;
  }

  private static Octets mask(Family family, int netmask) {
    return switch (family) {
      case IPV4 -> Octets.of(ByteBuffer.allocate(Integer.BYTES).putInt(netmask).array());
      case IPV6 -> Octets.prefix(netmask, 2 * Long.BYTES);
    };
  }

  /** Its name says how long, so that another time is another set. */
  private NfSet clients(DestinationKey destination) {
    int seconds = service.persistence().seconds();
    return new NfSet(
        "%s/%ds".formatted(Names.of(key, destination), seconds),
        List.of(Field.ADDRESS.part(key.family())),
        new NfSet.Remembered(TimeUnit.SECONDS.toMillis(seconds), MOST_CLIENTS));
  }

  private List<Destination> places() {
    return switch (service.scheduler()) {
      case "rr" -> Places.even(destinations);
      case "wrr" -> Places.weighted(destinations);
      case "sh", "mh" -> Places.hashed(destinations);
      default -> throw new IllegalArgumentException("scheduler " + service.scheduler());
    };
  }

  private NfRule choice(List<String> places) {
    Choose choose = new Choose(NFT_REG_1, places);
    return switch (service.scheduler()) {
      case "sh", "mh" -> hash(places.size()).then(choose);
      default -> NfRule.of(new TakeTurns(places.size(), NFT_REG_1), choose);
    };
  }

  private NfRule hash(int places) {
    Family family = key.family();
    int length = family == Family.IPV4 ? Integer.BYTES : 2 * Long.BYTES;
    NfRule rule = Headers.only(family).then(Headers.source(family, NFT_REG_2));
    if (service.flags().contains(ServiceFlag.SCHEDULER_2)) {
      int port = Field.register(CLIENT_WORD + length / Integer.BYTES);
      rule = rule.then(new Payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, 0, PORT_BYTES, port));
      length += Integer.BYTES;
    }
    return rule.then(new Hash(NFT_REG_2, length, places, HASH_SEED, NFT_REG_1));
  }

  private void destination(Destination destination) {
    String name = Names.of(key, destination.key());
    ruleset.chain(NfChain.named(name)).counter(name);
    if (persists()) {
      NfSet clients = clients(destination.key());
      ruleset.set(clients);
      ruleset.rule(
          name,
          Headers.only(key.family()).then(client()).then(new Remember(clients.name(), NFT_REG_1)));
    }
    ruleset.rule(name, forward(destination, name));
    List<NfElement> counted = List.of(NfElement.of(Way.key(key, destination.key())));
    ruleset.elements(Way.to(key).received().name(), counted);
    ruleset.elements(Way.to(key).sent().name(), counted);
  }

  private NfRule forward(Destination destination, String counter) {
    DestinationKey server = destination.key();
    NfRule rule = NfRule.of(new Count(counter), new Load(NFT_REG_1, Octets.of(server.address())));
    int port = Expression.NONE;
    if (server.port() != 0) {
      port = NFT_REG_2;
      rule = rule.then(new Load(port, Octets.net16(server.port())));
    }
    return rule.then(new DestinationNat(Headers.number(key.family()), NFT_REG_1, port))
        .commented(Label.ofWeight(destination.weight()));
  }
}

package io.keepstream.election.config;

import io.keepstream.config.Diagnostic;
import io.keepstream.config.Statement;
import io.keepstream.config.Word;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.Numbers;
import io.keepstream.election.link.Vmac;
import io.keepstream.linux.wire.MacAddress;
import java.lang.foreign.MemorySegment;
import java.util.Arrays;
import java.util.Iterator;
import java.util.OptionalInt;
import java.util.OptionalLong;
import java.util.function.Consumer;

/**
 * The words after {@code use_vmac}, in any order: {@code [[name] IFNAME] [MAC] [netlink_notify_msg]
 * [group GROUP]}.
 *
 * @param name the interface's name, or null
 * @param mac its MAC, or null for the standard one
 * @param group its interface group; that of the base if empty
 */
record VmacWords(String name, MacAddress mac, OptionalInt group, boolean notifyBase) {
  private static final int MULTICAST = 1;

  /** Reads a line; an address of five octets is completed by {@code vrid}. */
  static VmacWords read(Statement line, int vrid, Consumer<Diagnostic> problems) {
    String name = null;
    MacAddress mac = null;
    OptionalInt group = OptionalInt.empty();
    boolean notifyBase = false;
    for (Iterator<Word> words = line.arguments().iterator(); words.hasNext(); ) {
      Word word = words.next();
      switch (word.text()) {
        case "name" -> name = words.hasNext() ? words.next().text() : name;
        case "netlink_notify_msg" -> notifyBase = true;
        case "group" -> group = words.hasNext() ? group(words.next(), problems) : group;
        default -> {
          if (word.text().contains(":")) {
            mac = mac(word, vrid, problems);
          } else {
            name = word.text();
          }
        }
      }
    }
    return new VmacWords(name, mac, group, notifyBase);
  }

  private static MacAddress mac(Word word, int vrid, Consumer<Diagnostic> problems) {
    byte[] octets = Addresses.mac(word.text()).orElse(null);
    if (octets == null) {
      return null;
    }
    byte[] whole = Arrays.copyOf(octets, MacAddress.LENGTH);
    if (octets.length < MacAddress.LENGTH) {
      whole[octets.length] = (byte) vrid;
    }
    MacAddress mac = MacAddress.read(MemorySegment.ofArray(whole), 0);
    if ((whole[0] & MULTICAST) != 0) {
      problems.accept(Diagnostic.error(word.position(), mac + " is a multicast address"));
    } else if (Vmac.isStandardMac(mac)) {
      problems.accept(
          Diagnostic.error(
              word.position(), mac + " is a virtual router's own address; leave it out"));
    }
    return mac;
  }

  private static OptionalInt group(Word word, Consumer<Diagnostic> problems) {
    OptionalLong number =
        word.text().equals("default") ? OptionalLong.of(0) : Numbers.integerAnyBase(word.text());
    if (number.isEmpty()) {
      problems.accept(
          Diagnostic.error(
              word.position(),
              "the group \"%s\" is not known; write its number".formatted(word.text())));
      return OptionalInt.empty();
    }
    return OptionalInt.of((int) number.getAsLong());
  }
}

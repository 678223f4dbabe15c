package io.keepstream.config.vocabulary;

import io.keepstream.config.value.AddressRange;
import io.keepstream.config.value.Addresses;
import io.keepstream.config.value.DecimalUnit;
import io.keepstream.config.value.FilePaths;
import io.keepstream.config.value.IpPrefix;
import io.keepstream.config.value.Numbers;
import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** The kinds of values, to be imported statically by those who declare words. */
public final class Params {
  /** The highest number of 32 bits without sign. */
  public static final long UNSIGNED = 0xffff_ffffL;

  /** The most characters an interface name has. */
  public static final int IFNAME_LENGTH = 15;

  private Params() {}

  /** The same value, which may be missing. */
  public static Param optional(Param param) {
    return param.with(Param.Arity.OPTIONAL);
  }

  /** The same value, once or more. */
  public static Param many(Param param) {
    return param.with(Param.Arity.MANY);
  }

  /** The same value, as often as one likes. */
  public static Param any(Param param) {
    return param.with(Param.Arity.ANY);
  }

  /** The same value, which must stand once but may stand behind option words. */
  public static Param anywhere(Param param) {
    return param.with(Param.Arity.ANYWHERE);
  }

  /** A decimal whole number in a range. */
  public static Param integer(long min, long max) {
    return Param.of(
        "whole number " + range(min, max), word -> inRange(Numbers.integer(word), min, max));
  }

  /** A decimal whole number that is cut to a range. */
  public static Param clamped(long min, long max) {
    return Param.of(
        "whole number " + range(min, max),
        word ->
            Numbers.integer(word).isPresent() && inRange(Numbers.integer(word), min, max).isBad()
                ? Fit.doubtful("is cut to the range " + range(min, max))
                : inRange(Numbers.integer(word), min, max));
  }

  /** A whole number in any of the C notations. */
  public static Param integerAnyBase(long min, long max) {
    return Param.of(
        "whole number " + range(min, max) + ", also 0x or 0",
        word -> inRange(Numbers.integerAnyBase(word), min, max));
  }

  /** Not by a formatter, which takes longer to load than all words to declare. */
  private static String range(long min, long max) {
    return min + ".." + max;
  }

  private static Fit inRange(OptionalLong value, long min, long max) {
    if (value.isEmpty()) {
      return Fit.BAD;
    }
    boolean inside = value.getAsLong() >= min && value.getAsLong() <= max;
    return inside ? Fit.GOOD : Fit.bad("out of range");
  }

  /** A decimal number of seconds in a range. */
  public static Param seconds(String min, String max) {
    return time(DecimalUnit.SECONDS, min, max);
  }

  /** A decimal number of seconds that has only a lower bound. */
  public static Param secondsFrom(String min) {
    return seconds(min, "999999999");
  }

  /** A time in a unit, in a range given in that unit. */
  public static Param time(DecimalUnit unit, String min, String max) {
    long minNanos = unit.nanos(min);
    long maxNanos = unit.nanos(max);
    return Param.of(
        unit.label() + " " + min + ".." + max,
        word ->
            unit.read(word)
                .map(
                    time -> {
                      if (time.nanos() < minNanos || time.nanos() > maxNanos) {
                        return Fit.bad("out of range");
                      }
                      return time.rounded()
                          ? Fit.doubtful("is rounded to %d decimals".formatted(unit.decimals()))
                          : Fit.GOOD;
                    })
                .orElse(Fit.BAD));
  }

  /** {@code on true yes off false no}; as a parameter it may always be missing. */
  public static Param bool() {
    List<String> words = List.of("on", "true", "yes", "off", "false", "no");
    return optional(choice("on|true|yes|off|false|no", words));
  }

  /** One of these words. */
  public static Param oneOf(String... words) {
    return choice(String.join("|", words), List.of(words));
  }

  private static Param choice(String form, List<String> words) {
    return new Param(
        form, word -> Fit.of(words.contains(word)), Param.Arity.ONE, Optional.empty(), words);
  }

  /** One of these words in any case. */
  public static Param oneOfAnyCase(String... words) {
    Param exact = oneOf(words);
    return new Param(
        exact.form(),
        word -> Fit.of(Stream.of(words).anyMatch(word::equalsIgnoreCase)),
        Param.Arity.ONE,
        Optional.empty(),
        exact.choices());
  }

  /** Any word; {@code form} says what it is. */
  public static Param text(String form) {
    return Param.of(form, word -> Fit.GOOD);
  }

  /** A word that has to match a regular expression as a whole. */
  public static Param matching(String form, String regex) {
    return matching(form, Pattern.compile(regex).asMatchPredicate());
  }

  /** A word that has to pass a test. */
  public static Param matching(String form, Predicate<String> test) {
    return Param.of(form, word -> Fit.of(test.test(word)));
  }

  /** A word of at most so many characters. */
  public static Param text(String form, int maxLength) {
    return Param.of(
        form, word -> word.length() <= maxLength ? Fit.GOOD : Fit.bad("longer than " + maxLength));
  }

  /** A word of which only so many characters count. */
  public static Param cut(String form, int maxLength) {
    return Param.of(
        form,
        word ->
            word.length() <= maxLength
                ? Fit.GOOD
                : Fit.doubtful("is longer than the %d characters that count".formatted(maxLength)));
  }

  /** The value of {@code param}, or one of these words. */
  public static Param either(Param param, String... words) {
    List<String> choices = List.of(words);
    return new Param(
        param.form() + " or " + String.join("|", words),
        word -> choices.contains(word) ? Fit.GOOD : param.fit().apply(word),
        Param.Arity.ONE,
        Optional.empty(),
        choices);
  }

  /** A name that this line gives to something of {@code kind}. */
  public static Param defines(String kind) {
    return text("name").with(new Param.Defines(kind));
  }

  /** A name of at most so many characters that this line gives to something of {@code kind}. */
  public static Param defines(String kind, int maxLength) {
    return text("name", maxLength).with(new Param.Defines(kind));
  }

  /** The name of something of {@code kind}, wherever it is defined. */
  public static Param refersTo(String kind) {
    return text("name of a " + kind).with(new Param.Refers(kind, false));
  }

  /** The name of something of {@code kind} that should be defined above. */
  public static Param refersBackTo(String kind) {
    return text("name of a " + kind).with(new Param.Refers(kind, true));
  }

  /** The name of a network interface. */
  public static Param interfaceName() {
    return Param.of(
        "interface",
        word -> {
          if (word.length() > IFNAME_LENGTH) {
            return Fit.bad("longer than " + IFNAME_LENGTH + " characters");
          }
          return Fit.of(!word.isEmpty() && word.chars().noneMatch(c -> c == '/' || c <= ' '));
        });
  }

  /** A name of a table that the system keeps, or its number. */
  public static Param nameOrInteger(String what) {
    return text(what + " or number");
  }

  /** A port; a port of only zeros means none. */
  public static Param port() {
    return Param.of("port 1..65535", word -> inRange(Numbers.integer(word), 0, 65535));
  }

  /** An IPv4 or IPv6 address. */
  public static Param ip() {
    return Param.of("IP address", word -> Fit.of(Addresses.ip(word).isPresent()));
  }

  /** An IPv4 multicast address. */
  public static Param multicast4() {
    return multicast("IPv4 multicast address", Inet4Address.class);
  }

  /** An IPv6 multicast address. */
  public static Param multicast6() {
    return multicast("IPv6 multicast address", Inet6Address.class);
  }

  /** A multicast address of either family. */
  public static Param multicast() {
    return multicast("multicast address", InetAddress.class);
  }

  private static Param multicast(String form, Class<? extends InetAddress> family) {
    return Param.of(
        form,
        word ->
            Fit.of(
                Addresses.ip(word)
                    .filter(a -> family.isInstance(a) && a.isMulticastAddress())
                    .isPresent()));
  }

  /** An address with an optional prefix length; a bad length becomes the full one. */
  public static Param prefix() {
    return Param.of(
        "address[/prefix]",
        word -> {
          if (Addresses.prefix(word).isPresent()) {
            return Fit.GOOD;
          }
          Optional<IpPrefix> lenient = Addresses.lenientPrefix(word);
          return lenient
              .map(p -> Fit.doubtful("has a bad prefix length; " + p + " is used"))
              .orElse(Fit.BAD);
        });
  }

  /** The addresses of a line of a virtual server group. */
  public static Param addressRange() {
    return Param.of(
        "address, address-last, address-address or network/prefix",
        word -> Fit.of(AddressRange.read(word).isPresent()));
  }

  /** A MAC address of five or six octets. */
  public static Param mac() {
    return Param.of("MAC address", word -> Fit.of(Addresses.mac(word).isPresent()));
  }

  /** Two numbers {@code A-B} in order. */
  public static Param numberRange(long max) {
    return Param.of("range A-B", word -> Fit.of(isRange(word, 0, max, true)));
  }

  /** A number, or two numbers {@code A-B} in order. */
  public static Param numberOrRange(long min, long max) {
    return Param.of(
        "number or range " + range(min, max), word -> Fit.of(isRange(word, min, max, false)));
  }

  private static boolean isRange(String word, long min, long max, boolean both) {
    String[] ends = word.split("-", -1);
    List<OptionalLong> numbers = Stream.of(ends).map(Numbers::integer).toList();
    return ends.length <= 2
        && ends.length > (both ? 1 : 0)
        && numbers.stream().noneMatch(n -> inRange(n, min, max).isBad())
        && numbers.getFirst().getAsLong() <= numbers.getLast().getAsLong();
  }

  /** A file or a directory. */
  public static Param path() {
    return matching("path", word -> FilePaths.read(word).isPresent());
  }
}

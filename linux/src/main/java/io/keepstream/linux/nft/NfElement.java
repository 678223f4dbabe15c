package io.keepstream.linux.nft;

/** An element of a set or map. */
public record NfElement(Octets key, Value value) {

  /** What a key leads to. */
  public sealed interface Value {}

  /** Nothing: the element of a set. */
  public record Nothing() implements Value {}

  /** A chain to go to. */
  public record Goto(String chain) implements Value {}

  /** Something else, as an interface. */
  public record Data(Octets value) implements Value {}

  /** An element of a set. */
  public static NfElement of(Octets key) {
    return new NfElement(key, new Nothing());
  }

  /** An element of a map of chains. */
  public static NfElement to(Octets key, String chain) {
    return new NfElement(key, new Goto(chain));
  }

  /** An element of a map of interfaces. */
  public static NfElement to(Octets key, int interfaceIndex) {
    return new NfElement(key, new Data(Octets.host32(interfaceIndex)));
  }

  /** How long it is in a message at most. */
  int messageBytes() {
    return switch (value) {
      case Nothing _ -> OVERHEAD + key.length();
      case Goto(String chain) -> 2 * OVERHEAD + key.length() + chain.length();
      case Data(Octets data) -> 2 * OVERHEAD + key.length() + data.length();
    };
  }

  private static final int OVERHEAD = 24;
}

package io.keepstream.lvs.nft;

import io.keepstream.linux.nft.Expression;
import io.keepstream.linux.nft.Expression.Connection;
import io.keepstream.linux.nft.Expression.Meta;
import io.keepstream.linux.nft.Expression.Payload;
import io.keepstream.linux.nft.NfSet.Part;
import io.keepstream.linux.wire.NfTables;
import io.keepstream.lvs.ipvs.Family;
import java.util.ArrayList;
import java.util.List;

/** A part of the keys by which services and their connections are told apart. */
enum Field {
  PROTOCOL,
  MARK,
  ADDRESS,
  PORT,
  /** The real server's address; known of connections only. */
  SERVER,
  /** The real server's port; known of connections only. */
  SERVER_PORT;

  private static final int WORDS_PER_REGISTER = 4;
  private static final int PORT_BYTES = 2;

  /** Its type in a set. */
  Part part(Family family) {
    return switch (this) {
      case PROTOCOL -> Part.PROTOCOL;
      case MARK -> Part.MARK;
      case ADDRESS, SERVER -> family == Family.IPV4 ? Part.IPV4_ADDRESS : Part.IPV6_ADDRESS;
      case PORT, SERVER_PORT -> Part.PORT;
    };
  }

  /** Loads a key of {@code fields} from the packet, as the client has sent it. */
  static List<Expression> ofPacket(List<Field> fields, Family family) {
    return load(fields, family, false);
  }

  /** Loads a key of {@code fields} from the packet's connection, in whatever direction it goes. */
  static List<Expression> ofConnection(List<Field> fields, Family family) {
    return load(fields, family, true);
  }

  private static List<Expression> load(List<Field> fields, Family family, boolean connection) {
    List<Expression> loads = new ArrayList<>();
    int word = 0;
    for (Field field : fields) {
      loads.add(
          connection
              ? field.ofConnection(family, register(word))
              : field.ofPacket(family, register(word)));
      word += field.words(family);
    }
    return loads;
  }

  /** The register in which the given word is; the kernel calls whole registers by other numbers. */
  static int register(int word) {
    return word % WORDS_PER_REGISTER == 0
        ? NfTables.NFT_REG_1 + word / WORDS_PER_REGISTER
        : NfTables.NFT_REG32_00 + word;
  }

  private int words(Family family) {
    return part(family) == Part.IPV6_ADDRESS ? WORDS_PER_REGISTER : 1;
  }

  private Expression ofPacket(Family family, int register) {
    return switch (this) {
      case PROTOCOL -> new Meta(NfTables.NFT_META_L4PROTO, register);
      case MARK -> new Meta(NfTables.NFT_META_MARK, register);
      case ADDRESS -> Headers.destination(family, register);
      case PORT ->
          new Payload(NfTables.NFT_PAYLOAD_TRANSPORT_HEADER, PORT_BYTES, PORT_BYTES, register);
      case SERVER, SERVER_PORT -> throw new IllegalArgumentException("not chosen yet");
    };
  }

  private Expression ofConnection(Family family, int register) {
    boolean four = family == Family.IPV4;
    return switch (this) {
      case PROTOCOL -> new Meta(NfTables.NFT_META_L4PROTO, register);
      case MARK -> new Connection(NfTables.NFT_CT_MARK, Expression.NONE, register);
      case ADDRESS -> original(four ? NfTables.NFT_CT_DST_IP : NfTables.NFT_CT_DST_IP6, register);
      case PORT -> original(NfTables.NFT_CT_PROTO_DST, register);
      case SERVER -> reply(four ? NfTables.NFT_CT_SRC_IP : NfTables.NFT_CT_SRC_IP6, register);
      case SERVER_PORT -> reply(NfTables.NFT_CT_PROTO_SRC, register);
    };
  }

  private static Expression original(int key, int register) {
    return new Connection(key, NfTables.IP_CT_DIR_ORIGINAL, register);
  }

  private static Expression reply(int key, int register) {
    return new Connection(key, NfTables.IP_CT_DIR_REPLY, register);
  }
}

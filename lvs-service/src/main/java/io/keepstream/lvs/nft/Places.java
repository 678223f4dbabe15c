package io.keepstream.lvs.nft;

import io.keepstream.lvs.ipvs.Destination;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Which server has which place. A scheduler takes the places in turn, or hashes the client to one.
 * Only servers of a weight above 0 have places.
 */
final class Places {
  /** More turns than this are rounded, so that the map of a service stays small. */
  static final int MOST_TURNS = 1024;

  /** Primes, so that every step leads through all places. */
  private static final List<Integer> HASH_PLACES = List.of(251, 1021, 4093, 16381);

  /** How many places a server should have at least, so that shares are about right. */
  private static final int LEAST_SHARE = 4;

  private static final long FNV_OFFSET = 0xcbf29ce484222325L;
  private static final long FNV_PRIME = 0x100000001b3L;

  private Places() {}

  /** Each server once. */
  static List<Destination> even(List<Destination> servers) {
    return servers.stream().filter(server -> server.weight() > 0).toList();
  }

  /** Each server as often as its weight says, evenly mixed. */
  static List<Destination> weighted(List<Destination> servers) {
    List<Destination> open = even(servers);
    int[] shares = shares(open);
    long[] credit = new long[shares.length];
    int total = Arrays.stream(shares).sum();
    if (total == shares.length) {
      return open;
    }
    List<Destination> places = new ArrayList<>(total);
    for (int place = 0; place < total; place++) {
      int best = 0;
      for (int i = 0; i < shares.length; i++) {
        credit[i] += shares[i];
        best = credit[i] > credit[best] ? i : best;
      }
      credit[best] -= total;
      places.add(open.get(best));
    }
    return places;
  }

  private static int[] shares(List<Destination> servers) {
    long total = servers.stream().mapToLong(Destination::weight).sum();
    int divisor = servers.stream().mapToInt(Destination::weight).reduce(0, Places::gcd);
    if (divisor == 0 || total / divisor <= MOST_TURNS) {
      return servers.stream().mapToInt(server -> server.weight() / divisor).toArray();
    }
    return servers.stream()
        .mapToInt(server -> (int) Math.max(1, (long) server.weight() * MOST_TURNS / total))
        .toArray();
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  /**
   * Places by Maglev's method (Eisenbud and others, NSDI 2016, 3.4): every server takes its
   * favourite free place in turn, more often with more weight. When a server goes, hardly any place
   * changes hands but its own.
   */
  static List<Destination> hashed(List<Destination> servers) {
    List<Destination> open = even(servers);
    if (open.isEmpty()) {
      return List.of();
    }
    int size =
        HASH_PLACES.stream()
            .filter(places -> places >= LEAST_SHARE * open.size())
            .findFirst()
            .orElse(HASH_PLACES.getLast());
    return new Maglev(open, size).places();
  }

  private static final class Maglev {
    private final List<Destination> servers;
    private final Destination[] places;
    private final int[] next;
    private final int[] step;
    private int free;

    Maglev(List<Destination> servers, int size) {
      this.servers = servers;
      places = new Destination[size];
      free = size;
      next = new int[servers.size()];
      step = new int[servers.size()];
      for (int i = 0; i < next.length; i++) {
        long hash = hash(servers.get(i).key().toString());
        next[i] = (int) Long.remainderUnsigned(hash, size);
        step[i] = 1 + (int) Long.remainderUnsigned(hash >>> Integer.SIZE, size - 1);
      }
    }

    List<Destination> places() {
      long heaviest = servers.stream().mapToLong(Destination::weight).max().orElse(1);
      long[] credit = new long[servers.size()];
      while (free > 0) {
        for (int i = 0; i < credit.length && free > 0; i++) {
          credit[i] += servers.get(i).weight();
          if (credit[i] >= heaviest) {
            credit[i] -= heaviest;
            take(i);
          }
        }
      }
      return List.of(places);
    }

    private void take(int server) {
      while (places[next[server]] != null) {
        next[server] = (next[server] + step[server]) % places.length;
      }
      places[next[server]] = servers.get(server);
      free--;
    }
  }

  private static long hash(String text) {
    long hash = FNV_OFFSET;
    for (byte each : text.getBytes(StandardCharsets.UTF_8)) {
      hash = (hash ^ Byte.toUnsignedInt(each)) * FNV_PRIME;
    }
    hash = (hash ^ hash >>> 33) * 0xff51afd7ed558ccdL;
    return hash ^ hash >>> 33;
  }
}

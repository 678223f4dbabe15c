package io.keepstream.lvs.edge;

import io.keepstream.contract.event.BackendEvent.Added;
import io.keepstream.contract.event.BackendEvent.Removed;
import io.keepstream.contract.event.BackendRef;
import io.keepstream.contract.value.ServerName;
import io.keepstream.lab.LabHost;
import io.keepstream.lab.NamespaceLab;
import io.keepstream.linux.libc.ForeignLibc;
import io.keepstream.lvs.config.ConfigText;
import io.keepstream.lvs.ipvs.Dataplane;
import io.keepstream.lvs.ipvs.Reading;
import io.keepstream.lvs.plan.Outcome;
import io.keepstream.lvs.plan.TableChange;
import io.keepstream.lvs.port.IpvsTable;
import io.keepstream.testkit.KernelTest;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * How long it takes from a verdict on the event bus until nftables has the change: {@code
 * ./keepstream benchmark}.
 */
@KernelTest
@EnabledIfSystemProperty(named = "keepstream.benchmark", matches = "true")
class VerdictBenchmark {
  private static final int ROUNDS = 200;
  private static final InetAddress VIP = InetAddress.ofLiteral("10.20.0.100");
  private static final InetAddress FIRST = InetAddress.ofLiteral("10.10.0.1");

  @ParameterizedTest
  @CsvSource({"1, 3", "1, 1000", "100, 10"})
  void fromVerdictToTable(int services, int servers) {
    BackendRef backend =
        new BackendRef(ServerName.of(VIP, "TCP", 1000), ServerName.of(FIRST, "TCP", 80));
    List<Double> millis = new ArrayList<>();
    try (NamespaceLab lab = NamespaceLab.create();
        Running lvs = new Running(new Pace(600_000, 600_000, 300))) {
      Timed table = new Timed(lab.host("director"));
      lvs.start(ConfigText.read(config(services, servers)).config(), table);
      for (int round = 0; round < ROUNDS; round++) {
        long downNanos = System.nanoTime();
        lvs.down(backend);
        lvs.await(new Removed(backend));
        millis.add(table.millisSince(downNanos));
        long upNanos = System.nanoTime();
        lvs.up(backend);
        lvs.await(new Added(backend, 1));
        millis.add(table.millisSince(upNanos));
        lvs.forget();
      }
    }
    List<Double> warm = millis.subList(ROUNDS, millis.size()).stream().sorted().toList();
    System.out.printf(
        Locale.ROOT,
        "| nftables, %d virtual servers of %d: verdict to table, ms | **%.2f** (%.2f .. %.2f), 99 %%"
            + " %.2f |%n",
        services,
        servers,
        warm.get(warm.size() / 2),
        warm.getFirst(),
        warm.getLast(),
        warm.get(warm.size() * 99 / 100));
  }

  private static String config(int services, int servers) {
    StringBuilder text = new StringBuilder();
    for (int service = 0; service < services; service++) {
      text.append("virtual_server 10.20.0.100 %d {\n".formatted(1000 + service));
      text.append(" protocol TCP\n lvs_sched rr\n lvs_method NAT\n");
      for (int server = 0; server < servers; server++) {
        text.append(
            " real_server 10.10.%d.%d 80 {\n TCP_CHECK { }\n }\n"
                .formatted(server / 250, 1 + server % 250));
      }
      text.append("}\n");
    }
    return text.toString();
  }

  /** Notes when the last change was there. */
  private static final class Timed implements IpvsTable {
    private final NftablesTable table;
    private volatile long doneNanos;

    Timed(LabHost host) {
      table =
          host.inside(
              () -> {
                NftablesTable inside = new NftablesTable(new ForeignLibc());
                inside.dump();
                return inside;
              });
    }

    double millisSince(long nanos) {
      return (doneNanos - nanos) / (double) TimeUnit.MILLISECONDS.toNanos(1);
    }

    @Override
    public Dataplane dataplane() {
      return table.dataplane();
    }

    @Override
    public Reading dump() throws IOException {
      return table.dump();
    }

    @Override
    public Outcome apply(List<TableChange> changes) throws IOException {
      Outcome outcome = table.apply(changes);
      doneNanos = System.nanoTime();
      return outcome;
    }

    @Override
    public void close() {
      table.close();
    }
  }
}

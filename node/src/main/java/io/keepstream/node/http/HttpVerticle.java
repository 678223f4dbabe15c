package io.keepstream.node.http;

import com.fasterxml.jackson.annotation.JsonTypeName;
import io.keepstream.contract.Bus;
import io.keepstream.contract.Envelope;
import io.keepstream.contract.Service;
import io.keepstream.contract.event.Event;
import io.keepstream.node.report.NodeReport;
import io.keepstream.node.report.Snapshots;
import io.keepstream.runtime.ContractJson;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.composite.CompositeMeterRegistry;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import io.vertx.core.Future;
import io.vertx.core.VerticleBase;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerOptions;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers over HTTP from its start to its stop; only then anything is measured at all. */
final class HttpVerticle extends VerticleBase {
  private static final Logger log = LoggerFactory.getLogger("keepstream.http");
  private static final int IDLE_SECONDS = 30;
  private static final int BAD_REQUEST = 400;
  private static final int NOT_ALLOWED = 405;
  private static final int FAILED = 500;
  private static final String METRICS_TYPE = "text/plain; version=0.0.4; charset=utf-8";

  private final HttpConfig config;
  private final CompositeMeterRegistry meters;
  private final Snapshots snapshots;
  private final Map<Service, Supplier<Future<?>>> loops;
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics pauses = new JvmGcMetrics();
  private volatile NodeReport last = new NodeReport(List.of());
  private LoopWatch watch;

  /** Answers as {@code config} says, for the services with these {@code loops}. */
  HttpVerticle(
      HttpConfig config,
      CompositeMeterRegistry meters,
      Snapshots snapshots,
      Map<Service, Supplier<Future<?>>> loops) {
    this.config = config;
    this.meters = meters;
    this.snapshots = snapshots;
    this.loops = loops;
  }

  @Override
  public Future<?> start() {
    watch = new LoopWatch(vertx, registry, loops);
    Pages pages = new Pages(snapshots, this::metrics, watch::stuck);
    String address = config.address().getHostAddress();
    int port = config.portOf(loops.keySet());
    return vertx
        .createHttpServer(new HttpServerOptions().setIdleTimeout(IDLE_SECONDS))
        .requestHandler(request -> answer(request, pages))
        .listen(port, address)
        .onSuccess(
            server -> {
              measure();
              log.info("Metrics, health and state at {} port {}", address, port);
            })
        .onFailure(failure -> watch.close());
  }

  @Override
  public Future<?> stop() {
    watch.close();
    meters.remove(registry);
    pauses.close();
    registry.close();
    return Future.succeededFuture();
  }

  private void measure() {
    MultiCollector collector = this::collect;
    registry.getPrometheusRegistry().register(collector);
    List.of(
            new JvmMemoryMetrics(),
            pauses,
            new ProcessorMetrics(),
            new UptimeMetrics(),
            new FileDescriptorMetrics())
        .forEach(binder -> binder.bindTo(registry));
    meters.add(registry);
    ContractJson.recordsOf(Event.class)
        .forEach(type -> events(type.getAnnotation(JsonTypeName.class).value()));
    vertx.eventBus().<Envelope>consumer(Bus.EVENTS, message -> count(message.body()));
  }

  /** What other processes of the node tell is counted there. */
  private void count(Envelope envelope) {
    Service service = envelope.source().service();
    if (service == Service.NODE || loops.containsKey(service)) {
      events(envelope.event().typeName()).increment();
    }
  }

  /** Those that have never happened count too: from 0 to 1 is a rise, from nothing it is none. */
  private Counter events(String type) {
    return registry.counter("keepstream.events", "type", type);
  }

  private void answer(HttpServerRequest request, Pages pages) {
    if (!request.method().equals(HttpMethod.GET) && !request.method().equals(HttpMethod.HEAD)) {
      write(request.response(), Page.text(NOT_ALLOWED, "only GET and HEAD\n"));
      return;
    }
    String vip;
    try {
      vip = request.getParam("vip");
    } catch (IllegalArgumentException e) {
      write(request.response(), Page.text(BAD_REQUEST, "the query is not well escaped\n"));
      return;
    }
    pages
        .at(request.path(), vip)
        .onSuccess(page -> write(request.response(), page))
        .onFailure(
            failure -> {
              log.warn("{} was not answered", request.path(), failure);
              write(request.response(), Page.text(FAILED, "it failed; see the log\n"));
            });
  }

  private static void write(HttpServerResponse response, Page page) {
    response
        .setStatusCode(page.status())
        .putHeader("Content-Type", page.contentType())
        .putHeader("Cache-Control", "no-store")
        .end(page.body())
        .onFailure(gone -> log.debug("somebody who asked left before the answer", gone));
  }

  /** Thousands of series take a while to write, which no loop has. */
  private Future<Page> metrics(NodeReport own) {
    last = own;
    return vertx.executeBlocking(() -> new Page(200, METRICS_TYPE, registry.scrape()));
  }

  private MetricSnapshots collect() {
    NodeReport own = last;
    Families families = new Families();
    KeepalivedMetrics.add(own, families);
    ServiceMetrics.add(own, families);
    return families.snapshots();
  }
}

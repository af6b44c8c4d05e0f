package io.metasrv.adapters.http;

import io.metasrv.application.port.Metrics;
import java.util.List;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * {@link Metrics} on the Prometheus Java client's series, printed under exactly the names the
 * definitions give. The client's own writer is not used because it puts {@code _total} behind the
 * name of every counter, which the reference does not (sheet 09 §9): its dashboards would be empty.
 * Thread-safe.
 */
public final class PrometheusMetrics implements Metrics {

  private final ConcurrentSkipListMap<String, MetricFamily> families =
      new ConcurrentSkipListMap<>();
  private final List<Runnable> refreshers = new CopyOnWriteArrayList<>();

  /** Something to bring up to date before each scrape, such as gauges of the process. */
  public void beforeScrape(Runnable refresher) {
    refreshers.add(refresher);
  }

  @Override
  public Counter counter(MetricDefinition definition, String... labelValues) {
    return family(definition, MetricFamily.Kind.COUNTER).counter(labelValues);
  }

  @Override
  public Gauge gauge(MetricDefinition definition, String... labelValues) {
    return family(definition, MetricFamily.Kind.GAUGE).gauge(labelValues);
  }

  @Override
  public Histogram histogram(MetricDefinition definition, String... labelValues) {
    return family(definition, MetricFamily.Kind.HISTOGRAM).histogram(labelValues);
  }

  @Override
  public void remove(MetricDefinition definition, String... labelValues) {
    MetricFamily family = families.get(definition.name());
    if (family != null) {
      family.remove(labelValues);
    }
  }

  private MetricFamily family(MetricDefinition definition, MetricFamily.Kind kind) {
    MetricFamily family =
        families.computeIfAbsent(definition.name(), name -> new MetricFamily(definition, kind));
    family.require(definition, kind);
    return family;
  }

  /** All series in Prometheus' text format, families by name. */
  public String exposition() {
    refreshers.forEach(Runnable::run);
    StringBuilder out = new StringBuilder(16_384);
    families.values().forEach(family -> family.appendTo(out));
    return out.toString();
  }
}

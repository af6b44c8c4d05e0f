package io.metasrv.tests.store;

import io.metasrv.application.port.Metrics;
import java.util.List;
import java.util.TreeMap;

/** Keeps what was measured, for one thread. */
final class CountingMetrics implements Metrics {

  private final TreeMap<String, Double> totals = new TreeMap<>();
  private final TreeMap<String, Integer> observations = new TreeMap<>();

  /** The sum of a counter, or the last value of a gauge. */
  double total(MetricDefinition definition, String... labels) {
    return totals.getOrDefault(series(definition, labels), 0.0);
  }

  /** How often a histogram was observed. */
  int observations(MetricDefinition definition, String... labels) {
    return observations.getOrDefault(series(definition, labels), 0);
  }

  private static String series(MetricDefinition definition, String... labels) {
    return definition.name() + List.of(labels);
  }

  @Override
  public Counter counter(MetricDefinition definition, String... labels) {
    return amount -> totals.merge(series(definition, labels), amount, Double::sum);
  }

  @Override
  public Gauge gauge(MetricDefinition definition, String... labels) {
    return new Gauge() {
      @Override
      public void set(double value) {
        totals.put(series(definition, labels), value);
      }

      @Override
      public void add(double amount) {
        totals.merge(series(definition, labels), amount, Double::sum);
      }
    };
  }

  @Override
  public Histogram histogram(MetricDefinition definition, String... labels) {
    return value -> observations.merge(series(definition, labels), 1, Integer::sum);
  }

  @Override
  public void remove(MetricDefinition definition, String... labels) {
    totals.remove(series(definition, labels));
    observations.remove(series(definition, labels));
  }
}

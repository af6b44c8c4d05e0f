package io.metasrv.application.support;

import io.metasrv.application.port.Metrics;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/** Keeps what was measured, for tests to look at. Thread-safe. */
public final class RecordingMetrics implements Metrics {

  private final ConcurrentHashMap<String, Double> values = new ConcurrentHashMap<>();

  @Override
  public Counter counter(MetricDefinition definition, String... labelValues) {
    String series = series(definition, labelValues);
    values.putIfAbsent(series, 0.0);
    return amount -> values.merge(series, amount, Double::sum);
  }

  @Override
  public Gauge gauge(MetricDefinition definition, String... labelValues) {
    String series = series(definition, labelValues);
    return new Gauge() {
      @Override
      public void set(double value) {
        values.put(series, value);
      }

      @Override
      public void add(double amount) {
        values.merge(series, amount, Double::sum);
      }
    };
  }

  /** A histogram is kept as the number of its observations. */
  @Override
  public Histogram histogram(MetricDefinition definition, String... labelValues) {
    Counter observations = counter(definition, labelValues);
    return value -> observations.increment();
  }

  @Override
  public void remove(MetricDefinition definition, String... labelValues) {
    values.remove(series(definition, labelValues));
  }

  /** The value of a series; 0 if it does not exist. */
  public double value(MetricDefinition definition, String... labelValues) {
    return values.getOrDefault(series(definition, labelValues), 0.0);
  }

  /** Whether the series exists. */
  public boolean has(MetricDefinition definition, String... labelValues) {
    return values.containsKey(series(definition, labelValues));
  }

  private static String series(MetricDefinition definition, String... labelValues) {
    return definition.name() + List.of(labelValues);
  }
}

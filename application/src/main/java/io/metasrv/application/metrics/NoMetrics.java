package io.metasrv.application.metrics;

import io.metasrv.application.port.Metrics;

/** Measures nothing: for tests, simulations and programs that embed the system. Stateless. */
public final class NoMetrics implements Metrics {

  private static final Counter COUNTER = amount -> {};
  private static final Histogram HISTOGRAM = value -> {};
  private static final Gauge GAUGE =
      new Gauge() {
        @Override
        public void set(double value) {}

        @Override
        public void add(double amount) {}
      };

  @Override
  public Counter counter(MetricDefinition definition, String... labelValues) {
    return COUNTER;
  }

  @Override
  public Gauge gauge(MetricDefinition definition, String... labelValues) {
    return GAUGE;
  }

  @Override
  public Histogram histogram(MetricDefinition definition, String... labelValues) {
    return HISTOGRAM;
  }

  @Override
  public void remove(MetricDefinition definition, String... labelValues) {}
}

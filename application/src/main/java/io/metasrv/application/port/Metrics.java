package io.metasrv.application.port;

import java.util.List;

/**
 * Where measurements go. Names, labels and buckets are declared once, in {@code MetricNames}; a
 * series appears with its first use. Thread-safe; cheap enough for the heartbeat path once the
 * series has been looked up and kept.
 */
public interface Metrics {

  /** The series of a counter with these label values, in the order of the definition's labels. */
  Counter counter(MetricDefinition definition, String... labelValues);

  /** The series of a gauge. */
  Gauge gauge(MetricDefinition definition, String... labelValues);

  /** The series of a histogram. */
  Histogram histogram(MetricDefinition definition, String... labelValues);

  /** Drops a series, so that a node that is gone does not stay for ever. */
  void remove(MetricDefinition definition, String... labelValues);

  /** Counts up. */
  interface Counter {
    /** Adds a non-negative amount. */
    void increment(double amount);

    /** Adds one. */
    default void increment() {
      increment(1);
    }
  }

  /** Holds the latest value. */
  interface Gauge {
    /** Replaces the value. */
    void set(double value);

    /** Adds to the value; negative subtracts. */
    void add(double amount);
  }

  /** Counts observations by size. */
  interface Histogram {
    /** Records one observation, in the unit of the definition. */
    void observe(double value);
  }

  /**
   * A metric family. Names are exact: nothing is appended to them.
   *
   * @param name name on {@code /metrics}
   * @param help one line
   * @param labels label names, in order
   * @param buckets upper bounds of a histogram, ascending, without infinity; empty for the others
   */
  record MetricDefinition(String name, String help, List<String> labels, List<Double> buckets) {

    /** Prometheus' default buckets, in seconds. */
    public static final List<Double> SECONDS =
        List.of(0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0);

    public MetricDefinition {
      labels = List.copyOf(labels);
      buckets = List.copyOf(buckets);
    }

    /** A counter or gauge. */
    public static MetricDefinition of(String name, String help, String... labels) {
      return new MetricDefinition(name, help, List.of(labels), List.of());
    }

    /** A histogram of seconds with the default buckets. */
    public static MetricDefinition seconds(String name, String help, String... labels) {
      return new MetricDefinition(name, help, List.of(labels), SECONDS);
    }
  }
}

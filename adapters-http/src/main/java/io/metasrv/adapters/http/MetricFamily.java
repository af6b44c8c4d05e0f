package io.metasrv.adapters.http;

import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Metrics.MetricDefinition;
import io.prometheus.metrics.core.metrics.Counter;
import io.prometheus.metrics.core.metrics.Gauge;
import io.prometheus.metrics.core.metrics.Histogram;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Locale;

/** All series of one name: the client's collector, and how it is printed. Thread-safe. */
final class MetricFamily {

  enum Kind {
    COUNTER,
    GAUGE,
    HISTOGRAM
  }

  /** The client's three collectors have no useful common type. */
  private sealed interface Series {
    record Counters(Counter collector) implements Series {}

    record Gauges(Gauge collector) implements Series {}

    record Histograms(Histogram collector) implements Series {}
  }

  private final MetricDefinition definition;
  private final Kind kind;
  private final Series series;

  MetricFamily(MetricDefinition definition, Kind kind) {
    this.definition = definition;
    this.kind = kind;
    this.series = seriesOf(definition, kind);
  }

  private static Series seriesOf(MetricDefinition definition, Kind kind) {
    String[] labels = definition.labels().toArray(String[]::new);
    return switch (kind) {
      case COUNTER ->
          new Series.Counters(
              Counter.builder()
                  .name(definition.name())
                  .labelNames(labels)
                  .withoutExemplars()
                  .build());
      case GAUGE ->
          new Series.Gauges(
              Gauge.builder()
                  .name(definition.name())
                  .labelNames(labels)
                  .withoutExemplars()
                  .build());
      case HISTOGRAM ->
          new Series.Histograms(
              Histogram.builder()
                  .name(definition.name())
                  .labelNames(labels)
                  .withoutExemplars()
                  .classicOnly()
                  .classicUpperBounds(
                      definition.buckets().stream().mapToDouble(Double::doubleValue).toArray())
                  .build());
    };
  }

  /** One name means one thing in the whole process. */
  void require(MetricDefinition other, Kind otherKind) {
    if (kind != otherKind || !definition.labels().equals(other.labels())) {
      throw new IllegalStateException(
          "metric %s is a %s with labels %s; it was asked for as a %s with labels %s"
              .formatted(definition.name(), kind, definition.labels(), otherKind, other.labels()));
    }
  }

  Metrics.Counter counter(String... values) {
    if (series instanceof Series.Counters(Counter collector)) {
      return collector.labelValues(values)::inc;
    }
    throw new IllegalStateException(definition.name() + " is no counter");
  }

  Metrics.Gauge gauge(String... values) {
    if (series instanceof Series.Gauges(Gauge collector)) {
      var point = collector.labelValues(values);
      return new Metrics.Gauge() {
        @Override
        public void set(double value) {
          point.set(value);
        }

        @Override
        public void add(double amount) {
          point.inc(amount);
        }
      };
    }
    throw new IllegalStateException(definition.name() + " is no gauge");
  }

  Metrics.Histogram histogram(String... values) {
    if (series instanceof Series.Histograms(Histogram collector)) {
      return collector.labelValues(values)::observe;
    }
    throw new IllegalStateException(definition.name() + " is no histogram");
  }

  void remove(String... values) {
    switch (series) {
      case Series.Counters(Counter collector) -> collector.remove(values);
      case Series.Gauges(Gauge collector) -> collector.remove(values);
      case Series.Histograms(Histogram collector) -> collector.remove(values);
    }
  }

  void appendTo(StringBuilder out) {
    StringBuilder lines = new StringBuilder();
    switch (series) {
      case Series.Counters(Counter collector) -> {
        CounterSnapshot snapshot = collector.collect();
        snapshot
            .getDataPoints()
            .forEach(p -> line(lines, definition.name(), labels(p.getLabels(), ""), p.getValue()));
      }
      case Series.Gauges(Gauge collector) -> {
        GaugeSnapshot snapshot = collector.collect();
        snapshot
            .getDataPoints()
            .forEach(p -> line(lines, definition.name(), labels(p.getLabels(), ""), p.getValue()));
      }
      case Series.Histograms(Histogram collector) -> {
        HistogramSnapshot snapshot = collector.collect();
        snapshot.getDataPoints().forEach(point -> histogramLines(lines, point));
      }
    }
    if (!lines.isEmpty()) {
      String name = definition.name();
      out.append("# HELP ").append(name).append(' ').append(escape(definition.help())).append('\n');
      out.append("# TYPE ").append(name).append(' ');
      out.append(kind.name().toLowerCase(Locale.ROOT)).append('\n').append(lines);
    }
  }

  private void histogramLines(
      StringBuilder lines, HistogramSnapshot.HistogramDataPointSnapshot point) {
    ClassicHistogramBuckets buckets = point.getClassicBuckets();
    String name = definition.name();
    long sum = 0;
    for (int i = 0; i < buckets.size(); i++) {
      sum += buckets.getCount(i);
      String bound = "le=\"" + number(buckets.getUpperBound(i)) + "\"";
      line(lines, name + "_bucket", labels(point.getLabels(), bound), sum);
    }
    line(lines, name + "_sum", labels(point.getLabels(), ""), point.getSum());
    line(lines, name + "_count", labels(point.getLabels(), ""), sum);
  }

  private String labels(Labels labels, String last) {
    StringBuilder out = new StringBuilder();
    // In the definition's order; the client sorts by name.
    for (String name : definition.labels()) {
      out.append(out.isEmpty() ? "" : ",");
      out.append(name).append("=\"").append(escapeLabel(String.valueOf(labels.get(name))));
      out.append('"');
    }
    if (!last.isEmpty()) {
      out.append(out.isEmpty() ? "" : ",").append(last);
    }
    return out.isEmpty() ? "" : "{" + out + "}";
  }

  private static void line(StringBuilder out, String name, String labels, double value) {
    out.append(name).append(labels).append(' ').append(number(value)).append('\n');
  }

  private static String number(double value) {
    if (Double.isInfinite(value)) {
      return value > 0 ? "+Inf" : "-Inf";
    }
    boolean whole = value == Math.rint(value) && Math.abs(value) < 1e15;
    return whole ? Long.toString((long) value) : Double.toString(value);
  }

  private static String escape(String text) {
    return text.replace("\\", "\\\\").replace("\n", "\\n");
  }

  private static String escapeLabel(String text) {
    return escape(text).replace("\"", "\\\"");
  }
}

package io.metasrv.adapters.http;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.metrics.MetricNames;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Metrics.MetricDefinition;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.DisplayName;
import org.junit.jupiter.api.Test;

class PrometheusMetricsTest {

  private final PrometheusMetrics metrics = new PrometheusMetrics();

  @Test
  void namesAreExactWhateverTheirSuffix() {
    for (String name :
        List.of(
            "greptime_meta_kv_cache_hit",
            "meta_triggered_region_flush_total",
            "greptime_panic_counter",
            "process_cpu_seconds_total")) {
      metrics.counter(MetricDefinition.of(name, "help")).increment(2.5);
      assertThat(metrics.exposition()).contains("# TYPE " + name + " counter\n" + name + " 2.5\n");
    }
  }

  @Test
  void aSeriesAppearsWithItsFirstUse() {
    assertThat(metrics.exposition()).isEmpty();
    metrics.gauge(MetricDefinition.of("g", "a gauge", "b", "a"), "1", "2").set(7);
    assertThat(metrics.exposition())
        .isEqualTo("# HELP g a gauge\n# TYPE g gauge\ng{b=\"1\",a=\"2\"} 7\n");
  }

  @Test
  void histogramsAreCumulativeAndEndWithInfinity() {
    Metrics.Histogram histogram =
        metrics.histogram(
            new MetricDefinition("h", "h", List.of("s"), List.of(0.01, 1.0, 100.0)), "x");
    histogram.observe(0.005);
    histogram.observe(1);
    histogram.observe(1000);
    assertThat(metrics.exposition())
        .isEqualTo(
            """
            # HELP h h
            # TYPE h histogram
            h_bucket{s="x",le="0.01"} 1
            h_bucket{s="x",le="1"} 2
            h_bucket{s="x",le="100"} 2
            h_bucket{s="x",le="+Inf"} 3
            h_sum{s="x"} 1001.005
            h_count{s="x"} 3
            """);
  }

  @Test
  void labelValuesAreEscaped() {
    metrics.counter(MetricDefinition.of("c", "h", "l"), "a\"b\\c\nd").increment();
    assertThat(metrics.exposition()).contains("c{l=\"a\\\"b\\\\c\\nd\"} 1\n");
  }

  @Test
  void aRemovedSeriesIsGone() {
    MetricDefinition definition = MetricDefinition.of("c", "h", "node");
    metrics.counter(definition, "1").increment();
    metrics.counter(definition, "2").increment();
    metrics.remove(definition, "1");
    assertThat(metrics.exposition()).contains("c{node=\"2\"} 1").doesNotContain("node=\"1\"");
    metrics.remove(definition, "2");
    assertThat(metrics.exposition()).isEmpty();
  }

  @Test
  void oneNameCannotMeanTwoThings() {
    metrics.counter(MetricDefinition.of("c", "h")).increment();
    assertThatThrownBy(() -> metrics.gauge(MetricDefinition.of("c", "h")))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("metric c");
  }

  @Test
  void everyMetricOfTheApplicationCanBeExpressed() throws IllegalAccessException {
    for (MetricDefinition definition : definitions()) {
      String[] labels = definition.labels().toArray(String[]::new);
      if (definition.buckets().isEmpty()) {
        metrics.counter(definition, labels).increment();
        assertThat(metrics.exposition())
            .contains("\n" + definition.name() + (labels.length == 0 ? " 1" : "{"));
      } else {
        metrics.histogram(definition, labels).observe(1);
        assertThat(metrics.exposition()).contains("\n" + definition.name() + "_bucket{");
      }
    }
  }

  private static List<MetricDefinition> definitions() throws IllegalAccessException {
    List<MetricDefinition> definitions = new ArrayList<>();
    for (Field field : MetricNames.class.getFields()) {
      if (field.get(null) instanceof MetricDefinition definition) {
        definitions.add(definition);
      }
    }
    assertThat(definitions).isNotEmpty();
    return definitions;
  }

  @Test
  @DisplayName("sheet 09 case 32: version and process series under the reference's names")
  void processSeries() {
    ProcessMetrics.register(metrics, new BuildInfo("0.1.0", "1.1.4", "", "", "Java", "host"), 2);
    assertThat(metrics.exposition())
        .contains(
            "greptime_app_version{version=\"0.1.0\",short_version=\"0.1.0\",app=\"greptime-metasrv\"}"
                + " 1\n")
        .containsPattern("(?m)^greptime_cpu_limit_in_millicores\\{app=\"greptime-metasrv\"} \\d+$")
        .containsPattern("(?m)^process_resident_memory_bytes \\d{6,}$")
        .containsPattern("(?m)^process_virtual_memory_bytes \\d{6,}$")
        .containsPattern("(?m)^process_open_fds \\d+$")
        .containsPattern("(?m)^process_max_fds \\d+$")
        .containsPattern("(?m)^process_threads \\d+$")
        .containsPattern("(?m)^process_start_time_seconds \\d+")
        .containsPattern("(?m)^process_cpu_seconds_total [0-9.]+$");
  }
}

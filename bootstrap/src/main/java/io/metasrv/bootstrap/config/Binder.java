package io.metasrv.bootstrap.config;

import io.metasrv.application.options.Backend;
import io.metasrv.application.options.MetasrvOptions;

/** Builds the records from values. */
final class Binder {

  private Binder() {}

  /** What counts if no source says anything: the reference's defaults on the embedded store. */
  static MetasrvOptions defaults(int processors) {
    MetasrvOptions reference = MetasrvOptions.defaults(processors);
    return reference.withStore(reference.store().withBackend(Backend.EMBEDDED_STORE));
  }

  static MetasrvOptions build(Values values) {
    return new MetasrvOptions(
        values.get(ClusterSettings.DATA_HOME),
        StoreSettings.build(values),
        values.get(ClusterSettings.SELECTOR),
        ClusterSettings.failover(values),
        values.get(ClusterSettings.HEARTBEAT_INTERVAL),
        values.get(ClusterSettings.NODE_MAX_IDLE_TIME),
        values.get(ClusterSettings.FLUSH_STATS_FACTOR),
        PortSettings.grpc(values),
        PortSettings.http(values),
        ClusterSettings.procedure(values),
        ClusterSettings.failureDetector(values),
        PortSettings.datanodeClient(values),
        PortSettings.peerClient(values),
        WalSettings.build(values),
        ClusterSettings.eventRecorder(values),
        ClusterSettings.statsPersistence(values),
        GcSettings.build(values),
        LoggingSettings.build(values),
        PortSettings.shutdown(values),
        ClusterSettings.ignored(values));
  }
}

package io.metasrv.bootstrap.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.metasrv.adapters.http.BuildInfo;
import io.metasrv.adapters.http.LogLevels;
import io.metasrv.adapters.http.ProcessMetrics;
import io.metasrv.adapters.http.PrometheusMetrics;
import io.metasrv.application.events.RecentEvents;
import io.metasrv.application.metasrv.SelfDescription;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.application.port.EventLog;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.bootstrap.BuildProperties;
import io.metasrv.bootstrap.config.EffectiveConfig;

/** What every process has: configuration, threads, metrics, a description of itself. */
final class ProcessModule extends AbstractModule {

  private static final int REMEMBERED_EVENTS = 1_000;

  private final EffectiveConfig config;
  private final LogLevels levels;
  private final String serverAddress;
  private final Lifecycle lifecycle;

  ProcessModule(
      EffectiveConfig config, LogLevels levels, String serverAddress, Lifecycle lifecycle) {
    this.config = config;
    this.levels = levels;
    this.serverAddress = serverAddress;
    this.lifecycle = lifecycle;
  }

  @Override
  protected void configure() {
    bind(EffectiveConfig.class).toInstance(config);
    bind(MetasrvOptions.class).toInstance(config.options());
    bind(LogLevels.class).toInstance(levels);
    bind(ServerAddress.class).toInstance(new ServerAddress(serverAddress));
    bind(Lifecycle.class).toInstance(lifecycle);
    bind(Metrics.class).to(PrometheusMetrics.class);
  }

  @Provides
  @Singleton
  Runtime runtime() {
    return new VirtualThreadRuntime();
  }

  @Provides
  @Singleton
  BuildInfo build() {
    return BuildProperties.load();
  }

  @Provides
  @Singleton
  PrometheusMetrics metrics(BuildInfo build) {
    PrometheusMetrics metrics = new PrometheusMetrics();
    ProcessMetrics.register(metrics, build, java.lang.Runtime.getRuntime().availableProcessors());
    return metrics;
  }

  @Provides
  @Singleton
  EventLog events() {
    return new RecentEvents(REMEMBERED_EVENTS);
  }

  @Provides
  @Singleton
  SelfDescription self(BuildInfo build, ServerAddress address) {
    return new ProcessDescription(address.text(), build);
  }
}

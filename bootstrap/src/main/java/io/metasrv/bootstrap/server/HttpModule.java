package io.metasrv.bootstrap.server;

import com.google.inject.AbstractModule;
import com.google.inject.Provides;
import com.google.inject.Singleton;
import io.metasrv.adapters.http.BuildInfo;
import io.metasrv.adapters.http.HttpServer;
import io.metasrv.adapters.http.HttpServices;
import io.metasrv.adapters.http.LogLevels;
import io.metasrv.adapters.http.PrometheusMetrics;
import io.metasrv.application.metasrv.MetasrvServices;
import io.metasrv.application.options.MetasrvOptions;
import io.metasrv.bootstrap.config.EffectiveConfig;

/** The HTTP port. */
final class HttpModule extends AbstractModule {

  @Provides
  @Singleton
  HttpServer server(
      MetasrvOptions options,
      MetasrvServices services,
      ProcessReadiness readiness,
      PrometheusMetrics metrics,
      EffectiveConfig config,
      LogLevels levels,
      BuildInfo build) {
    String toml = config.toToml();
    return new HttpServer(
        options.http(),
        new HttpServices(
            services.admin(),
            services.procedureAdmin(),
            services.catalogue(),
            readiness,
            metrics,
            () -> toml,
            levels,
            build),
        options.shutdown().grace());
  }
}

package io.metasrv.bootstrap.server;

import com.google.inject.Inject;
import com.google.inject.Singleton;
import io.metasrv.application.metasrv.MetasrvServices;
import io.metasrv.application.service.AdminService.Readiness;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** The application's readiness, and that of the gRPC port it does not know of. Thread-safe. */
@Singleton
final class ProcessReadiness implements Supplier<Readiness> {

  private final MetasrvServices services;
  private volatile boolean grpcServes;

  @Inject
  ProcessReadiness(MetasrvServices services) {
    this.services = services;
  }

  void grpcServes(boolean serves) {
    grpcServes = serves;
  }

  @Override
  public Readiness get() {
    Readiness application = services.admin().readiness();
    if (grpcServes) {
      return application;
    }
    List<String> reasons = new ArrayList<>(application.reasons());
    reasons.add("the gRPC port is not open");
    return new Readiness(
        false, application.role(), application.leader(), application.term(), reasons);
  }
}

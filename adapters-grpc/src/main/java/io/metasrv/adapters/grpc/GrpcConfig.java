package io.metasrv.adapters.grpc;

import io.grpc.stub.StreamObserver;
import io.metasrv.application.service.ConfigService;
import io.metasrv.protocol.v1.meta.ConfigGrpc;
import io.metasrv.protocol.v1.meta.PullConfigRequest;
import io.metasrv.protocol.v1.meta.PullConfigResponse;

/** {@code greptime.v1.meta.Config}. */
final class GrpcConfig extends ConfigGrpc.ConfigImplBase {

  private final ConfigService service;

  GrpcConfig(ConfigService service) {
    this.service = service;
  }

  @Override
  public void pullConfig(PullConfigRequest request, StreamObserver<PullConfigResponse> caller) {
    UnaryCalls.answer("Config.PullConfig", caller, () -> service.pullConfig(request));
  }
}

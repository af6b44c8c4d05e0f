package io.metasrv.application.config;

import io.metasrv.application.service.ConfigService;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.protocol.v1.meta.PullConfigRequest;
import io.metasrv.protocol.v1.meta.PullConfigResponse;

/** Service Config. There are no plugins, so the payload is the empty string (sheet 01 §9). */
public final class ConfigServiceHandler implements ConfigService {

  private static final PullConfigResponse NO_OPTIONS =
      PullConfigResponse.newBuilder().setHeader(ResponseHeaders.success()).build();

  @Override
  public PullConfigResponse pullConfig(PullConfigRequest request) {
    return NO_OPTIONS;
  }
}

package io.metasrv.application.service;

import io.metasrv.protocol.v1.meta.PullConfigRequest;
import io.metasrv.protocol.v1.meta.PullConfigResponse;

/** Service {@code Config} (sheet 01 §9); answered by any node. Thread-safe. */
public interface ConfigService {
  /** The plugin options: an empty payload here. */
  PullConfigResponse pullConfig(PullConfigRequest request);
}

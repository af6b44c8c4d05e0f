package io.metasrv.application.heartbeat;

/**
 * Changes the chain: adds, replaces. Called once, when the server is put together, so that a
 * mistake stops its start.
 */
@FunctionalInterface
public interface ChainCustomizer {

  /**
   * Makes the changes.
   *
   * @throws io.metasrv.domain.error.ServiceException (InvalidArguments) if a handler it names does
   *     not exist
   */
  void customize(HeartbeatChainBuilder chain);
}

package io.metasrv.application.port;

import io.metasrv.domain.error.MetasrvException;

/** Why the server ends a heartbeat stream; decides the status the node sees. */
public sealed interface StreamEnd {

  /** The node closed its side first: status OK. */
  record Completed() implements StreamEnd {}

  /** This node does not lead, or stopped leading: status ABORTED. */
  record NotLeader(String serverAddress) implements StreamEnd {}

  /** The process is going down: status UNAVAILABLE. */
  record ShuttingDown(String serverAddress) implements StreamEnd {}

  /** A request could not be handled: the status of the exception's code. */
  record Failed(MetasrvException cause) implements StreamEnd {}

  /** The node does not read what is sent to it: status RESOURCE_EXHAUSTED. */
  record SlowConsumer(String detail) implements StreamEnd {}
}

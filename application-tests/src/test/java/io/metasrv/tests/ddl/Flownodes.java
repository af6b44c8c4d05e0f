package io.metasrv.tests.ddl;

import io.metasrv.application.port.FlownodeClient;
import io.metasrv.domain.Peer;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.protocol.v1.flow.FlowRequest;
import io.metasrv.protocol.v1.flow.FlowResponse;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/** Flownodes that write down what comes. For one thread. */
final class Flownodes implements FlownodeClient {

  private final Deque<MetasrvException> failures = new ArrayDeque<>();
  private final List<Received> received = new ArrayList<>();

  /** A request as it came. */
  record Received(Peer to, FlowRequest request) {}

  /** The next requests fail so, one after the other. */
  void fail(MetasrvException... errors) {
    failures.addAll(List.of(errors));
  }

  /** What came, in order. */
  List<Received> received() {
    return List.copyOf(received);
  }

  @Override
  public FlowResponse handleCreateRemove(Peer flownode, FlowRequest request) {
    received.add(new Received(flownode, request));
    if (!failures.isEmpty()) {
      throw failures.removeFirst();
    }
    return FlowResponse.getDefaultInstance();
  }
}

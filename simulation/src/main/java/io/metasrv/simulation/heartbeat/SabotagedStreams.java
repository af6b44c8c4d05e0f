package io.metasrv.simulation.heartbeat;

import io.metasrv.application.mailbox.Pusher;
import io.metasrv.application.mailbox.PusherKey;
import io.metasrv.application.mailbox.Pushers;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.domain.error.StreamBrokenException;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import io.metasrv.simulation.cluster.ServerSide;
import java.util.Optional;

/** Streams that do to a metasrv what a mistake in it would do. */
final class SabotagedStreams {

  private SabotagedStreams() {}

  /** Its end takes away whatever is registered for the node, as in the reference. */
  static NodeStream endsByKey(ServerSide stream, HeartbeatJudge judge) {
    return new Around(stream) {
      private long node;

      @Override
      public Optional<HeartbeatRequest> receive() throws InterruptedException {
        try {
          Optional<HeartbeatRequest> request = super.receive();
          request.ifPresentOrElse(
              known -> node = known.getHeader().getMemberId(), this::deregister);
          return request;
        } catch (StreamBrokenException broken) {
          deregister();
          throw broken;
        }
      }

      private void deregister() {
        judge
            .termOf(stream)
            .ifPresent(
                term -> {
                  Pushers pushers = term.parts().pushers();
                  Optional<Pusher> newest = pushers.find(PusherKey.datanode(node));
                  newest.ifPresent(pushers::deregister);
                });
      }
    };
  }

  /** The end of the term does not reach it; only its own session ends it. */
  static NodeStream survives(ServerSide stream) {
    return new Around(stream) {
      @Override
      public void end(StreamEnd reason) {
        boolean own = ServerSide.served().filter(served -> served == stream).isPresent();
        if (own || !(reason instanceof StreamEnd.NotLeader)) {
          super.end(reason);
        }
      }
    };
  }

  /** While a request is handled its session reads of the clock what it read at the beginning. */
  static NodeStream hasty(ServerSide stream, HastyRuntime runtime) {
    return new Around(stream) {
      @Override
      public Optional<HeartbeatRequest> receive() throws InterruptedException {
        runtime.goOn(stream);
        Optional<HeartbeatRequest> request = super.receive();
        runtime.standStill(stream);
        return request;
      }
    };
  }

  /** A stream as it is. */
  private static class Around implements NodeStream {
    private final NodeStream inner;

    Around(NodeStream inner) {
      this.inner = inner;
    }

    @Override
    public String remote() {
      return inner.remote();
    }

    @Override
    public Optional<HeartbeatRequest> receive() throws InterruptedException {
      return inner.receive();
    }

    @Override
    public boolean send(HeartbeatResponse response) {
      return inner.send(response);
    }

    @Override
    public void end(StreamEnd reason) {
      inner.end(reason);
    }

    @Override
    public boolean isEnded() {
      return inner.isEnded();
    }
  }
}

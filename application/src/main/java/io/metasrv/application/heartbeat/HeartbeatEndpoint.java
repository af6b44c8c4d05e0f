package io.metasrv.application.heartbeat;

import io.metasrv.application.metasrv.Leadership;
import io.metasrv.application.port.Metrics;
import io.metasrv.application.port.NodeStream;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.application.service.HeartbeatService;
import io.metasrv.application.wire.ResponseHeaders;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StreamBrokenException;
import io.metasrv.domain.heartbeat.NodeRole;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.AskLeaderResponse;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.Peer;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Service {@code Heartbeat}. A leader gives each stream a {@link HeartbeatSession}; a follower says
 * that it does not lead and registers nothing. Thread-safe.
 */
public final class HeartbeatEndpoint implements HeartbeatService {

  private static final Logger LOG = LoggerFactory.getLogger(HeartbeatEndpoint.class);

  private final Leadership leadership;
  private final HeartbeatTerms terms;
  private final Metrics metrics;
  private volatile boolean shuttingDown;

  public HeartbeatEndpoint(Leadership leadership, HeartbeatTerms terms, Metrics metrics) {
    this.leadership = leadership;
    this.terms = terms;
    this.metrics = metrics;
  }

  @Override
  public void serve(NodeStream stream) throws InterruptedException {
    try {
      Optional<HeartbeatRequest> first = stream.receive();
      if (first.isEmpty()) {
        stream.end(new StreamEnd.Completed());
      } else {
        accept(stream, first.get());
      }
    } catch (StreamBrokenException e) {
      LOG.info("Heartbeat stream of {} broke: {}", stream.remote(), e.getMessage());
      stream.end(new StreamEnd.Failed(e));
    } catch (MetasrvException e) {
      LOG.warn("Heartbeat stream of {} ends: {}", stream.remote(), e.getMessage());
      stream.end(new StreamEnd.Failed(e));
    } catch (RuntimeException e) {
      LOG.error("Heartbeat stream of {} ends with an unexpected error", stream.remote(), e);
      stream.end(
          new StreamEnd.Failed(ServiceException.internal("A heartbeat could not be handled", e)));
    } catch (InterruptedException e) {
      stream.end(new StreamEnd.ShuttingDown(leadership.serverAddress()));
      throw e;
    }
  }

  private void accept(NodeStream stream, HeartbeatRequest first) throws InterruptedException {
    if (!first.hasHeader()) {
      throw ServiceException.invalidArguments("Missing request header");
    }
    NodeRole role = HeartbeatSession.roleOf(first);
    if (shuttingDown) {
      stream.end(new StreamEnd.ShuttingDown(leadership.serverAddress()));
      return;
    }
    Optional<HeartbeatTerm> term = readyTerm();
    if (term.isPresent()) {
      new HeartbeatSession(stream, term.get(), leadership.serverAddress(), metrics)
          .run(first, role);
    } else {
      HeartbeatSession.refuse(
          stream, terms.options().times(), Optional.of(role), leadership.serverAddress());
    }
  }

  /** What belongs to the term this node holds, once it is ready to serve in it. */
  private Optional<HeartbeatTerm> readyTerm() {
    return leadership
        .currentTerm()
        .flatMap(held -> terms.current().filter(term -> term.term() == held));
  }

  @Override
  public AskLeaderResponse askLeader(AskLeaderRequest request) {
    String leader =
        leadership
            .leaderAddress()
            .orElseThrow(
                () ->
                    new ServiceException(
                        StatusCode.INTERNAL,
                        "No metasrv leads at the moment; ask again when the election is over"));
    return AskLeaderResponse.newBuilder()
        .setHeader(ResponseHeaders.success())
        .setLeader(Peer.newBuilder().setAddr(leader))
        .build();
  }

  /** Streams are taken from now on, as they are from the beginning. */
  public void open() {
    shuttingDown = false;
  }

  /**
   * The process is going down: ends every stream with UNAVAILABLE and takes no more. To be called
   * before the term is given up, whose end would say "not leader" instead.
   */
  public void shutDown() {
    shuttingDown = true;
    terms.shutDown(leadership.serverAddress());
  }
}

package io.metasrv.adapters.grpc;

import io.grpc.BindableService;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerServiceDefinition;
import io.grpc.stub.ServerCalls;
import io.grpc.stub.StreamObserver;
import io.metasrv.application.port.Runtime;
import io.metasrv.application.port.StreamEnd;
import io.metasrv.application.service.HeartbeatService;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StreamBrokenException;
import io.metasrv.protocol.v1.meta.AskLeaderRequest;
import io.metasrv.protocol.v1.meta.AskLeaderResponse;
import io.metasrv.protocol.v1.meta.HeartbeatGrpc;
import io.metasrv.protocol.v1.meta.HeartbeatRequest;
import io.metasrv.protocol.v1.meta.HeartbeatResponse;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * {@code greptime.v1.meta.Heartbeat}. Each stream is served by a task of its own from its first
 * message to its end; response headers leave at once, because a Rust client gives a stream up whose
 * headers do not arrive within three seconds (sheet 01 §16).
 */
final class GrpcHeartbeat implements BindableService {

  private static final Logger LOG = LoggerFactory.getLogger(GrpcHeartbeat.class);

  private final HeartbeatService service;
  private final Runtime runtime;
  private final Set<GrpcNodeStream> open = ConcurrentHashMap.newKeySet();

  GrpcHeartbeat(HeartbeatService service, Runtime runtime) {
    this.service = service;
    this.runtime = runtime;
  }

  @Override
  public ServerServiceDefinition bindService() {
    return ServerServiceDefinition.builder(HeartbeatGrpc.getServiceDescriptor())
        .addMethod(HeartbeatGrpc.getAskLeaderMethod(), ServerCalls.asyncUnaryCall(this::askLeader))
        .addMethod(HeartbeatGrpc.getHeartbeatMethod(), this::openStream)
        .build();
  }

  private void askLeader(AskLeaderRequest request, StreamObserver<AskLeaderResponse> caller) {
    UnaryCalls.answer("Heartbeat.AskLeader", caller, () -> service.askLeader(request));
  }

  private ServerCall.Listener<HeartbeatRequest> openStream(
      ServerCall<HeartbeatRequest, HeartbeatResponse> call, Metadata headers) {
    String remote = remoteOf(call);
    GrpcNodeStream stream = new GrpcNodeStream(call, remote);
    call.sendHeaders(new Metadata());
    call.request(1);
    open.add(stream);
    runtime.start("heartbeat stream from " + remote, () -> serve(stream));
    return stream.listener();
  }

  private static String remoteOf(ServerCall<?, ?> call) {
    SocketAddress address = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
    return address instanceof InetSocketAddress known
        ? known.getHostString() + ":" + known.getPort()
        : String.valueOf(address);
  }

  private void serve(GrpcNodeStream stream) throws InterruptedException {
    try {
      service.serve(stream);
      // The service ends the stream itself; this one only counts if it forgot to.
      stream.end(new StreamEnd.Completed());
    } catch (StreamBrokenException broken) {
      LOG.debug("Heartbeat stream from {} broke", stream.remote(), broken);
      stream.end(new StreamEnd.Failed(broken));
    } catch (MetasrvException failure) {
      LOG.warn("Heartbeat stream from {} failed", stream.remote(), failure);
      stream.end(new StreamEnd.Failed(failure));
    } catch (RuntimeException bug) {
      LOG.error("Heartbeat stream from {} failed unexpectedly", stream.remote(), bug);
      stream.end(
          new StreamEnd.Failed(ServiceException.internal("could not serve a heartbeat", bug)));
    } finally {
      open.remove(stream);
    }
  }

  /** Ends every open stream. */
  void endAll(StreamEnd reason) {
    open.forEach(stream -> stream.end(reason));
  }

  /** How many streams are being served. */
  int openStreams() {
    return open.size();
  }
}

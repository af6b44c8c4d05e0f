package io.metasrv.adapters.grpc;

import io.grpc.Channel;
import io.grpc.ManagedChannel;
import io.grpc.Status;
import io.grpc.StatusRuntimeException;
import io.metasrv.application.port.PeerClient;
import io.metasrv.application.port.Runtime;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.meta.BatchDeleteRequest;
import io.metasrv.protocol.v1.meta.BatchDeleteResponse;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchGetResponse;
import io.metasrv.protocol.v1.meta.BatchPutRequest;
import io.metasrv.protocol.v1.meta.BatchPutResponse;
import io.metasrv.protocol.v1.meta.ClusterGrpc;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutResponse;
import io.metasrv.protocol.v1.meta.DeleteRangeRequest;
import io.metasrv.protocol.v1.meta.DeleteRangeResponse;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.PutResponse;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import io.metasrv.protocol.v1.meta.ResponseHeader;
import io.metasrv.protocol.v1.meta.StoreGrpc;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;

/**
 * Calls to other metasrvs over pooled channels (sheet 01 §12.4). Blocks the calling task, which may
 * be a virtual thread; one attempt a call. {@link #close} when done.
 */
public final class GrpcPeerClient implements PeerClient, AutoCloseable {

  private final PeerChannels channels;
  private final Duration timeout;

  /**
   * @param settings of every channel
   * @param timeout of every call, from its start to its answer
   */
  public GrpcPeerClient(ChannelSettings settings, Duration timeout, Runtime runtime) {
    this.channels = new PeerChannels(settings, runtime);
    this.timeout = timeout;
  }

  @Override
  public RangeResponse clusterRange(String address, RangeRequest request) {
    return read(
        new PeerCall(address, "Cluster.Range"),
        channel -> cluster(channel).range(request),
        answer -> answer.hasHeader() ? Optional.of(answer.getHeader()) : Optional.empty());
  }

  @Override
  public BatchGetResponse clusterBatchGet(String address, BatchGetRequest request) {
    return read(
        new PeerCall(address, "Cluster.BatchGet"),
        channel -> cluster(channel).batchGet(request),
        answer -> answer.hasHeader() ? Optional.of(answer.getHeader()) : Optional.empty());
  }

  @Override
  public PutResponse put(String address, PutRequest request) {
    return write(
        new PeerCall(address, "Store.Put"),
        channel -> store(channel).put(request),
        answer -> answer.hasHeader() ? Optional.of(answer.getHeader()) : Optional.empty());
  }

  @Override
  public BatchPutResponse batchPut(String address, BatchPutRequest request) {
    return write(
        new PeerCall(address, "Store.BatchPut"),
        channel -> store(channel).batchPut(request),
        answer -> answer.hasHeader() ? Optional.of(answer.getHeader()) : Optional.empty());
  }

  @Override
  public BatchDeleteResponse batchDelete(String address, BatchDeleteRequest request) {
    return write(
        new PeerCall(address, "Store.BatchDelete"),
        channel -> store(channel).batchDelete(request),
        answer -> answer.hasHeader() ? Optional.of(answer.getHeader()) : Optional.empty());
  }

  @Override
  public CompareAndPutResponse compareAndPut(String address, CompareAndPutRequest request) {
    return write(
        new PeerCall(address, "Store.CompareAndPut"),
        channel -> store(channel).compareAndPut(request),
        answer -> answer.hasHeader() ? Optional.of(answer.getHeader()) : Optional.empty());
  }

  @Override
  public DeleteRangeResponse deleteRange(String address, DeleteRangeRequest request) {
    return write(
        new PeerCall(address, "Store.DeleteRange"),
        channel -> store(channel).deleteRange(request),
        answer -> answer.hasHeader() ? Optional.of(answer.getHeader()) : Optional.empty());
  }

  private ClusterGrpc.ClusterBlockingStub cluster(Channel channel) {
    return ClusterGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private StoreGrpc.StoreBlockingStub store(Channel channel) {
    return StoreGrpc.newBlockingStub(channel)
        .withDeadlineAfter(timeout.toMillis(), TimeUnit.MILLISECONDS);
  }

  private <A> A read(
      PeerCall call, Function<Channel, A> attempt, Function<A, Optional<ResponseHeader>> header) {
    return exchange(call, attempt, header, call::readFailure);
  }

  private <A> A write(
      PeerCall call, Function<Channel, A> attempt, Function<A, Optional<ResponseHeader>> header) {
    return exchange(call, attempt, header, call::writeFailure);
  }

  private <A> A exchange(
      PeerCall call,
      Function<Channel, A> attempt,
      Function<A, Optional<ResponseHeader>> header,
      Function<StatusRuntimeException, RuntimeException> translate) {
    ManagedChannel channel = channels.to(call.address());
    A answer;
    try {
      answer = attempt.apply(channel);
    } catch (StatusRuntimeException failure) {
      if (failure.getStatus().getCode() == Status.Code.UNAVAILABLE) {
        channels.forget(call.address(), channel);
      }
      throw translate.apply(failure);
    }
    call.check(header.apply(answer));
    return answer;
  }

  /** Closes every channel; calls under way fail. */
  @Override
  public void close() {
    channels.close();
  }
}

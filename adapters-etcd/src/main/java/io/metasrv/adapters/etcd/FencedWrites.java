package io.metasrv.adapters.etcd;

import com.google.protobuf.MessageLite;
import io.etcd.jetcd.api.DeleteRangeRequest;
import io.etcd.jetcd.api.DeleteRangeResponse;
import io.etcd.jetcd.api.KVGrpc;
import io.etcd.jetcd.api.PutRequest;
import io.etcd.jetcd.api.PutResponse;
import io.etcd.jetcd.api.RequestOp;
import io.etcd.jetcd.api.ResponseOp;
import io.etcd.jetcd.api.TxnRequest;
import io.etcd.jetcd.api.TxnResponse;
import io.metasrv.domain.error.StoreException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/**
 * Writes under fences, or under none. A fenced write is a transaction that compares the create
 * revision of the term's election key; a caller's own compares sit in a nested transaction, so that
 * neither of its branches runs unless the fence holds, and a failed compare is told from a failed
 * fence. What is larger than etcd takes is refused unsent. Immutable, thread-safe.
 *
 * @param maxRequestBytes etcd's {@code --max-request-bytes}
 * @param fences all of which have to hold
 */
record FencedWrites(EtcdCalls calls, int maxRequestBytes, List<EtcdFence> fences) {

  private static final int HEADER_BYTES = 512;

  FencedWrites {
    fences = List.copyOf(fences);
  }

  boolean areUnder(EtcdFence fence) {
    return fences.contains(fence);
  }

  FencedWrites and(EtcdFence fence) {
    return new FencedWrites(
        calls, maxRequestBytes, Stream.concat(fences.stream(), Stream.of(fence)).toList());
  }

  PutResponse put(String attempted, PutRequest request) {
    if (!fences.isEmpty()) {
      return onlyOne(attempted, EtcdMessages.op(request)).getResponsePut();
    }
    checkSize(attempted, request);
    return calls.write(attempted, KVGrpc.getPutMethod(), request);
  }

  DeleteRangeResponse delete(String attempted, DeleteRangeRequest request) {
    return fences.isEmpty()
        ? calls.write(attempted, KVGrpc.getDeleteRangeMethod(), request)
        : onlyOne(attempted, EtcdMessages.op(request)).getResponseDeleteRange();
  }

  TxnResponse txn(String attempted, TxnRequest request) {
    return fences.isEmpty()
        ? write(attempted, request)
        : onlyOne(attempted, EtcdMessages.op(request)).getResponseTxn();
  }

  /** Writes nothing; only the fences have something to say. */
  void checkFence(String attempted) {
    if (!fences.isEmpty()) {
      write(attempted, fenced(List.of()));
    }
  }

  /** Group after group, each atomic; nothing is sent if one of them is too large. */
  Stream<ResponseOp> inGroups(String attempted, List<List<RequestOp>> groups) {
    List<TxnRequest> requests = groups.stream().map(this::fenced).toList();
    requests.forEach(request -> checkSize(attempted, request));
    int all = groups.stream().mapToInt(List::size).sum();
    List<ResponseOp> responses = new ArrayList<>(all);
    for (TxnRequest request : requests) {
      try {
        responses.addAll(write(attempted, request).getResponsesList());
      } catch (StoreException e) {
        throw responses.isEmpty() ? e : partlyDone(attempted, responses.size(), all, e);
      }
    }
    return responses.stream();
  }

  private static StoreException partlyDone(
      String attempted, int done, int all, StoreException failure) {
    return new StoreException.UnknownOutcome(
        "%s of %d keys: the first %d were written, then: %s"
            .formatted(attempted, all, done, failure.getMessage()),
        failure);
  }

  private ResponseOp onlyOne(String attempted, RequestOp op) {
    return write(attempted, fenced(List.of(op))).getResponses(0);
  }

  private TxnRequest fenced(List<RequestOp> ops) {
    return TxnRequest.newBuilder()
        .addAllCompare(fences.stream().map(EtcdMessages::compare).toList())
        .addAllSuccess(ops)
        .build();
  }

  /** Sends a transaction that, under fences, carries them as its only condition. */
  private TxnResponse write(String attempted, TxnRequest request) {
    checkSize(attempted, request);
    TxnResponse answer = calls.write(attempted, KVGrpc.getTxnMethod(), request);
    if (!fences.isEmpty() && !answer.getSucceeded()) {
      throw calls.fencedOut(attempted, fences.getLast());
    }
    return answer;
  }

  private void checkSize(String attempted, MessageLite request) {
    int size = request.getSerializedSize();
    if (size > maxRequestBytes - HEADER_BYTES) {
      throw new StoreException.Rejected(
          "%s: the request has %d bytes, more than the %d allowed; %s, and the limit set here"
              .formatted(
                  attempted, size, maxRequestBytes - HEADER_BYTES, EtcdFailures.tooLargeAdvice()));
    }
  }
}

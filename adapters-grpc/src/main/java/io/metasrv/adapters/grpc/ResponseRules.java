package io.metasrv.adapters.grpc;

import com.google.protobuf.MessageLite;
import io.grpc.ForwardingServerCall.SimpleForwardingServerCall;
import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.Status;
import io.metasrv.protocol.grpc.MessageEncodings;

/**
 * Encoding and size of what is sent: compressed in the first encoding the client names, except
 * where a message is so small that compressing costs more than it saves; refused above the limit
 * with the status and text that make a client ask for a smaller page (sheet 01 §2).
 */
final class ResponseRules implements ServerInterceptor {

  private static final Metadata.Key<String> ACCEPT_ENCODING =
      Metadata.Key.of("grpc-accept-encoding", Metadata.ASCII_STRING_MARSHALLER);

  /** About one network packet: below it, a smaller message arrives no sooner. */
  static final int COMPRESS_FROM_BYTES = 1024;

  private final int maxSendBytes;

  ResponseRules(int maxSendBytes) {
    this.maxSendBytes = maxSendBytes;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String accepted = headers.get(ACCEPT_ENCODING);
    if (accepted != null) {
      MessageEncodings.answerIn(accepted).ifPresent(call::setCompression);
    }
    return next.startCall(new RuledCall<>(call), headers);
  }

  private final class RuledCall<Q, A> extends SimpleForwardingServerCall<Q, A> {

    private boolean refused;

    RuledCall(ServerCall<Q, A> delegate) {
      super(delegate);
    }

    @Override
    public void sendMessage(A message) {
      if (refused) {
        return;
      }
      int size = message instanceof MessageLite known ? known.getSerializedSize() : 0;
      if (size > maxSendBytes) {
        refused = true;
        super.close(tooLarge(size), new Metadata());
        return;
      }
      setMessageCompression(size >= COMPRESS_FROM_BYTES);
      super.sendMessage(message);
    }

    @Override
    public void close(Status status, Metadata trailers) {
      if (!refused) {
        super.close(status, trailers);
      }
    }

    private Status tooLarge(int size) {
      return Status.OUT_OF_RANGE.withDescription(
          "Error, encoded message length too large: found "
              + size
              + " bytes, the limit is: "
              + maxSendBytes
              + " bytes");
    }
  }
}

package io.metasrv.adapters.grpc;

import io.grpc.Metadata;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.ServerStreamTracer;
import io.grpc.Status;
import io.metasrv.protocol.grpc.MessageEncodings;

/**
 * Refuses requests in an encoding nobody knows the way the reference does: {@code UNIMPLEMENTED},
 * its text, and the list of what is accepted (sheet 01 §2).
 *
 * <p>grpc-java looks the decoder up before any interceptor runs and refuses in words of its own. A
 * tracer sees the headers first: it moves the name out of grpc-java's sight, and the interceptor
 * refuses the call before anything of it is decoded.
 */
final class UnknownEncodings extends ServerStreamTracer.Factory implements ServerInterceptor {

  private static final Metadata.Key<String> ENCODING = key("grpc-encoding");
  private static final Metadata.Key<String> ACCEPT_ENCODING = key("grpc-accept-encoding");
  private static final Metadata.Key<String> REFUSED = key("x-metasrv-refused-encoding");

  private static final ServerStreamTracer NOTHING_TO_TRACE = new ServerStreamTracer() {};

  private static Metadata.Key<String> key(String name) {
    return Metadata.Key.of(name, Metadata.ASCII_STRING_MARSHALLER);
  }

  @Override
  public ServerStreamTracer newServerStreamTracer(String method, Metadata headers) {
    // A caller must not be able to have its own call refused, or not, by naming our key.
    headers.discardAll(REFUSED);
    String encoding = headers.get(ENCODING);
    if (encoding != null && !MessageEncodings.isKnown(encoding)) {
      headers.discardAll(ENCODING);
      headers.put(REFUSED, encoding);
    }
    return NOTHING_TO_TRACE;
  }

  @Override
  public <Q, A> ServerCall.Listener<Q> interceptCall(
      ServerCall<Q, A> call, Metadata headers, ServerCallHandler<Q, A> next) {
    String refused = headers.get(REFUSED);
    if (refused == null) {
      return next.startCall(call, headers);
    }
    Metadata trailers = new Metadata();
    trailers.put(ACCEPT_ENCODING, MessageEncodings.ACCEPTED);
    String text = "Content is compressed with `" + refused + "` which isn't supported";
    call.close(Status.UNIMPLEMENTED.withDescription(text), trailers);
    return new ServerCall.Listener<>() {};
  }
}

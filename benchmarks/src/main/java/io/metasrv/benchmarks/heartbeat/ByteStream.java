package io.metasrv.benchmarks.heartbeat;

import io.grpc.Attributes;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.ServerCall;
import io.grpc.ServerMethodDefinition;
import io.grpc.Status;
import io.metasrv.application.port.Runtime;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;

/**
 * A stream of a service as gRPC's server drives it, from the bytes of a request to the bytes of its
 * response, with the network left out: each request is decoded on a task of its own, as there.
 */
final class ByteStream {

  private static final long PATIENCE_SECONDS = 60;

  private final BlockingQueue<byte[]> responses = new ArrayBlockingQueue<>(16);
  private final MethodDescriptor<Object, Object> method;
  private final Runtime runtime;
  private final ServerCall.Listener<Object> listener;

  private ByteStream(ServerMethodDefinition<Object, Object> definition, Runtime runtime) {
    this.method = definition.getMethodDescriptor();
    this.runtime = runtime;
    this.listener = definition.getServerCallHandler().startCall(new Call(), new Metadata());
    listener.onReady();
  }

  // The method's own types do not matter: only its own marshallers make and read its messages.
  @SuppressWarnings("unchecked")
  static ByteStream open(ServerMethodDefinition<?, ?> method, Runtime runtime) {
    return new ByteStream((ServerMethodDefinition<Object, Object>) method, runtime);
  }

  /** Sends a request and waits for the response, whose bytes are returned. */
  byte[] exchange(Frames request) throws InterruptedException {
    runtime.start("grpc call", () -> listener.onMessage(method.parseRequest(request.open())));
    return receive();
  }

  /** The next response. */
  byte[] receive() throws InterruptedException {
    byte[] response = responses.poll(PATIENCE_SECONDS, TimeUnit.SECONDS);
    if (response == null) {
      throw new IllegalStateException("no response of " + method.getFullMethodName());
    }
    return response;
  }

  private final class Call extends ServerCall<Object, Object> {

    @Override
    public void request(int messages) {
      // The caller sends when it has its answer.
    }

    @Override
    public void sendHeaders(Metadata headers) {}

    @Override
    public void sendMessage(Object message) {
      try (InputStream bytes = method.streamResponse(message)) {
        responses.add(bytes.readAllBytes());
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }

    @Override
    public void close(Status status, Metadata trailers) {
      throw new IllegalStateException("the stream ended: " + status);
    }

    @Override
    public boolean isReady() {
      return true;
    }

    @Override
    public boolean isCancelled() {
      return false;
    }

    @Override
    public Attributes getAttributes() {
      return Attributes.EMPTY;
    }

    @Override
    public MethodDescriptor<Object, Object> getMethodDescriptor() {
      return method;
    }
  }
}

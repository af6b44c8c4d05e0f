package io.metasrv.tests.golden;

import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.MethodDescriptor;
import io.grpc.Status;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * What came back for bytes that were sent as they are.
 *
 * @param trailers without those that every answer has
 */
record RawAnswer(List<byte[]> responses, String status, String message, List<String> trailers) {

  private static final List<String> OF_EVERY_ANSWER = List.of("content-type", "date");

  private static final MethodDescriptor.Marshaller<byte[]> BYTES =
      new MethodDescriptor.Marshaller<>() {
        @Override
        public InputStream stream(byte[] value) {
          return new ByteArrayInputStream(value);
        }

        @Override
        public byte[] parse(InputStream stream) {
          try {
            return stream.readAllBytes();
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        }
      };

  /** Makes a unary call and waits for its end. */
  static RawAnswer of(Channel channel, String path, byte[] request) {
    MethodDescriptor<byte[], byte[]> method =
        MethodDescriptor.newBuilder(BYTES, BYTES)
            .setFullMethodName(path.substring(1))
            .setType(MethodDescriptor.MethodType.UNARY)
            .build();
    CompletableFuture<RawAnswer> answer = new CompletableFuture<>();
    ClientCall<byte[], byte[]> call = channel.newCall(method, CallOptions.DEFAULT);
    call.start(new Collecting(answer), new Metadata());
    call.request(2);
    call.sendMessage(request);
    call.halfClose();
    return answer.join();
  }

  private static final class Collecting extends ClientCall.Listener<byte[]> {

    private final CompletableFuture<RawAnswer> answer;
    private final List<byte[]> responses = new ArrayList<>();

    Collecting(CompletableFuture<RawAnswer> answer) {
      this.answer = answer;
    }

    @Override
    public void onMessage(byte[] message) {
      responses.add(message);
    }

    @Override
    public void onClose(Status status, Metadata trailers) {
      String message = status.getDescription();
      answer.complete(
          new RawAnswer(
              responses,
              status.getCode().name(),
              message == null ? "" : message,
              trailers.keys().stream()
                  .filter(key -> !OF_EVERY_ANSWER.contains(key))
                  .sorted()
                  .map(
                      key ->
                          key
                              + ": "
                              + trailers.get(
                                  Metadata.Key.of(key, Metadata.ASCII_STRING_MARSHALLER)))
                  .toList()));
    }
  }
}

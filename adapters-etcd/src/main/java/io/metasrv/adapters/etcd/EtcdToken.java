package io.metasrv.adapters.etcd;

import com.google.common.util.concurrent.FutureCallback;
import com.google.common.util.concurrent.Futures;
import com.google.common.util.concurrent.ListenableFuture;
import com.google.protobuf.ByteString;
import io.etcd.jetcd.api.AuthGrpc;
import io.etcd.jetcd.api.AuthenticateRequest;
import io.etcd.jetcd.api.AuthenticateResponse;
import io.grpc.CallCredentials;
import io.grpc.CallOptions;
import io.grpc.Channel;
import io.grpc.ClientCall;
import io.grpc.Metadata;
import io.grpc.Status;
import io.grpc.stub.ClientCalls;
import java.time.Duration;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Logs in with user and password and puts the token on each call. The token is fetched when a call
 * first needs one and again after etcd refused it. Thread-safe; two calls that find no token at the
 * same moment both log in, which does no harm.
 */
final class EtcdToken extends CallCredentials {

  private static final Metadata.Key<String> TOKEN =
      Metadata.Key.of("token", Metadata.ASCII_STRING_MARSHALLER);

  private final Channel channel;
  private final AuthenticateRequest login;
  private final Duration timeout;
  private volatile @Nullable Metadata headers;

  /**
   * @param channel without these credentials
   * @param timeout for one login
   */
  EtcdToken(Channel channel, String user, String password, Duration timeout) {
    this.channel = channel;
    this.timeout = timeout;
    this.login =
        AuthenticateRequest.newBuilder()
            .setNameBytes(ByteString.copyFromUtf8(user))
            .setPasswordBytes(ByteString.copyFromUtf8(password))
            .build();
  }

  /** Drops the token, because etcd refused it. */
  void forget() {
    headers = null;
  }

  @Override
  public void applyRequestMetadata(
      RequestInfo request, Executor executor, MetadataApplier applier) {
    Metadata known = headers;
    if (known != null) {
      applier.apply(known);
      return;
    }
    ClientCall<AuthenticateRequest, AuthenticateResponse> call =
        channel.newCall(
            AuthGrpc.getAuthenticateMethod(),
            CallOptions.DEFAULT.withDeadlineAfter(timeout.toNanos(), TimeUnit.NANOSECONDS));
    ListenableFuture<AuthenticateResponse> answer = ClientCalls.futureUnaryCall(call, login);
    Futures.addCallback(answer, new Answer(applier), executor);
  }

  private final class Answer implements FutureCallback<AuthenticateResponse> {

    private final MetadataApplier applier;

    Answer(MetadataApplier applier) {
      this.applier = applier;
    }

    @Override
    public void onSuccess(AuthenticateResponse response) {
      Metadata fresh = new Metadata();
      fresh.put(TOKEN, response.getToken());
      headers = fresh;
      applier.apply(fresh);
    }

    @Override
    public void onFailure(Throwable failure) {
      applier.fail(Status.fromThrowable(failure));
    }
  }
}

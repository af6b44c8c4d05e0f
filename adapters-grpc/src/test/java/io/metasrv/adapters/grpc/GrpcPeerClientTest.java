package io.metasrv.adapters.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.metasrv.application.runtime.VirtualThreadRuntime;
import io.metasrv.domain.error.MetasrvException;
import io.metasrv.domain.error.NotLeaderException;
import io.metasrv.domain.error.ServiceException;
import io.metasrv.domain.error.StatusCode;
import io.metasrv.domain.error.StoreException;
import io.metasrv.protocol.grpc.ChannelSettings;
import io.metasrv.protocol.v1.meta.BatchDeleteRequest;
import io.metasrv.protocol.v1.meta.BatchGetRequest;
import io.metasrv.protocol.v1.meta.BatchPutRequest;
import io.metasrv.protocol.v1.meta.CompareAndPutRequest;
import io.metasrv.protocol.v1.meta.DeleteRangeRequest;
import io.metasrv.protocol.v1.meta.KeyValue;
import io.metasrv.protocol.v1.meta.PutRequest;
import io.metasrv.protocol.v1.meta.RangeRequest;
import io.metasrv.protocol.v1.meta.RangeResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class GrpcPeerClientTest {

  private static final RangeRequest RANGE = RangeRequest.getDefaultInstance();
  private static final PutRequest PUT = PutRequest.getDefaultInstance();

  private RunningServer server;
  private GrpcPeerClient client;

  @BeforeEach
  void start() throws IOException {
    server = new RunningServer();
    client = client(Duration.ofSeconds(20));
  }

  private static GrpcPeerClient client(Duration timeout) {
    return new GrpcPeerClient(
        ChannelSettings.defaults().withConnectTimeout(Duration.ofSeconds(10)),
        timeout,
        new VirtualThreadRuntime());
  }

  @AfterEach
  void stop() throws InterruptedException {
    client.close();
    server.close();
  }

  @Test
  void givenALeader_whenCalled_thenEveryMethodReachesItsService() {
    String leader = server.address();
    KeyValue pair = KeyValue.newBuilder().build();

    assertThat(client.clusterRange(leader, RANGE).getHeader()).isEqualTo(CannedServices.OK);
    assertThat(client.clusterBatchGet(leader, BatchGetRequest.getDefaultInstance()).getHeader())
        .isEqualTo(CannedServices.OK);
    assertThat(client.put(leader, PUT).getHeader()).isEqualTo(CannedServices.OK);
    assertThat(
            client
                .batchPut(leader, BatchPutRequest.newBuilder().addKvs(pair).build())
                .getPrevKvsList())
        .containsExactly(pair);
    assertThat(client.batchDelete(leader, BatchDeleteRequest.getDefaultInstance()).getHeader())
        .isEqualTo(CannedServices.OK);
    assertThat(client.compareAndPut(leader, CompareAndPutRequest.getDefaultInstance()).getSuccess())
        .isTrue();
    assertThat(client.deleteRange(leader, DeleteRangeRequest.getDefaultInstance()).getDeleted())
        .isEqualTo(7);
  }

  @Test
  void givenAFollower_whenItsMemoryIsRead_thenItSaysThatItDoesNotLead() {
    server.services.range =
        request -> RangeResponse.newBuilder().setHeader(CannedServices.NOT_LEADER).build();

    assertThatThrownBy(() -> client.clusterRange(server.address(), RANGE))
        .isInstanceOf(NotLeaderException.class)
        .hasMessageContaining(server.address());
  }

  @Test
  void givenAnAnswerWithoutHeader_thenItIsAnError() {
    server.services.range = request -> RangeResponse.getDefaultInstance();

    assertThatThrownBy(() -> client.clusterRange(server.address(), RANGE))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("no header");
  }

  @Test
  void givenARefusal_whenCalled_thenItsCodeAndTextArrive() {
    server.services.put =
        request -> {
          throw ServiceException.invalidArguments("Empty key is not allowed");
        };

    assertThatThrownBy(() -> client.put(server.address(), PUT))
        .isInstanceOf(ServiceException.class)
        .hasMessageContaining("Empty key is not allowed")
        .hasMessageContaining("Store.Put on the metasrv at " + server.address())
        .returns(StatusCode.INVALID_ARGUMENTS, failure -> ((MetasrvException) failure).code());
  }

  @Test
  void givenAMaskedFailureOfAWrite_thenTheOutcomeIsUnknown() {
    server.services.put =
        request -> {
          throw new StoreException.Unavailable("the store may have done it");
        };

    assertThatThrownBy(() -> client.put(server.address(), PUT))
        .isInstanceOf(StoreException.UnknownOutcome.class);
  }

  @Test
  void givenNobodyListening_whenCalled_thenNothingWasSent() throws IOException {
    String nobody;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      nobody = "127.0.0.1:" + socket.getLocalPort();
    }

    assertThatThrownBy(() -> client.clusterRange(nobody, RANGE))
        .isInstanceOf(StoreException.Unavailable.class)
        .hasMessageContaining(nobody);
    assertThatThrownBy(() -> client.put(nobody, PUT))
        .isInstanceOf(StoreException.Unavailable.class);
  }

  @Test
  void givenANodeThatDoesNotAnswer_whenTheTimeIsOver_thenAWritesOutcomeIsUnknown() {
    CountDownLatch release = new CountDownLatch(1);
    server.services.put =
        request -> {
          await(release);
          return io.metasrv.protocol.v1.meta.PutResponse.getDefaultInstance();
        };
    server.services.range =
        request -> {
          await(release);
          return RangeResponse.getDefaultInstance();
        };
    try (GrpcPeerClient impatient = client(Duration.ofMillis(1500))) {
      assertThatThrownBy(() -> impatient.put(server.address(), PUT))
          .isInstanceOf(StoreException.UnknownOutcome.class);
      assertThatThrownBy(() -> impatient.clusterRange(server.address(), RANGE))
          .isInstanceOf(StoreException.Unavailable.class);
    } finally {
      release.countDown();
    }
  }

  @Test
  void givenAServerThatGoesAwayDuringAWrite_thenTheOutcomeIsUnknown() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    CountDownLatch release = new CountDownLatch(1);
    RunningServer dying = new RunningServer();
    dying.services.put =
        request -> {
          arrived.countDown();
          await(release);
          return io.metasrv.protocol.v1.meta.PutResponse.getDefaultInstance();
        };
    server.runtime.start(
        "killer",
        () -> {
          arrived.await();
          dying.stop(Duration.ZERO);
        });
    try {
      assertThatThrownBy(() -> client.put(dying.address(), PUT))
          .isInstanceOf(StoreException.UnknownOutcome.class);
    } finally {
      release.countDown();
    }
  }

  @Test
  void givenAnAddressThatComesBack_whenCalledAgain_thenItIsReachedAtOnce() throws Exception {
    RunningServer first = new RunningServer();
    String address = first.address();
    first.stop(Duration.ZERO);
    for (int i = 0; i < 5; i++) {
      assertThatThrownBy(() -> client.clusterRange(address, RANGE))
          .isInstanceOf(StoreException.Unavailable.class);
    }

    try (RunningServer second =
        new RunningServer(options -> GrpcServerOptions.on(address, "10.9.8.7:3002"))) {
      assertThat(client.clusterRange(second.address(), RANGE).getHeader())
          .isEqualTo(CannedServices.OK);
    }
  }

  @Test
  void givenAPageAboveTheLimit_thenTheReadIsTooLarge() throws Exception {
    try (RunningServer small = new RunningServer(o -> o.withMaxSendBytes(100))) {
      small.services.range =
          request ->
              RangeResponse.newBuilder()
                  .setHeader(CannedServices.OK)
                  .addKvs(
                      KeyValue.newBuilder()
                          .setValue(com.google.protobuf.ByteString.copyFrom(new byte[200])))
                  .build();

      assertThatThrownBy(() -> client.clusterRange(small.address(), RANGE))
          .isInstanceOf(StoreException.ResponseTooLarge.class);
    }
  }

  private static void await(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
